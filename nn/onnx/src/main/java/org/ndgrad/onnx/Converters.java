package org.ndgrad.onnx;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The converters by the names of operations, and the way through a recording. */
final class Converters {

    static final ImmutableMap<String, Converter> ALL = ImmutableMap.<String, Converter>builder()
            .putAll(Elementwise.CONVERTERS)
            .putAll(ActivationLayers.CONVERTERS)
            .putAll(Reduction.CONVERTERS)
            .putAll(Shape.CONVERTERS)
            .putAll(Parts.CONVERTERS)
            .putAll(Product.CONVERTERS)
            .putAll(Spatial.CONVERTERS)
            .putAll(Norm.CONVERTERS)
            .putAll(RecurrentLayers.CONVERTERS)
            .buildOrThrow();

    private Converters() {}

    /** Writes down the steps that the outputs need, in their order. */
    static void convert(Recording recording, Graph graph) {
        TreeSet<Step> needed = new TreeSet<>(Comparator.comparingInt(Step::place));
        Map<Value, String> within = new HashMap<>(); // values are equal to themselves only
        Deque<Value> open = new ArrayDeque<>(recording.outputs());
        while (!open.isEmpty()) {
            Value value = open.pop();
            Step step = value.isComputed() && !graph.isBound(value) ? producer(value, within.get(value)) : null;
            if (step != null && needed.add(step)) {
                String outer = outermost(value, step, within.get(value));
                for (Value input : step.inputs()) {
                    if (outer != null) {
                        within.putIfAbsent(input, outer);
                    }
                    open.push(input);
                }
            }
        }
        needed.forEach(step -> checkNotNull(ALL.get(step.name())).convert(new Conversion(step, graph)));
    }

    /** Returns the name of an operation that is written down by those inside it. */
    private static @Nullable String outermost(Value value, Step step, @Nullable String within) {
        List<Step> producers = value.producers();
        String last = producers.get(producers.size() - 1).name();
        return last.equals(step.name()) ? within : last;
    }

    /** Returns the step that computes a value: the one called last that has a converter, thus the outermost. */
    private static @Nullable Step producer(Value value, @Nullable String within) {
        List<Step> producers = value.producers();
        for (int i = producers.size() - 1; i >= 0; i--) {
            if (ALL.containsKey(producers.get(i).name())) {
                return producers.get(i);
            }
        }
        if (producers.isEmpty()) {
            return null; // found out to be no constant later
        }
        throw Refusal.operation(
                producers.get(producers.size() - 1).name(), within == null ? "" : "inside '" + within + "'");
    }
}
