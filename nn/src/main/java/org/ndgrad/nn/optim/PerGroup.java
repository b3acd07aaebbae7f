package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a schedule was given for the groups of its optimizer: one for each, or one for all.
 *
 * @param each in the order of the groups
 */
record PerGroup<T>(String who, ImmutableList<T> each) {

    /** Checks that there is one for all groups or one for each. */
    static <T> PerGroup<T> of(String who, String what, List<? extends T> given, Optimizer optimizer) {
        int groups = optimizer.groups().size();
        checkArgument(
                given.size() == 1 || given.size() == groups,
                "%s: expected one %s, or one for each of the %s groups; got %s. Give them in the order of groups().",
                who,
                what,
                groups,
                given.size());
        return new PerGroup<>(who, ImmutableList.copyOf(given));
    }

    /** Returns what is for a group, by its place. */
    T get(int group) {
        checkState(
                each.size() == 1 || group < each.size(),
                "%s: expected the %s groups that there were; got more. Make the schedule after all groups were added.",
                who,
                each.size());
        return each.get(each.size() == 1 ? 0 : group);
    }
}
