package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** Checks that data sets and their batches share. */
final class DataChecks {

    private DataChecks() {}

    /** Refuses features and targets of which there are not as many; keeps them beyond any MemoryScope. */
    static void pairs(String who, Tensor features, Tensor targets) {
        checkArgument(
                features.ndim() >= 1 && targets.ndim() >= 1 && features.size(0) == targets.size(0),
                "%s: expected features (N, *) and targets (N, *) with the same N; got %s and %s."
                        + " Leave out those without a partner.",
                who,
                Text.shape(features),
                Text.shape(targets));
        MemoryScope.stored(features);
        MemoryScope.stored(targets);
    }

    /** Returns 0, 1, … below a size. */
    static long[] range(String who, long size) {
        long[] range = Checks.javaArray(who, size, long[]::new);
        Arrays.setAll(range, i -> i);
        return range;
    }

    /** Refuses a sample that a data set does not have. */
    static void index(String who, long index, long size) {
        if (index < 0 || index >= size) {
            throw outside(who, index, size);
        }
    }

    /** Returns the error for a sample that a data set does not have. */
    static IndexOutOfBoundsException outside(String who, long index, long size) {
        return new IndexOutOfBoundsException(who + ": expected indices in [0, " + size + "); got " + index + ".");
    }
}
