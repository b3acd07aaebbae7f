package org.ndgrad.onnx;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The graph of a file on its way: nodes, constants, and the names of what flows between them. */
final class Graph {

    private record Node(
            String name, String op, List<String> inputs, List<String> outputs, List<Attribute> attributes) {}

    private final List<Value> inputs;
    private final List<String> inputNames;
    private final List<String> outputNames;
    private final Map<Tensor, String> parameters;
    private final OnnxOptions options;
    private final IdentityHashMap<Value, String> names = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Message> initializers = new ArrayList<>();
    private final Map<List<Object>, String> made = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Graph(
            List<Value> inputs,
            List<String> inputNames,
            List<String> outputNames,
            Map<Tensor, String> parameters,
            OnnxOptions options) {
        this.inputs = inputs;
        this.inputNames = inputNames;
        this.outputNames = outputNames;
        this.parameters = parameters;
        this.options = options;
        for (int i = 0; i < inputs.size(); i++) {
            names.put(inputs.get(i), inputNames.get(i));
        }
        taken.addAll(inputNames);
        taken.addAll(outputNames);
    }

    /** Returns a name that nothing else has, like this one. */
    private String unique(String like) {
        String name = like;
        while (!taken.add(name)) {
            name = like + "_" + counts.merge(like, 1, Integer::sum);
        }
        return name;
    }

    // Values

    void bind(Value value, String name) {
        names.put(value, name);
    }

    boolean isBound(Value value) {
        return names.containsKey(value);
    }

    /**
     * Returns the name of a value; constants are written down.
     *
     * @param who the operation that uses it, for the message
     */
    String name(Value value, String who) {
        String known = names.get(value);
        if (known == null) {
            known = ConstantValue.of(value, who, this);
            names.put(value, known);
        }
        return known;
    }

    /** Returns the name of a parameter or a buffer, or another for a constant. */
    String constant(Tensor tensor) {
        String own = parameters.getOrDefault(tensor, "constant");
        return initializer(own, Proto.type(tensor.dtype()), tensor.shape(), Proto.bytes(tensor));
    }

    private String initializer(String like, int type, long[] shape, byte[] content) {
        String name = unique(like);
        initializers.add(Proto.tensor(name, type, shape, content));
        return name;
    }

    /** Returns a number as a constant without dims. */
    String scalar(DataType dtype, double number) {
        return made.computeIfAbsent(
                ImmutableList.of("scalar", dtype, number),
                key -> constant(Tensor.of(DataType.DOUBLE, number).to(dtype)));
    }

    /** Returns a whole number as a constant without dims. */
    String scalar(DataType dtype, long number) {
        return made.computeIfAbsent(
                ImmutableList.of("scalar", dtype, number),
                key -> constant(Tensor.of(new long[] {number}).squeeze().to(dtype)));
    }

    /** Returns whole numbers as a constant vector. */
    String longs(long... numbers) {
        return made.computeIfAbsent(
                ImmutableList.of("longs", Longs.asList(numbers)), key -> constant(Tensor.of(numbers)));
    }

    /** Returns a vector of whole numbers, which is computed if they depend on the size of the batch. */
    String sizes(List<Size> sizes) {
        if (sizes.stream().allMatch(Size::isFixed)) {
            return longs(sizes.stream().mapToLong(Size::offset).toArray());
        } else if (sizes.size() > 1) {
            return node(
                    "Concat", sizes.stream().map(size -> sizes(List.of(size))).toList(), Attribute.of("axis", 0));
        }
        Size size = sizes.get(0);
        String known = made.get(ImmutableList.<Object>of("size", size));
        if (known == null) {
            known = size.factor() == 1 ? batch() : node("Mul", List.of(batch(), longs(size.factor())));
            known = size.offset() == 0 ? known : node("Add", List.of(known, longs(size.offset())));
            made.put(ImmutableList.of("size", size), known);
        }
        return known;
    }

    private String batch() {
        String known = made.get(ImmutableList.<Object>of("batch"));
        if (known == null) {
            int dim = options.batchDim().orElseThrow();
            int counted = IntStream.range(0, inputs.size())
                    .filter(i -> inputs.get(i).ndim() > dim)
                    .findFirst()
                    .orElseThrow();
            known = node(
                    "Shape",
                    List.of(inputNames.get(counted)),
                    Attribute.of("start", dim),
                    Attribute.of("end", dim + 1));
            made.put(ImmutableList.of("batch"), known);
        }
        return known;
    }

    /** Returns a shape to give to Reshape, which computes one size itself. */
    String target(List<Size> shape) {
        List<Size> target = new ArrayList<>(shape);
        boolean isEmpty = shape.contains(Size.fixed(0));
        if (!isEmpty && shape.stream().filter(size -> !size.isFixed()).count() == 1) {
            target.replaceAll(size -> size.isFixed() ? size : Size.fixed(-1));
        }
        return sizes(target);
    }

    // Nodes

    /** Adds a node of one output; returns the output's name. */
    String node(String op, List<String> from, Attribute... attributes) {
        return nodes(op, 1, from, attributes).get(0);
    }

    /** Adds a node; returns its outputs' names. An empty input is one that is left out. */
    List<String> nodes(String op, int outputs, List<String> from, Attribute... attributes) {
        String name = unique(op.toLowerCase(Locale.ROOT));
        List<String> to = IntStream.range(0, outputs)
                .mapToObj(i -> outputs == 1 ? name : unique(name + "_output_" + i))
                .toList();
        nodes.add(new Node(name, op, from, to, List.of(attributes)));
        return to;
    }

    // The whole

    /** Returns GraphProto of {@code onnx.proto}, which ends in these outputs. */
    Message finished(List<Value> outputs) {
        Message graph = new Message();
        List<Message> described = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Value output = outputs.get(i);
            nodes.add(new Node(
                    outputNames.get(i),
                    "Identity",
                    List.of(name(output, "output")),
                    List.of(outputNames.get(i)),
                    List.of()));
            described.add(Proto.value(outputNames.get(i), output.dtype(), output.shape("output")));
        }
        nodes.forEach(node -> graph.message(1, message(node)));
        graph.text(2, "model").messages(5, initializers);
        for (int i = 0; i < inputs.size(); i++) {
            graph.message(
                    11,
                    Proto.value(
                            inputNames.get(i),
                            inputs.get(i).dtype(),
                            inputs.get(i).shape("input")));
        }
        return graph.messages(12, described);
    }

    private static Message message(Node node) {
        return new Message()
                .texts(1, node.inputs)
                .texts(2, node.outputs)
                .text(3, node.name)
                .text(4, node.op)
                .messages(5, node.attributes.stream().map(Attribute::message).toList());
    }
}
