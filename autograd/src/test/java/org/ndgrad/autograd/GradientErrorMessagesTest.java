package org.ndgrad.autograd;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What a misuse of differentiation is answered with: one message per kind, word by word. */
class GradientErrorMessagesTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> STATE = IllegalStateException.class;

    private static Tensor leaf(long... shape) {
        return Tensor.ones(shape).requiresGrad(true);
    }

    static Stream<Misuse> differentiation() {
        Tensor x = leaf(3);
        return Stream.of(
                misuse(
                        "backward of a vector",
                        STATE,
                        "backward: expected a tensor of one element; got shape (3). Call sum() or mean() first, or pass"
                                + " a gradient.",
                        () -> x.mul(2).backward()),
                misuse(
                        "grad of a vector",
                        STATE,
                        "grad: expected a tensor of one element; got shape (3). Call sum() or mean() first, or pass a"
                                + " gradient.",
                        () -> Autograd.grad(x.mul(2), x)),
                misuse(
                        "a gradient of another shape",
                        ARGUMENT,
                        "backward: expected a gradient of the output's shape (3); got (2). Reshape or expand it.",
                        () -> x.mul(2).backward(Tensor.ones(2))),
                misuse(
                        "backward of a constant",
                        STATE,
                        "backward: expected a tensor that was computed from one that requires a gradient; got a constant"
                                + " of shape (), dtype float32. Either no input has requiresGrad(true), or the graph was"
                                + " cut on the way by noGrad, detach(), argmax, a comparison or a cast to an integral"
                                + " type.",
                        () -> x.detach().sum().backward()),
                misuse(
                        "a second pass",
                        STATE,
                        "backward through 'mul' a second time: its saved tensors were released by the first pass. Run"
                                + " the forward pass again, and detach() what is carried over from the one before, such"
                                + " as an RNN's state; or keep them with backward(Backward.RETAIN_GRAPH).",
                        () -> {
                            Tensor loss = x.mul(x).sum();
                            loss.backward();
                            loss.backward();
                        }),
                misuse(
                        "a saved tensor changed in place",
                        STATE,
                        "backward through 'exp': expected its saved tensor of shape (3), dtype float32, at version 0; got"
                                + " version 2, for it was changed in place since. Change a clone(), or after backward().",
                        () -> {
                            Tensor y = x.exp();
                            Autograd.noGrad(() -> y.add_(1).mul_(2));
                            y.sum().backward();
                        }),
                misuse(
                        "a change in place of a leaf",
                        STATE,
                        "add_: expected tensors that are not being recorded; got shape (3) (a leaf that requires a"
                                + " gradient). Wrap the change in Autograd.noGrad(() -> …), or use the operation that"
                                + " returns a new tensor, on a clone().",
                        () -> x.add_(1)),
                misuse(
                        "a change in place of a view of a leaf",
                        STATE,
                        "mul_: expected tensors that are not being recorded; got shape (2) (part of a graph). Wrap the"
                                + " change in Autograd.noGrad(() -> …), or use the operation that returns a new tensor,"
                                + " on a clone().",
                        () -> x.slice(0, 0, 2).mul_(2)),
                misuse(
                        "a change in place by something recorded",
                        STATE,
                        "sub_: expected tensors that are not being recorded; got shape (3) and a gradient. Wrap the"
                                + " change in Autograd.noGrad(() -> …), or use the operation that returns a new tensor,"
                                + " on a clone().",
                        () -> Tensor.ones(3).sub_(x)),
                misuse(
                        "requiresGrad of integers",
                        ARGUMENT,
                        "requiresGrad: expected a tensor of a floating type; got int64. Convert it with"
                                + " to(DataType.FLOAT).",
                        () -> Tensor.of(1, 2).requiresGrad(true)),
                misuse(
                        "requiresGrad(false) of a result",
                        STATE,
                        "requiresGrad: expected a leaf to switch off; got the result of 'mul'. Call detach() for a"
                                + " constant.",
                        () -> x.mul(2).requiresGrad(false)),
                misuse(
                        "retainGrad of a constant",
                        STATE,
                        "retainGrad: expected a tensor that requires a gradient; got a constant."
                                + " Call requiresGrad(true) on what it is computed from.",
                        () -> Tensor.ones(3).retainGrad()),
                misuse(
                        "an unused input",
                        ARGUMENT,
                        "grad: expected every input to be used by the outputs; got input 1 of shape (2, 2), which is not."
                                + " Leave it out, or call gradIfUsed.",
                        () -> Autograd.grad(x.sum(), List.of(x, leaf(2, 2)))),
                misuse(
                        "an input without a gradient",
                        ARGUMENT,
                        "grad: expected inputs that require a gradient; got one of shape (4) that does not. Call"
                                + " requiresGrad(true) on it before the forward pass.",
                        () -> Autograd.grad(x.sum(), Tensor.ones(4))),
                misuse(
                        "too few gradOutputs",
                        ARGUMENT,
                        "grad: expected one gradOutput per output; got 0 for 1 outputs. Match them.",
                        () -> Autograd.grad(List.of(x.sum()), List.of(x), List.of())),
                misuse(
                        "a gradient that was never computed",
                        STATE,
                        "grad: expected a gradient; got none for this tensor of shape (2). Call backward() on a result"
                                + " that depends on it.",
                        () -> leaf(2).grad()),
                misuse(
                        "setting a gradient of another shape",
                        ARGUMENT,
                        "grad: expected shape (3) and dtype float32; got (2) and float32. Reshape it, or convert it with"
                                + " to(…).",
                        () -> leaf(3).grad(Tensor.ones(2))),
                misuse(
                        "setting a gradient of another type",
                        ARGUMENT,
                        "grad: expected shape (3) and dtype float32; got (3) and float64. Reshape it, or convert it with"
                                + " to(…).",
                        () -> leaf(3).grad(Tensor.ones(DataType.DOUBLE, 3))),
                misuse(
                        "the array of a tensor that requires a gradient",
                        STATE,
                        "toINDArray: expected a tensor that requires no gradient; got one of shape (3) that does. Call"
                                + " detach() first.",
                        () -> x.toINDArray()),
                misuse(
                        "the one output of an operation with two",
                        STATE,
                        "pair: expected one output; got 2. Call tensors().",
                        () -> Op.of("pair", x.data(), x.data()).tensor()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiation")
    void aMisuseIsAnsweredWithWhatWasExpectedWhatCameAndTheWayOut(Misuse misuse) {
        misuse.assertAnswer();
    }
}
