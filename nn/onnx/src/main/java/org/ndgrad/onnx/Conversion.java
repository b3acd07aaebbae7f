package org.ndgrad.onnx;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** One step on its way into the graph: its arguments as a converter asks for them, and where its results go. */
final class Conversion {

    private final Step step;
    private final Graph graph;

    Conversion(Step step, Graph graph) {
        this.step = step;
        this.graph = graph;
    }

    Graph graph() {
        return graph;
    }

    String name() {
        return step.name();
    }

    IllegalArgumentException refusal(String why) {
        return Refusal.operation(name(), why);
    }

    /** Returns whether there is an argument of a class at a place. */
    boolean has(int index, Class<?> type) {
        return index < step.arguments() && type.isInstance(step.argument(index));
    }

    // Tensors

    /** Returns the tensor that is an argument. */
    Value value(int index) {
        return step.inputs(index).get(0);
    }

    /** Returns the tensors of an argument. */
    List<Value> values(int index) {
        return step.inputs(index);
    }

    /** Returns the name of the tensor that is an argument. */
    String x(int index) {
        return name(value(index));
    }

    String name(Value value) {
        return graph.name(value, name());
    }

    /** Returns the name of a value in a type. */
    String in(Value value, DataType dtype) {
        return value.dtype() == dtype ? name(value) : cast(name(value), dtype);
    }

    String cast(String name, DataType dtype) {
        return node("Cast", List.of(name), Attribute.of("to", Proto.type(dtype)));
    }

    /** Returns an argument, a tensor or a number, in a type. */
    String operand(int index, DataType dtype) {
        if (!step.inputs(index).isEmpty()) {
            return in(value(index), dtype);
        }
        Object first = step.argument(index);
        if (first instanceof Long || first instanceof Integer) {
            Size size = size(index);
            return size.isFixed()
                    ? graph.scalar(dtype, size.offset())
                    : cast(node("Reshape", List.of(graph.sizes(List.of(size)), graph.longs())), dtype);
        }
        return graph.scalar(dtype, real(index));
    }

    /** Returns a tensor that stands in the options of an argument, if it is there. */
    <O> Optional<Value> optional(int index, Class<O> type, Function<O, Optional<Tensor>> part) {
        return part.apply(type.cast(step.argument(index)))
                .map(tensor -> values(index).stream()
                        .filter(value -> value.first() == tensor)
                        .findFirst()
                        .orElseThrow());
    }

    // Settings

    /** Returns an argument that is the same in every pass; of options, the tensors may be others. */
    <T> T argument(int index, Class<T> type) {
        List<Object> each =
                step.each(index).stream().<Object>map(Conversion::comparable).toList();
        if (each.stream().anyMatch(other -> !other.equals(each.get(0)))) {
            throw Refusal.of(
                    "expected the same settings of '%s' for every batch size and every input; got %s. Compute them from"
                            + " tensors, or fix the batch size with OnnxOptions.withFixedBatch().",
                    name(), each);
        }
        return checkNotNull(type.cast(step.argument(index)));
    }

    private static Object comparable(Object argument) {
        if (argument instanceof Record record) {
            return Arrays.stream(record.getClass().getRecordComponents())
                    .filter(component -> component.getType() != Optional.class)
                    .map(component -> {
                        try {
                            return String.valueOf(component.getAccessor().invoke(record));
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
        return argument instanceof int[] ints
                ? Arrays.toString(ints)
                : argument instanceof long[] longs ? Arrays.toString(longs) : argument;
    }

    /** Returns what stands in brackets; positions are the same in every pass, tensors are values. */
    Index[] indices(int index) {
        List<List<Object>> each = step.each(index).stream()
                .map(all -> Arrays.stream((Index[]) all)
                        .<Object>map(one -> one instanceof Tensor ? "a tensor" : one)
                        .toList())
                .toList();
        if (each.stream().anyMatch(other -> !other.equals(each.get(0)))) {
            throw refusal("at positions that depend on the batch; use slice or select");
        }
        return checkNotNull((Index[]) step.argument(index));
    }

    int integer(int index) {
        return argument(index, Number.class).intValue();
    }

    double real(int index) {
        return argument(index, Number.class).doubleValue();
    }

    /** Returns a number of an option that is one for all dims, or one each. */
    static long[] each(ImmutableLongArray numbers, int count) {
        return IntStream.range(0, count)
                .mapToLong(i -> numbers.get(numbers.length() == 1 ? 0 : i))
                .toArray();
    }

    int[] ints(int index) {
        return argument(index, int[].class);
    }

    boolean keeps(int index) {
        return argument(index, KeepDim.class) == KeepDim.YES;
    }

    /** Returns a whole number, which may depend on the size of the batch. */
    Size size(int index) {
        return Size.of(
                name(),
                step.each(index).stream()
                        .mapToLong(each -> ((Number) each).longValue())
                        .toArray());
    }

    /** Returns whole numbers, which may depend on the size of the batch. */
    List<Size> sizes(int index) {
        List<long[]> each = step.each(index).stream().map(long[].class::cast).toList();
        return IntStream.range(0, each.get(0).length)
                .mapToObj(i ->
                        Size.of(name(), each.stream().mapToLong(all -> all[i]).toArray()))
                .toList();
    }

    /** Returns a dim, from 0. */
    int dim(int index) {
        return dim(integer(index), value(0).ndim());
    }

    static int dim(int dim, int ndim) {
        return dim < 0 ? dim + ndim : dim;
    }

    // Results

    int results() {
        return step.results().size();
    }

    Value out() {
        return out(0);
    }

    Value out(int slot) {
        return step.results().get(slot);
    }

    /** Returns the sizes of a result. */
    List<Size> shape() {
        return out().shape(name());
    }

    String node(String op, List<String> inputs, Attribute... attributes) {
        return graph.node(op, inputs, attributes);
    }

    /** Makes a node's output the result. */
    void result(String op, List<String> inputs, Attribute... attributes) {
        result(node(op, inputs, attributes));
    }

    void result(String name) {
        result(0, name);
    }

    void result(int slot, String name) {
        if (!step.inputs().contains(out(slot))) {
            graph.bind(out(slot), name);
        }
    }

    /** Returns something in a shape. */
    String reshaped(String name, List<Size> shape) {
        return node("Reshape", List.of(name, graph.target(shape)));
    }

    /** Returns what a node makes of a tensor whose dim of samples may be missing: with that dim, then without. */
    String batched(Value x, int ndim, Function<String, String> nodes) {
        if (x.ndim() == ndim) {
            return nodes.apply(name(x));
        }
        String axis = graph.longs(0);
        String y = nodes.apply(node("Unsqueeze", List.of(name(x), axis)));
        return node("Squeeze", List.of(y, axis));
    }

    /** Returns all but the empty ones at the end. */
    static List<String> inputs(String... names) {
        int count = names.length;
        while (count > 0 && names[count - 1].isEmpty()) {
            count--;
        }
        return ImmutableList.copyOf(names).subList(0, count);
    }
}
