package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;
import static org.ndgrad.nn.conformance.ElementwiseCalls.unary;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the activation functions. */
final class ActivationCalls {

    private ActivationCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                unary("sigmoid", "Activations.sigmoid", Activations::sigmoid),
                one("softmax", "Activations.softmax", a -> Activations.softmax(cast(a, 2), a.integer(1, "dim"))),
                one(
                        "log_softmax",
                        "Activations.logSoftmax",
                        a -> Activations.logSoftmax(cast(a, 2), a.integer(1, "dim"))),
                one("nn.functional.softmin", "Activations.softmin", ActivationCalls::softmin),
                one("nn.functional.celu", "Activations.celu", a -> Activations.celu(a.input(), a.real(1, "alpha", 1))),
                one("nn.functional.elu", "Activations.elu", a -> Activations.elu(a.input(), a.real(1, "alpha", 1))),
                one(
                        "nn.functional.gelu",
                        "Activations.gelu",
                        a -> Activations.gelu(
                                a.input(),
                                a.text(1, "approximate", "none").equals("tanh")
                                        ? Activations.Gelu.TANH
                                        : Activations.Gelu.EXACT)),
                one("nn.functional.glu", "Activations.glu", a -> Activations.glu(a.input(), a.integer(1, "dim", -1))),
                one(
                        "nn.functional.hardshrink",
                        "Activations.hardshrink",
                        a -> Activations.hardshrink(a.input(), a.real(1, "lambd", 0.5))),
                unary("nn.functional.hardsigmoid", "Activations.hardsigmoid", Activations::hardsigmoid),
                unary("nn.functional.hardswish", "Activations.hardswish", Activations::hardswish),
                one(
                        "nn.functional.hardtanh",
                        "Activations.hardtanh",
                        a -> Activations.hardtanh(a.input(), a.real(1, "min_val", -1), a.real(2, "max_val", 1))),
                one(
                        "nn.functional.leaky_relu",
                        "Activations.leakyRelu",
                        a -> Activations.leakyRelu(a.input(), a.real(1, "negative_slope", 0.01))),
                unary("nn.functional.logsigmoid", "Activations.logsigmoid", Activations::logsigmoid),
                unary("nn.functional.mish", "Activations.mish", Activations::mish),
                one(
                        "nn.functional.prelu",
                        "Activations.prelu",
                        a -> Activations.prelu(a.input(), a.tensor(1, "weight"))),
                one(
                        "nn.functional.rrelu",
                        "Activations.rrelu",
                        a -> Activations.rrelu(a.input(), a.real(1, "lower", 0.125), a.real(2, "upper", 1.0 / 3))),
                unary("nn.functional.relu", "Activations.relu", Activations::relu),
                unary("nn.functional.relu6", "Activations.relu6", Activations::relu6),
                unary("nn.functional.selu", "Activations.selu", Activations::selu),
                unary("nn.functional.silu", "Activations.silu", Activations::silu),
                one(
                        "nn.functional.softplus",
                        "Activations.softplus",
                        a -> Activations.softplus(a.input(), a.real(1, "beta", 1), a.real(2, "threshold", 20))),
                one(
                        "nn.functional.softshrink",
                        "Activations.softshrink",
                        a -> Activations.softshrink(a.input(), a.real(1, "lambd", 0.5))),
                unary("nn.functional.softsign", "Activations.softsign", Activations::softsign),
                unary("nn.functional.tanhshrink", "Activations.tanhshrink", Activations::tanhshrink),
                one(
                        "nn.functional.threshold",
                        "Activations.threshold",
                        a -> Activations.threshold(
                                a.input(),
                                a.scalar(1, "threshold").doubleValue(),
                                a.scalar(2, "value").doubleValue())));
    }

    private static Tensor cast(Arguments a, int position) {
        return a.dtype(position, "dtype").map(a.input()::to).orElse(a.input());
    }

    private static Tensor softmin(Arguments a) {
        if (!a.has(1, "dim")) {
            throw new Calls.Unsupported("softmin without a dim, which PyTorch guesses and deprecates");
        }
        return Activations.softmin(cast(a, 3), a.integer(1, "dim"));
    }
}
