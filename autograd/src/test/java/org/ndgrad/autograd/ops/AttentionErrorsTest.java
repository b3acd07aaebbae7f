package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.AttentionOptions.Heads;

/** What a misuse of attention is answered with. */
class AttentionErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;

    static Stream<Misuse> misuses() {
        Tensor q = Tensor.ones(2, 4);
        Tensor k = Tensor.ones(3, 4);
        Tensor many = Tensor.ones(3, 2, 4);
        Tensor few = Tensor.ones(2, 3, 4);
        AttentionOptions options = AttentionOptions.defaults();
        return Stream.of(
                misuse(
                        "keys of another width",
                        ARGUMENT,
                        "scaledDotProductAttention: expected query (…, L, E), key (…, S, E) and value (…, S, V); got"
                                + " (2, 4), (3, 5) and (3, 4). Make E and S the same.",
                        () -> Attention.scaledDotProductAttention(q, Tensor.ones(3, 5), k)),
                misuse(
                        "a vector",
                        ARGUMENT,
                        "scaledDotProductAttention: expected query (…, L, E), key (…, S, E) and value (…, S, V); got"
                                + " (4), (3, 4) and (3, 4). Make E and S the same.",
                        () -> Attention.scaledDotProductAttention(Tensor.ones(4), k, k)),
                misuse(
                        "values of another type",
                        ARGUMENT,
                        "scaledDotProductAttention: expected query, key and value of one floating type; got float32,"
                                + " float32 and float64. Convert them with to(…).",
                        () -> Attention.scaledDotProductAttention(q, k, Tensor.ones(DataType.DOUBLE, 3, 4))),
                misuse(
                        "an integral mask",
                        ARGUMENT,
                        "scaledDotProductAttention: expected a boolean mask or one of type float32; got int64."
                                + " Convert it with to(…).",
                        () -> Attention.scaledDotProductAttention(q, k, k, options.withMask(Tensor.of(1, 0, 1)))),
                misuse(
                        "a mask for other keys",
                        ARGUMENT,
                        "scaledDotProductAttention: expected a mask that broadcasts to (L, S) = (2, 3); got (2, 4)."
                                + " Give it a row for each query.",
                        () -> Attention.scaledDotProductAttention(q, k, k, options.withMask(Tensor.ones(2, 4)))),
                misuse(
                        "a mask and causal",
                        ARGUMENT,
                        "scaledDotProductAttention: expected a mask or causal attention; got both."
                                + " Put both into the mask.",
                        () -> options.withMask(Tensor.ones(2, 3)).withCausal(true)),
                misuse(
                        "dropout in percent",
                        ARGUMENT,
                        "scaledDotProductAttention: expected a probability to drop in [0, 1]; got 20.0."
                                + " Write 0.2 for 20 percent.",
                        () -> options.withDropout(20, new Rng(1))),
                misuse(
                        "heads that cannot be grouped",
                        ARGUMENT,
                        "scaledDotProductAttention: expected heads of queries in a multiple of the heads of keys and"
                                + " values; got (3, 2, 4) and (2, 3, 4). Dim −3 counts the heads.",
                        () -> Attention.scaledDotProductAttention(many, few, few, options.withHeads(Heads.GROUPED))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void aMisuseIsExplained(Misuse misuse) {
        misuse.assertAnswer();
    }
}
