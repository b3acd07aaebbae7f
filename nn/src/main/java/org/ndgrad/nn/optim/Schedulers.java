package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** What schedules made of other schedules have in common. */
final class Schedulers {

    private static final String PARTS = "_schedulers";

    private Schedulers() {}

    /** Returns the optimizer that all have. */
    static Optimizer optimizer(String who, List<? extends LrScheduler> schedulers) {
        checkArgument(
                !schedulers.isEmpty(), "%s: expected at least one scheduler; got none. Pass those to combine.", who);
        Optimizer optimizer = schedulers.get(0).optimizer();
        for (LrScheduler scheduler : schedulers) {
            checkArgument(
                    scheduler.optimizer() == optimizer,
                    "%s: expected schedulers of one optimizer; got some of several. Make them for the same one.",
                    who);
            checkArgument(
                    !(scheduler instanceof ReduceLrOnPlateau),
                    "%s: expected schedulers that step without a metric; got ReduceLrOnPlateau. Step it by itself.",
                    who);
        }
        return optimizer;
    }

    static ImmutableMap<String, Object> stateDict(Map<String, Object> own, List<LrScheduler> schedulers) {
        return ImmutableMap.<String, Object>builder()
                .putAll(own)
                .put(PARTS, schedulers.stream().map(LrScheduler::stateDict).collect(ImmutableList.toImmutableList()))
                .buildOrThrow();
    }

    static void load(LrScheduler who, Map<String, ?> state, List<LrScheduler> schedulers) {
        who.checkNames(state);
        who.count(state, LrScheduler.LAST_EPOCH); // refused before anything is changed
        List<?> parts = state.get(PARTS) instanceof List<?> list ? list : ImmutableList.of();
        checkArgument(
                parts.size() == schedulers.size() && parts.stream().allMatch(Map.class::isInstance),
                "%s.load: expected states of %s schedulers; got %s. Load a state of the same schedules.",
                who.name(),
                schedulers.size(),
                state.get(PARTS));
        List<ImmutableMap<String, Object>> before =
                schedulers.stream().map(LrScheduler::stateDict).toList();
        try {
            for (int i = 0; i < schedulers.size(); i++) {
                ImmutableMap.Builder<String, Object> part = ImmutableMap.builder();
                ((Map<?, ?>) parts.get(i)).forEach((name, value) -> part.put(String.valueOf(name), value));
                schedulers.get(i).load(part.buildOrThrow());
            }
        } catch (IllegalArgumentException e) {
            for (int i = 0; i < schedulers.size(); i++) {
                schedulers.get(i).load(before.get(i));
            }
            throw e;
        }
    }
}
