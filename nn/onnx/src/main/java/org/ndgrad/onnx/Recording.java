package org.ndgrad.onnx;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;
import org.ndgrad.autograd.internal.Text;

/**
 * A forward pass, recorded three times with batches of different sizes and different values. What is the same each time
 * belongs to the model, what follows the size of the batch is known by how it does, and what follows the values without
 * a recorded operation is found out.
 */
final class Recording {

    private final IdentityHashMap<Tensor, Value> values = new IdentityHashMap<>();
    private final ImmutableList<Value> inputs;
    private final ImmutableList<Step> steps;
    private final ImmutableList<Value> outputs;

    private record Pass(List<Tensor> inputs, List<Trace.Call> calls, List<Tensor> outputs) {}

    private Recording(List<Pass> passes) {
        inputs = side(passes, Pass::inputs);
        inputs.forEach(Value::markComputed);
        List<List<String>> names = passes.stream()
                .map(pass -> pass.calls.stream().map(Trace.Call::name).toList())
                .toList();
        if (names.stream().anyMatch(each -> !each.equals(names.get(0)))) {
            throw Refusal.of(
                    "expected a model that calls the same operations for every batch size and every input; got others in"
                            + " a second pass, from '%s' on. Take ifs and loops that ask for values or for the batch"
                            + " size out of its forward pass.",
                    firstOther(names));
        }
        steps = IntStream.range(0, names.get(0).size())
                .mapToObj(i -> new Step(
                        i, passes.stream().map(pass -> pass.calls.get(i)).toList(), this::value))
                .collect(ImmutableList.toImmutableList());
        for (Step step : steps) {
            step.results().stream()
                    .filter(result -> !step.inputs().contains(result))
                    .forEach(result -> result.producers().add(step));
            if (step.inputs().stream().anyMatch(Recording::varies)) {
                step.results().forEach(Value::markComputed);
            }
        }
        outputs = side(passes, Pass::outputs);
    }

    /** Returns whether a value depends on the inputs, or is one that Java made for the size of the batch. */
    private static boolean varies(Value value) {
        if (!value.isComputed() && value.producers().isEmpty() && !ConstantValue.isSame(value)) {
            value.markComputed();
        }
        return value.isComputed();
    }

    private static String firstOther(List<List<String>> names) {
        List<String> first = names.get(0);
        List<String> other =
                names.stream().filter(each -> !each.equals(first)).findFirst().orElseThrow();
        int i = 0;
        while (i < Math.min(first.size(), other.size()) - 1 && first.get(i).equals(other.get(i))) {
            i++;
        }
        return first.isEmpty() ? other.get(i) : first.get(i);
    }

    /** Runs a model on inputs like the examples and records it. */
    static Recording of(Function<List<Tensor>, List<Tensor>> model, List<Tensor> examples, OnnxOptions options) {
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < Size.BATCHES.length; i++) {
            int pass = i;
            List<Tensor> inputs = examples.stream()
                    .map(example -> varied(resized(example, options, Size.BATCHES[pass]), pass))
                    .toList();
            passes.add(pass(model, inputs));
        }
        return new Recording(passes);
    }

    private static Pass pass(Function<List<Tensor>, List<Tensor>> model, List<Tensor> inputs) {
        List<Tensor> outputs = new ArrayList<>();
        List<Trace.Call> calls = Trace.of(() -> outputs.addAll(applied(model, inputs)), inputs.toArray(new Tensor[0]));
        return new Pass(inputs, calls, outputs);
    }

    private static List<Tensor> applied(Function<List<Tensor>, List<Tensor>> model, List<Tensor> inputs) {
        try {
            return model.apply(inputs);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Onnx.export: expected a model that takes inputs like the examples in batches of other sizes; got an"
                            + " error for shapes %s: %s If its first dimension is not that of samples, see"
                                    .formatted(
                                            inputs.stream()
                                                    .map(x -> List.of(LongStream.of(x.shape())
                                                            .boxed()
                                                            .toArray()))
                                                    .toList(),
                                            e.getMessage())
                            + " OnnxOptions.withBatchDim and withFixedBatch.",
                    e);
        }
    }

    /** Returns the rows of a tensor, over and over, to a number of them. */
    private static Tensor resized(Tensor example, OnnxOptions options, long batch) {
        if (options.batchDim().isEmpty() || options.batchDim().getAsInt() >= example.ndim()) {
            return example.detach().clone();
        }
        int dim = options.batchDim().getAsInt();
        long rows = example.size(dim);
        if (rows == 0) {
            throw Refusal.of(
                    "expected an example of at least one sample; got shape %s. Take one.", Text.shape(example));
        }
        return example.detach()
                .indexSelect(
                        dim,
                        Tensor.of(LongStream.range(0, batch).map(i -> i % rows).toArray()));
    }

    /** Returns other values of the same kind: elsewhere, and numbers with fractions moved a little. */
    private static Tensor varied(Tensor x, int pass) {
        if (pass == 0 || x.numel() == 0) {
            return x;
        }
        Tensor moved = x.flatten().roll(pass).reshape(x.shape());
        return x.isFloatingPoint() ? moved.mul(0.75).add(0.1 * pass) : moved;
    }

    private Value value(List<Tensor> tensors) {
        return values.computeIfAbsent(tensors.get(0), first -> new Value(tensors));
    }

    private ImmutableList<Value> side(List<Pass> passes, Function<Pass, List<Tensor>> part) {
        return IntStream.range(0, part.apply(passes.get(0)).size())
                .mapToObj(i -> value(
                        passes.stream().map(pass -> part.apply(pass).get(i)).toList()))
                .collect(ImmutableList.toImmutableList());
    }

    ImmutableList<Value> inputs() {
        return inputs;
    }

    ImmutableList<Step> steps() {
        return steps;
    }

    ImmutableList<Value> outputs() {
        return outputs;
    }
}
