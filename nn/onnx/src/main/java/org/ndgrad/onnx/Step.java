package org.ndgrad.onnx;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;

/** A call in a recording, as it was in each pass. */
final class Step {

    private final int place;
    private final List<Trace.Call> calls;
    private final ImmutableList<ImmutableList<Value>> inputs;
    private final ImmutableList<Value> results;

    /**
     * Puts the calls side by side.
     *
     * @param place the number of calls before
     * @param values finds the value of a tensor in each pass
     */
    Step(int place, List<Trace.Call> calls, Function<List<Tensor>, Value> values) {
        this.place = place;
        this.calls = calls;
        this.inputs = IntStream.range(0, arguments())
                .mapToObj(i -> values(each -> each.arguments().get(i), values))
                .collect(ImmutableList.toImmutableList());
        this.results = values(Trace.Call::result, values);
    }

    private ImmutableList<Value> values(
            Function<Trace.Call, @Nullable Object> part, Function<List<Tensor>, Value> values) {
        List<List<Tensor>> tensors =
                calls.stream().map(part).map(Trace::tensors).toList();
        if (tensors.stream().anyMatch(each -> each.size() != tensors.get(0).size())) {
            throw Refusal.of(
                    "expected a model that computes in the same way for every batch size; got %s tensors of '%s' for batches"
                            + " of 2, 3 and 5. Fix the batch size with OnnxOptions.withFixedBatch().",
                    tensors.stream().map(List::size).toList(), name());
        }
        return IntStream.range(0, tensors.get(0).size())
                .mapToObj(i ->
                        values.apply(tensors.stream().map(each -> each.get(i)).toList()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Returns how many calls were before. */
    int place() {
        return place;
    }

    String name() {
        return calls.get(0).name();
    }

    int arguments() {
        return calls.get(0).arguments().size();
    }

    /** Returns an argument in the first pass. */
    @Nullable
    Object argument(int index) {
        return calls.get(0).arguments().get(index);
    }

    /** Returns an argument in every pass. */
    List<@Nullable Object> each(int index) {
        return calls.stream()
                .<@Nullable Object>map(call -> call.arguments().get(index))
                .toList();
    }

    /** Returns the tensors of an argument. */
    ImmutableList<Value> inputs(int index) {
        return inputs.get(index);
    }

    /** Returns the tensors of all arguments. */
    ImmutableList<Value> inputs() {
        return inputs.stream().flatMap(List::stream).collect(ImmutableList.toImmutableList());
    }

    ImmutableList<Value> results() {
        return results;
    }
}
