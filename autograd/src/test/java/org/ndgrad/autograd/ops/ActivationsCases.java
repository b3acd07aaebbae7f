package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Activations}. */
final class ActivationsCases {

    private static final Domain WEIGHT = in(0.1, 0.4);

    private ActivationsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                unary("relu", Activations::relu, ANY),
                unary("leakyRelu", x -> Activations.leakyRelu(x, 0.1), ANY),
                unary("hardtanh", x -> Activations.hardtanh(x, -0.9, 1.2), ANY),
                unary("relu6", Activations::relu6, in(-3.1, 9.3)),
                unary("elu", x -> Activations.elu(x, 1.7), ANY),
                unary("celu", x -> Activations.celu(x, 1.7), ANY),
                unary("selu", Activations::selu, ANY),
                unary("sigmoid", Activations::sigmoid, ANY),
                unary("logsigmoid", Activations::logsigmoid, ANY),
                unary("softplus", Activations::softplus, ANY),
                unary("softplus", x -> Activations.softplus(x, 2, 3), ANY).as("with a threshold"),
                unary("softsign", Activations::softsign, ANY),
                unary("gelu", Activations::gelu, ANY),
                unary("gelu", x -> Activations.gelu(x, Activations.Gelu.TANH), ANY)
                        .as("by tanh"),
                unary("silu", Activations::silu, ANY),
                unary("mish", Activations::mish, ANY),
                unary("hardsigmoid", Activations::hardsigmoid, in(-5.1, 5.3)),
                unary("hardswish", Activations::hardswish, in(-5.1, 5.3)),
                unary("hardshrink", x -> Activations.hardshrink(x, 0.7), ANY),
                unary("softshrink", x -> Activations.softshrink(x, 0.7), ANY),
                unary("tanhshrink", Activations::tanhshrink, ANY),
                unary("threshold", x -> Activations.threshold(x, -0.7, 5), ANY),
                row("prelu", x -> Activations.prelu(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(WEIGHT, 4))
                        .on(sample(ANY, 3, 4), sample(WEIGHT, 1))
                        .on(sample(ANY, 2, 3, 2), sample(WEIGHT, 3))
                        .on(sample(ANY, 5), sample(WEIGHT))
                        .on(sample(ANY), sample(WEIGHT, 1))
                        .on(sample(ANY, 0, 3), sample(WEIGHT, 3)),
                unary("rrelu", x -> Activations.rrelu(x, 0.1, 0.4), ANY),
                unary("rrelu", x -> Activations.rrelu(x, 0.1, 0.4, new Alternating()), ANY)
                        .as("in training"),
                row("glu", x -> Activations.glu(x.get(0), -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 3, 0))
                        .on(sample(ANY, 0, 2)),
                row("glu", x -> Activations.glu(x.get(0), 0))
                        .as("of the first dim")
                        .on(sample(ANY, 4, 3)),
                unary("softmin", x -> Activations.softmin(x, -1), ANY),
                row("softmax", x -> Activations.softmax(x.get(0), -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY))
                        .on(sample(ANY, 3, 0)),
                row("softmax", x -> Activations.softmax(x.get(0), 0))
                        .as("over dim 0")
                        .on(sample(ANY, 3, 2, 2)),
                row("logSoftmax", x -> Activations.logSoftmax(x.get(0), -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY))
                        .on(sample(ANY, 3, 0)),
                row("logSoftmax", x -> Activations.logSoftmax(x.get(0), 1))
                        .as("over dim 1")
                        .on(sample(ANY, 3, 2, 2)),
                dropout(0.4),
                dropout(1));
    }

    private static OpCase dropout(double p) {
        return unary("dropout", x -> Activations.dropout(x, p, new Alternating()), ANY)
                .as("of " + p);
    }
}
