package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of elementwise operations is answered with, word by word. */
class ElementwiseErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;

    static Stream<Misuse> all() {
        Tensor x = Tensor.ones(2, 3);
        Tensor whole = Tensor.of(1L, 2L);
        return Stream.of(
                misuse(
                        "a fraction of whole numbers",
                        ARGUMENT,
                        "add: expected a whole factor for tensors of type int64; got 0.5. Convert them to float first.",
                        () -> Arithmetic.add(whole, whole, 0.5)),
                misuse(
                        "a scaled product of shapes that do not broadcast",
                        ARGUMENT,
                        "addcmul: expected shapes that broadcast; got (2, 3) and (2), which differ at dimension 1 (3 and"
                                + " 2). Make these sizes equal or one of them 1.",
                        () -> Arithmetic.addcmul(x, x, Tensor.ones(2), 1)),
                misuse(
                        "a whole quotient by 0",
                        ArithmeticException.class,
                        "fmod: expected integral divisors other than 0; got 0. Mask them, or convert with"
                                + " to(DataType.FLOAT).",
                        () -> Arithmetic.fmod(whole, 0)),
                misuse(
                        "the sign of booleans",
                        ARGUMENT,
                        "positive: expected tensors of numbers; got bool. Use logicalXor or logicalNot, or convert"
                                + " it with to(…).",
                        () -> Arithmetic.positive(Tensor.of(true))),
                misuse(
                        "a negative tolerance",
                        ARGUMENT,
                        "isclose: expected tolerances of at least 0; got -1.0 and 0.0. Use 0 for equality.",
                        () -> Comparison.isclose(x, x, -1, 0, Comparison.NanEquality.UNEQUAL)),
                misuse(
                        "a margin beyond the middle",
                        ARGUMENT,
                        "logit: expected epsilon from 0 to 0.5; got 0.6. Use a small number like 1e-6.",
                        () -> Special.logit(x, 0.6)),
                misuse(
                        "a negative order",
                        ARGUMENT,
                        "polygamma: expected an order from 0 to 170; got -1. Use a smaller one.",
                        () -> Special.polygamma(-1, x)),
                misuse(
                        "celu with alpha 0",
                        ARGUMENT,
                        "celu: expected an alpha other than 0; got 0. Use relu.",
                        () -> Activations.celu(x, 0)),
                misuse(
                        "a condition of numbers",
                        ARGUMENT,
                        "where: expected a boolean condition; got float32. Compare, for example with ne(0).",
                        () -> Comparison.where(x, x, x)),
                misuse(
                        "a mask of numbers",
                        ARGUMENT,
                        "maskedFill: expected a boolean mask; got int64. Compare, for example with ne(0).",
                        () -> Comparison.maskedFill(x, whole, 0)),
                misuse(
                        "a number minus a mask",
                        ARGUMENT,
                        "rsub: expected tensors of numbers; got bool. Use logicalXor or logicalNot, or convert it with"
                                + " to(…).",
                        () -> x.gt(0).rsub(1)),
                misuse(
                        "relu of a mask",
                        ARGUMENT,
                        "relu: expected a tensor of numbers; got bool. Convert it with to(…).",
                        () -> Activations.relu(x.gt(0))),
                misuse(
                        "a negative least length",
                        ARGUMENT,
                        "cosineSimilarity: expected an epsilon of at least 0; got -1.0. Use the default.",
                        () -> Norms.cosineSimilarity(x, x, 1, -1)),
                misuse(
                        "a negative shift",
                        ARGUMENT,
                        "softshrink: expected a lambda of at least 0; got -1.0. Drop the sign.",
                        () -> Activations.softshrink(x, -1)),
                misuse(
                        "bounds in the wrong order",
                        ARGUMENT,
                        "hardtanh: expected bounds in order; got 1 and -1. Swap them.",
                        () -> Activations.hardtanh(x, 1, -1)),
                misuse(
                        "weights for other channels",
                        ARGUMENT,
                        "prelu: expected one weight or one for each of the 3 channels of x (2, 3); got shape (2). Reshape"
                                + " it.",
                        () -> Activations.prelu(x, Tensor.ones(2))),
                misuse(
                        "halves of an odd size",
                        ARGUMENT,
                        "glu: expected an even size along dim 1; got shape (2, 3). Choose another dim.",
                        () -> Activations.glu(x, -1)),
                misuse(
                        "halves of a number",
                        ARGUMENT,
                        "glu: expected a dimension to halve; got a 0-d tensor. Use a shape.",
                        () -> Activations.glu(Tensor.of(1.0), 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void messagesSayWhatWasExpectedWhatCameAndWhatToDo(Misuse misuse) {
        misuse.assertAnswer();
    }
}
