package org.ndgrad.nn.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Streams;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** One call of an operation, and what PyTorch made of it; a line of a conformance file. */
record Case(JsonNode line) {

    /** Numbers as a file states them, in float64, of which some were whole or boolean. */
    @SuppressWarnings("ArrayRecordComponent") // neither compared nor handed out
    record Expected(String dtype, long[] shape, double[] data) {

        /** Returns a tensor of these numbers, a floating one in the precision asked for. */
        Tensor tensor(Precision precision) {
            return Tensor.of(DataType.DOUBLE, data).reshape(shape).to(precision.dtype(dtype));
        }
    }

    static List<Case> read(Path file) {
        return Runner.lines(file).stream().map(Case::new).collect(ImmutableList.toImmutableList());
    }

    String op() {
        return line.get("op").textValue();
    }

    String id() {
        return line.get("id").textValue();
    }

    /** Returns the class of a case of a module. */
    String module() {
        return line.get("module").textValue();
    }

    boolean isTraining() {
        return line.get("training").booleanValue();
    }

    /** Returns new tensors and values for the call. */
    Arguments arguments(Precision precision) {
        return arguments(line, precision);
    }

    /** Returns what the constructor of a module is called with. */
    Arguments constructor(Precision precision) {
        return arguments(line.get("constructor"), precision);
    }

    /**
     * Leaves of a module that are equal to the last bit were one tensor, given twice: their gradient is that of both.
     */
    private static Arguments arguments(JsonNode node, Precision precision) {
        Map<JsonNode, Object> leaves = new HashMap<>();
        List<Object> positional = Streams.stream(node.get("args"))
                .map(tagged ->
                        node.has("module") && tagged.at("/tensor/requires_grad").asBoolean()
                                ? leaves.computeIfAbsent(tagged, leaf -> value(leaf, precision))
                                : value(tagged, precision))
                .collect(ImmutableList.toImmutableList());
        ImmutableMap.Builder<String, Object> named = ImmutableMap.builder();
        node.get("kwargs").properties().forEach(entry -> named.put(entry.getKey(), value(entry.getValue(), precision)));
        return new Arguments(
                positional, named.buildOrThrow(), node.path("variant").asText());
    }

    List<Expected> outputs() {
        return numbers("outputs").stream().map(Optional::orElseThrow).collect(ImmutableList.toImmutableList());
    }

    /** Whether the case states gradients, or second gradients. */
    boolean has(String key) {
        return line.hasNonNull(key);
    }

    /** Returns a list of tensors, of which some may be null. */
    List<Optional<Expected>> numbers(String key) {
        return Streams.stream(line.get(key))
                .map(node -> node.isNull() ? Optional.<Expected>empty() : Optional.of(numbers(node)))
                .collect(ImmutableList.toImmutableList());
    }

    /** Returns tensors by name. */
    Map<String, Expected> named(String key) {
        return Maps.transformValues(optional(key), Optional::orElseThrow);
    }

    /** Returns tensors by name, of which some may be null. */
    Map<String, Optional<Expected>> optional(String key) {
        Map<String, Optional<Expected>> named = new LinkedHashMap<>();
        line.get(key)
                .properties()
                .forEach(entry -> named.put(
                        entry.getKey(),
                        entry.getValue().isNull() ? Optional.empty() : Optional.of(numbers(entry.getValue()))));
        return named;
    }

    private static Expected numbers(JsonNode node) {
        double[] data =
                Streams.stream(node.get("data")).mapToDouble(Case::number).toArray();
        return new Expected(node.get("dtype").textValue(), longs(node.get("shape")), data);
    }

    private static double number(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
    }

    private static long[] longs(JsonNode list) {
        return Streams.stream(list).mapToLong(JsonNode::longValue).toArray();
    }

    private static Object value(JsonNode tagged, Precision precision) {
        String tag = tagged.fieldNames().next();
        JsonNode content = tagged.get(tag);
        return switch (tag) {
            case "tensor" -> {
                Tensor tensor = numbers(content).tensor(precision);
                yield content.get("requires_grad").booleanValue() ? tensor.requiresGrad(true) : tensor;
            }
            case "made" -> new Made(content).tensor(precision);
            case "int" -> content.longValue();
            case "float" -> number(content);
            case "bool" -> content.booleanValue();
            case "str" -> content.textValue();
            case "dtype" -> precision.dtype(content.textValue());
            case "none" -> Arguments.None.NONE;
            case "ellipsis" -> Arguments.Ellipsis.ELLIPSIS;
            case "list" ->
                Streams.stream(content).map(each -> value(each, precision)).collect(ImmutableList.toImmutableList());
            case "slice" -> new Arguments.Slice(bound(content, 0), bound(content, 1), bound(content, 2));
            default -> throw new IllegalArgumentException("unknown tag " + tag);
        };
    }

    private static Optional<Long> bound(JsonNode slice, int index) {
        JsonNode bound = slice.get(index);
        return Optional.ofNullable(bound.get("int")).map(JsonNode::longValue);
    }

    @Override
    public String toString() {
        return id();
    }
}
