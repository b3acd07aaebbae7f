package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/**
 * What an operation was called with. PyTorch's parameters may be given by position or by name, so that each is asked
 * for by both; what is absent or None is empty, or the default that the caller names.
 *
 * <p>Values are {@link Tensor}, Long, Double, Boolean, String, {@link DataType}, {@link Slice}, {@link Ellipsis} and
 * lists of these.
 */
final class Arguments {

    /** A Python slice; what is empty was left out. */
    record Slice(Optional<Long> start, Optional<Long> stop, Optional<Long> step) {}

    /** Python's {@code ...}. */
    enum Ellipsis {
        ELLIPSIS
    }

    /** Python's None, which lists may hold. */
    enum None {
        NONE
    }

    private final List<Object> positional;
    private final Map<String, Object> named;
    private final String variant;

    Arguments(List<Object> positional, Map<String, Object> named) {
        this(positional, named, "");
    }

    Arguments(List<Object> positional, Map<String, Object> named, String variant) {
        this.positional = positional;
        this.named = named;
        this.variant = variant;
    }

    /** Whether PyTorch's test variant has this name; some call the operation in a way of their own. */
    boolean isVariant(String name) {
        return variant.equals(name);
    }

    /** Returns the tensors that require a gradient, in order of appearance. */
    List<Tensor> leaves() {
        List<Tensor> leaves = new ArrayList<>();
        positional.forEach(value -> collect(value, leaves));
        named.values().forEach(value -> collect(value, leaves));
        return leaves;
    }

    private static void collect(Object value, List<Tensor> leaves) {
        if (value instanceof Tensor tensor && tensor.requiresGrad()) {
            leaves.add(tensor);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, leaves));
        }
    }

    /** Returns the value, empty if absent or None. */
    Optional<Object> value(int position, String name) {
        Object value = position >= 0 && position < positional.size() ? positional.get(position) : named.get(name);
        return value == null || value == None.NONE ? Optional.empty() : Optional.of(value);
    }

    /** Whether None was given. */
    boolean isNone(int position, String name) {
        return (position >= 0 && position < positional.size() ? positional.get(position) : named.get(name))
                == None.NONE;
    }

    boolean has(int position, String name) {
        return value(position, name).isPresent();
    }

    /** Whether the value is there and a tensor. */
    boolean isTensor(int position, String name) {
        return value(position, name).filter(Tensor.class::isInstance).isPresent();
    }

    /** Whether the value is there and a list. */
    boolean isList(int position, String name) {
        return value(position, name).filter(List.class::isInstance).isPresent();
    }

    private Object required(int position, String name) {
        return value(position, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an argument " + name + " at position " + position + "; got none"));
    }

    Tensor tensor(int position, String name) {
        return (Tensor) required(position, name);
    }

    /** Returns the first argument, the tensor that the operation is applied to. */
    Tensor input() {
        return tensor(0, "input");
    }

    Optional<Tensor> optionalTensor(int position, String name) {
        return value(position, name).map(Tensor.class::cast);
    }

    /** Returns options with a tensor, if there is one. */
    <T> T with(T options, int position, String name, BiFunction<T, Tensor, T> wither) {
        return optionalTensor(position, name)
                .map(tensor -> wither.apply(options, tensor))
                .orElse(options);
    }

    /** Returns the tensors of a list. */
    List<Tensor> tensors(int position, String name) {
        return list(required(position, name)).stream().map(Tensor.class::cast).collect(ImmutableList.toImmutableList());
    }

    /** Returns the tensors of a call that takes any number of them, one by one or as one list. */
    List<Tensor> allTensors() {
        boolean asList = positional.size() == 1 && positional.get(0) instanceof List;
        List<?> values = asList ? (List<?>) positional.get(0) : positional;
        return values.stream().map(Tensor.class::cast).collect(ImmutableList.toImmutableList());
    }

    /** Returns what stands at the position and behind it, or the one list that stands there. */
    List<Object> rest(int position) {
        boolean asList = positional.size() == position + 1 && positional.get(position) instanceof List;
        return asList ? list(positional.get(position)) : positional.subList(position, positional.size());
    }

    private static List<Object> list(Object value) {
        return value instanceof List<?> list ? ImmutableList.copyOf(list) : ImmutableList.of(value);
    }

    /** Returns a number as it was given: a Long or a Double. */
    Number scalar(int position, String name) {
        return number(required(position, name));
    }

    Number scalar(int position, String name, Number otherwise) {
        return value(position, name).map(Arguments::number).orElse(otherwise);
    }

    private static Number number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return value instanceof Tensor tensor ? tensor.item() : (Number) value;
    }

    double real(int position, String name, double otherwise) {
        return scalar(position, name, otherwise).doubleValue();
    }

    OptionalDouble real(int position, String name) {
        return value(position, name)
                .map(value -> OptionalDouble.of(number(value).doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    int integer(int position, String name) {
        return scalar(position, name).intValue();
    }

    int integer(int position, String name, int otherwise) {
        return scalar(position, name, otherwise).intValue();
    }

    KeepDim keepDim(int position) {
        return flag(position, "keepdim", false) ? KeepDim.YES : KeepDim.NO;
    }

    boolean flag(int position, String name, boolean otherwise) {
        return value(position, name).map(Boolean.class::cast).orElse(otherwise);
    }

    String text(int position, String name, String otherwise) {
        return value(position, name).map(String.class::cast).orElse(otherwise);
    }

    Optional<DataType> dtype(int position, String name) {
        return value(position, name).map(DataType.class::cast);
    }

    /** Returns the numbers of a list, or the one number. */
    long[] longs(int position, String name) {
        return longs(required(position, name));
    }

    Optional<long[]> optionalLongs(int position, String name) {
        return value(position, name).map(Arguments::longs);
    }

    /** Returns the whole numbers among positional arguments from here on, or of the list that stands here. */
    long[] restLongs(int position) {
        return longs(rest(position));
    }

    /** Returns the dims of a list, or the one dim; none, which means all, if absent. */
    int[] dims(int position, String name) {
        return optionalLongs(position, name).map(Arguments::ints).orElse(new int[0]);
    }

    static int[] ints(long... values) {
        int[] result = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = Ints.checkedCast(values[i]);
        }
        return result;
    }

    private static long[] longs(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.toLongArray();
        }
        return list(value).stream().mapToLong(each -> number(each).longValue()).toArray();
    }
}
