package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.FluentIterable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.internal.AllOrNothing;
import org.ndgrad.nn.Stateful;

/** Writes what a {@link Trainer} goes on from, and reads it: all of it or nothing. */
final class TrainerState {

    private static final String EPOCH = "epoch";
    private static final String BATCH = "batch";
    private static final String STEP = "step";
    private static final String IS_OVER = "is_over";
    private static final String SECONDS = "seconds";
    private static final String LOSS_SUM = "loss_sum";
    private static final String SAMPLES = "samples";
    private static final String METRICS = "metrics";
    private static final String HISTORY = "history";
    private static final String SCHEDULER = "scheduler";
    private static final String CALLBACKS = "callbacks";
    private static final String DATA = "data";
    private static final String SPLIT = "validation_split";
    private static final String FRACTION = "fraction";
    private static final String SEED = "seed";
    private static final String STRATIFIED = "stratified";

    private TrainerState() {}

    static ImmutableMap<String, Object> of(Position position, Tally tally, History history, TrainerOptions options) {
        ImmutableMap.Builder<String, Object> state = ImmutableMap.<String, Object>builder()
                .put(EPOCH, (long) position.epoch())
                .put(BATCH, position.batch())
                .put(STEP, position.step())
                .put(IS_OVER, position.isOver())
                .put(SECONDS, position.batch() == 0 ? 0.0 : position.seconds())
                .put(LOSS_SUM, tally.lossSum())
                .put(SAMPLES, tally.samples())
                .put(METRICS, tally.metricStates())
                .put(HISTORY, history.stateDict())
                .put(CALLBACKS, Lists.transform(callbacks(options), Stateful::stateDict));
        options.scheduler().ifPresent(scheduler -> state.put(SCHEDULER, scheduler.stateDict()));
        position.dataState().ifPresent(data -> state.put(DATA, data));
        options.validationSplit().ifPresent(split -> state.put(SPLIT, of(split)));
        return state.buildOrThrow();
    }

    private static ImmutableMap<String, Object> of(ValidationSplit split) {
        return ImmutableMap.of(FRACTION, split.fraction(), SEED, split.seed(), STRATIFIED, split.stratified());
    }

    /** Returns the callbacks that have a state. */
    private static ImmutableList<Stateful> callbacks(TrainerOptions options) {
        return FluentIterable.from(options.callbacks()).filter(Stateful.class).toList();
    }

    /** Loads a state, and returns what it has of an epoch that is not done. */
    static Tally load(Map<String, ?> state, Position position, History history, TrainerOptions options) {
        long epoch = number(state, EPOCH).longValue();
        long batch = number(state, BATCH).longValue();
        long step = number(state, STEP).longValue();
        double seconds = number(state, SECONDS).doubleValue();
        checkArgument(
                state.get(IS_OVER) instanceof Boolean && epoch >= 0 && batch >= 0,
                "Trainer.load: expected a state of a trainer; got %s. Load what stateDict gave.",
                state);
        checkSplit(state, options);
        Tally tally = new Tally(options.metrics());
        tally.resume(
                number(state, LOSS_SUM).doubleValue(),
                number(state, SAMPLES).longValue(),
                state.containsKey(METRICS) ? map(state, METRICS) : ImmutableMap.of());
        Optional<Map<String, ?>> data = state.containsKey(DATA) ? Optional.of(map(state, DATA)) : Optional.empty();

        loadAll(parts(state, history, options));
        position.load((int) epoch, batch, step, (Boolean) state.get(IS_OVER), seconds, data);
        return tally;
    }

    private static void checkSplit(Map<String, ?> state, TrainerOptions options) {
        Optional<ValidationSplit> saved = state.containsKey(SPLIT)
                ? Optional.of(map(state, SPLIT))
                        .map(split -> new ValidationSplit(
                                number(split, FRACTION).doubleValue(),
                                number(split, SEED).longValue(),
                                Boolean.TRUE.equals(split.get(STRATIFIED))))
                : Optional.empty();
        checkArgument(
                saved.equals(options.validationSplit()),
                "Trainer.load: expected a state of a trainer with %s; got one with %s. Give the trainer the same, else"
                        + " it would validate with samples that it was trained on.",
                shown(options.validationSplit()),
                shown(saved));
    }

    private static String shown(Optional<ValidationSplit> split) {
        return split.map(each -> "a " + each.kind() + " of " + each.fraction() + " by seed " + each.seed())
                .orElse("no validation split");
    }

    /** Something with the state that it is to load. */
    private record Part(Stateful owner, Map<String, ?> state) {}

    private static List<Part> parts(Map<String, ?> state, History history, TrainerOptions options) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(history, map(state, HISTORY)));
        checkArgument(
                state.containsKey(SCHEDULER) == options.scheduler().isPresent(),
                "Trainer.load: expected a state of a trainer %s schedule; got one %s. Give the trainer the same"
                        + " options.",
                options.scheduler().isPresent() ? "with a" : "without a",
                state.containsKey(SCHEDULER) ? "with it" : "without it");
        options.scheduler().ifPresent(scheduler -> parts.add(new Part(scheduler, map(state, SCHEDULER))));
        List<?> states = list(state, CALLBACKS);
        ImmutableList<Stateful> callbacks = callbacks(options);
        checkArgument(
                states.size() == callbacks.size() && states.stream().allMatch(Map.class::isInstance),
                "Trainer.load: expected states of %s callbacks that are Stateful; got %s. Give the trainer the same"
                        + " ones in the same order.",
                callbacks.size(),
                states.size());
        for (int i = 0; i < states.size(); i++) {
            parts.add(new Part(callbacks.get(i), named((Map<?, ?>) states.get(i))));
        }
        return parts;
    }

    private static void loadAll(List<Part> parts) {
        AllOrNothing all = new AllOrNothing();
        for (Part part : parts) {
            all.change(
                    () -> {
                        Map<String, ?> before = part.owner().stateDict();
                        return () -> part.owner().load(before);
                    },
                    () -> part.owner().load(part.state()));
        }
    }

    static Number number(Map<String, ?> state, String name) {
        if (state.get(name) instanceof Number number) {
            return number;
        }
        throw refusal(name, "a number", state.get(name));
    }

    static List<?> list(Map<String, ?> state, String name) {
        if (state.get(name) instanceof List<?> list) {
            return list;
        }
        throw refusal(name, "a list", state.get(name));
    }

    static Map<String, ?> map(Map<String, ?> state, String name) {
        if (state.get(name) instanceof Map<?, ?> map) {
            return named(map);
        }
        throw refusal(name, "a map", state.get(name));
    }

    static Map<String, ?> named(Map<?, ?> map) {
        ImmutableMap.Builder<String, Object> named = ImmutableMap.builder();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named.buildOrThrow();
    }

    private static IllegalArgumentException refusal(String name, String expected, @Nullable Object got) {
        return new IllegalArgumentException("Trainer.load: expected " + expected + " as '" + name + "'; got " + got
                + ". Load a state of a trainer with the same options.");
    }
}
