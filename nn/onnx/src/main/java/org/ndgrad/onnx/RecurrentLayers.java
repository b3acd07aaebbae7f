package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Nonlinearity;
import org.ndgrad.nn.RnnOptions;

/**
 * Recurrent layers, each as one node a layer. ONNX has the parts of its gates in another order, the directions in a dim
 * of their own, and samples always in dim 1.
 */
final class RecurrentLayers {

    private static final int INPUT = 0;
    private static final int STATE = 1;
    private static final int OPTIONS = 2;
    private static final int PARAMETERS = 3;

    /** Which of our gates stands at each place in ONNX: i o f g of i f g o; z r n of r z n. */
    private static final int[] LSTM_GATES = {0, 3, 1, 2};

    private static final int[] GRU_GATES = {1, 0, 2};

    static final Map<String, Converter> CONVERTERS = ImmutableMap.of(
            "Lstm", c -> convert(c, "LSTM", LSTM_GATES),
            "Gru", c -> convert(c, "GRU", GRU_GATES),
            "Rnn", c -> convert(c, "RNN", new int[] {0}));

    private RecurrentLayers() {}

    private static void convert(Conversion c, String op, int[] gates) {
        RnnOptions options = c.argument(OPTIONS, RnnOptions.class);
        if (options.projection() > 0) {
            throw c.refusal("with a projection");
        }
        Value x = c.value(INPUT);
        boolean isBatch = x.ndim() == 3;
        boolean isTurned = isBatch && options.batchFirst();
        String steps = !isBatch
                ? c.node("Unsqueeze", List.of(c.name(x), c.graph().longs(1)))
                : isTurned ? turned(c, c.name(x), 1, 0, 2) : c.name(x);
        int directions = options.bidirectional() ? 2 : 1;
        int outputs = op.equals("LSTM") ? 3 : 2;
        List<List<String>> ends = new ArrayList<>();
        for (int layer = 0; layer < options.layers(); layer++) {
            List<String> inputs = new ArrayList<>(List.of(steps));
            inputs.addAll(weights(c, options, layer, gates));
            inputs.add(""); // lengths of sequences: all the same
            for (int part = 0; part < c.values(STATE).size(); part++) {
                inputs.add(state(c, part, (long) layer * directions, directions, isBatch));
            }
            List<String> out = c.graph()
                    .nodes(
                            op,
                            outputs,
                            Conversion.inputs(inputs.toArray(new String[0])),
                            attributes(c, options, op, gates));
            steps = joined(c, out.get(0));
            ends.add(out.subList(1, outputs));
        }
        c.result(0, isBatch ? isTurned ? turned(c, steps, 1, 0, 2) : steps : withoutSamples(c, steps));
        for (int part = 0; part < outputs - 1; part++) {
            int each = part;
            List<String> parts = ends.stream().map(end -> end.get(each)).toList();
            String all = parts.size() == 1 ? parts.get(0) : c.node("Concat", parts, Attribute.of("axis", 0));
            c.result(part + 1, isBatch ? all : withoutSamples(c, all));
        }
    }

    private static Attribute[] attributes(Conversion c, RnnOptions options, String op, int[] gates) {
        List<Attribute> attributes = new ArrayList<>();
        long hidden = parameter(c, "weight_hh_l0").first().size(0) / gates.length;
        attributes.add(Attribute.of("hidden_size", hidden));
        attributes.add(Attribute.of("direction", options.bidirectional() ? "bidirectional" : "forward"));
        if (op.equals("GRU")) {
            attributes.add(Attribute.of("linear_before_reset", 1));
        }
        if (op.equals("RNN")) {
            String function = options.nonlinearity() == Nonlinearity.RELU ? "Relu" : "Tanh";
            attributes.add(Attribute.of(
                    "activations", options.bidirectional() ? List.of(function, function) : List.of(function)));
        }
        return attributes.toArray(new Attribute[0]);
    }

    private static String turned(Conversion c, String x, long... order) {
        return c.node("Transpose", List.of(x), Attribute.of("perm", order));
    }

    private static String withoutSamples(Conversion c, String x) {
        return c.node("Squeeze", List.of(x, c.graph().longs(1)));
    }

    /** Makes of (T, directions, N, H) a (T, N, directions · H); 0 keeps a size. */
    private static String joined(Conversion c, String out) {
        return c.node("Reshape", List.of(turned(c, out, 0, 2, 1, 3), c.graph().longs(0, 0, -1)));
    }

    /** Returns one layer's rows of a state of all layers. */
    private static String state(Conversion c, int part, long first, long count, boolean isBatch) {
        Value state = c.values(STATE).get(part);
        String all = isBatch
                ? c.name(state)
                : c.node("Unsqueeze", List.of(c.name(state), c.graph().longs(1)));
        return state.first().size(0) == count
                ? all
                : Parts.sliced(c, all, 0, Size.fixed(first), Size.fixed(first + count), 1);
    }

    /** Returns the weights of inputs and of states, and the biases, each for all directions. */
    private static List<String> weights(Conversion c, RnnOptions options, int layer, int[] gates) {
        List<Tensor> ofInputs = new ArrayList<>();
        List<Tensor> ofStates = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        for (String direction : options.bidirectional() ? List.of("", "_reverse") : List.of("")) {
            String suffix = "_l" + layer + direction;
            ofInputs.add(ordered(c, "weight_ih" + suffix, gates));
            ofStates.add(ordered(c, "weight_hh" + suffix, gates));
            if (options.bias()) {
                biases.add(Functions.cat(
                        List.of(ordered(c, "bias_ih" + suffix, gates), ordered(c, "bias_hh" + suffix, gates)), 0));
            }
        }
        return Stream.of(ofInputs, ofStates, biases)
                .map(parts -> parts.isEmpty() ? "" : c.graph().constant(Functions.stack(parts, 0)))
                .toList();
    }

    private static Tensor ordered(Conversion c, String name, int[] gates) {
        Value parameter = parameter(c, name);
        if (parameter.isComputed()) {
            throw c.refusal("with weights that depend on the input");
        }
        List<Tensor> parts = Functions.chunk(parameter.first().detach(), gates.length, 0);
        return Functions.cat(Arrays.stream(gates).mapToObj(parts::get).toList(), 0);
    }

    private static Value parameter(Conversion c, String name) {
        Map<?, ?> parameters = (Map<?, ?>) c.argument(PARAMETERS, Object.class);
        Tensor tensor = (Tensor) parameters.get(name);
        return c.values(PARAMETERS).stream()
                .filter(value -> value.first() == tensor)
                .findFirst()
                .orElseThrow();
    }
}
