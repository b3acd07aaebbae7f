package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ndgrad.autograd.ops.Activations;

/** Activations that take a setting, or more than one node. */
final class ActivationLayers {

    static final Map<String, Converter> CONVERTERS = converters();

    private ActivationLayers() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        all.put("leakyRelu", c -> c.result("LeakyRelu", List.of(x(c)), Attribute.of("alpha", c.real(1))));
        all.put("rrelu", ActivationLayers::rrelu);
        all.put("elu", c -> c.result("Elu", List.of(x(c)), Attribute.of("alpha", c.real(1))));
        all.put("celu", c -> c.result("Celu", List.of(x(c)), Attribute.of("alpha", c.real(1))));
        all.put("selu", c -> c.result("Selu", List.of(x(c))));
        all.put("hardtanh", c -> c.result("Clip", List.of(x(c), number(c, c.real(1)), number(c, c.real(2)))));
        all.put("relu6", c -> c.result("Clip", List.of(x(c), number(c, 0), number(c, 6))));
        all.put("hardsigmoid", c -> c.result("HardSigmoid", List.of(x(c)), Attribute.of("alpha", 1.0 / 6)));
        all.put("softplus", ActivationLayers::softplus);
        all.put("logsigmoid", c -> {
            String negative = c.node("Softplus", List.of(c.node("Neg", List.of(x(c)))));
            c.result("Neg", List.of(negative));
        });
        all.put("silu", c -> c.result("Mul", List.of(x(c), c.node("Sigmoid", List.of(x(c))))));
        all.put("gelu", ActivationLayers::gelu);
        all.put("hardshrink", c -> c.result("Shrink", List.of(x(c)), Attribute.of("lambd", c.real(1))));
        all.put(
                "softshrink",
                c -> c.result(
                        "Shrink", List.of(x(c)), Attribute.of("lambd", c.real(1)), Attribute.of("bias", c.real(1))));
        all.put("tanhshrink", c -> c.result("Sub", List.of(x(c), c.node("Tanh", List.of(x(c))))));
        all.put("threshold", c -> {
            String above = c.node("Greater", List.of(x(c), number(c, c.real(1))));
            c.result("Where", List.of(above, x(c), number(c, c.real(2))));
        });
        all.put("prelu", ActivationLayers::prelu);
        all.put("glu", ActivationLayers::glu);
        all.put("softmax", c -> c.result("Softmax", List.of(x(c)), Attribute.of("axis", c.dim(1))));
        all.put("logSoftmax", c -> c.result("LogSoftmax", List.of(x(c)), Attribute.of("axis", c.dim(1))));
        all.put(
                "softmin",
                c -> c.result("Softmax", List.of(c.node("Neg", List.of(x(c)))), Attribute.of("axis", c.dim(1))));
        return all.buildOrThrow();
    }

    private static String x(Conversion c) {
        return c.operand(0, c.out().dtype());
    }

    private static String number(Conversion c, double number) {
        return Elementwise.number(c, number);
    }

    /** ln(1 + e^(βx)) / β, but x itself above the threshold, where it makes a difference. */
    private static void softplus(Conversion c) {
        double beta = c.has(1, Number.class) ? c.real(1) : 1;
        double threshold = c.has(2, Number.class) ? c.real(2) : 20;
        String scaled = beta == 1 ? x(c) : c.node("Mul", List.of(x(c), number(c, beta)));
        String soft = c.node("Softplus", List.of(scaled));
        soft = beta == 1 ? soft : c.node("Div", List.of(soft, number(c, beta)));
        if (threshold < 20) {
            soft = c.node("Where", List.of(c.node("Greater", List.of(scaled, number(c, threshold))), x(c), soft));
        }
        c.result(soft);
    }

    private static void gelu(Conversion c) {
        boolean isTanh =
                c.has(1, Activations.Gelu.class) && c.argument(1, Activations.Gelu.class) == Activations.Gelu.TANH;
        c.result("Gelu", List.of(x(c)), Attribute.of("approximate", isTanh ? "tanh" : "none"));
    }

    private static void rrelu(Conversion c) {
        if (c.has(3, Object.class)) {
            throw c.refusal("with random slopes");
        }
        c.result("LeakyRelu", List.of(x(c)), Attribute.of("alpha", (c.real(1) + c.real(2)) / 2));
    }

    /** A slope for each channel, dim 1, is broadcast from the end in ONNX. */
    private static void prelu(Conversion c) {
        Value slope = c.value(1);
        int behind = c.value(0).ndim() - 2;
        String slopes = slope.first().numel() == 1 || behind <= 0
                ? c.name(slope)
                : c.reshaped(
                        c.name(slope),
                        IntStream.rangeClosed(0, behind)
                                .mapToObj(d -> Size.fixed(d == 0 ? slope.first().numel() : 1))
                                .toList());
        c.result("PRelu", List.of(x(c), slopes));
    }

    private static void glu(Conversion c) {
        int dim = c.dim(1);
        long half = c.value(0).size(c.name(), dim) / 2;
        List<String> parts =
                c.graph().nodes("Split", 2, List.of(x(c), c.graph().longs(half, half)), Attribute.of("axis", dim));
        c.result("Mul", List.of(parts.get(0), c.node("Sigmoid", List.of(parts.get(1)))));
    }
}
