package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Testing.assertClose;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** What PyTorch's module cases of attention and transformers do not try. */
class AttentionTest {

    private static final MultiheadAttentionOptions OPTIONS =
            MultiheadAttentionOptions.defaults().withDtype(DataType.DOUBLE).withRng(new Rng(0));

    private static final TransformerOptions SMALL = TransformerOptions.defaults()
            .withDtype(DataType.DOUBLE)
            .withRng(new Rng(0))
            .withFeedForward(8)
            .withEncoderLayers(2)
            .withDecoderLayers(2)
            .withDropout(0)
            .withBatchFirst(true);

    private static Tensor random(int seed, long... shape) {
        return Tensor.randn(DataType.DOUBLE, new Rng(seed), shape);
    }

    private static double[] numbers(Tensor x) {
        return x.toDoubleArray();
    }

    @Test
    void startsLikePyTorch() {
        MultiheadAttention attention = new MultiheadAttention(40, 4, OPTIONS.withAddBiasKv(true));
        Parameters parameters = attention.parameters();

        assertThat(parameters.keySet())
                .containsExactly(
                        "in_proj_weight", "in_proj_bias", "bias_k", "bias_v", "out_proj.weight", "out_proj.bias");
        double bound = Math.sqrt(6.0 / 160);
        assertThat(DoubleStream.of(numbers(parameters.get("in_proj_weight"))))
                .allMatch(value -> Math.abs(value) <= bound);
        assertThat(parameters.get("in_proj_weight").std().item()).isBetween(0.95 * bound / Math.sqrt(3), 0.6 * bound);
        assertThat(parameters.get("bias_k").std().item()).isBetween(0.1, 0.22); // 1/√40 = 0.158
        assertThat(numbers(parameters.get("in_proj_bias"))).containsOnly(0);
        assertThat(numbers(parameters.get("out_proj.bias"))).containsOnly(0);
        assertThat(parameters.get("out_proj.weight").std().item()).isBetween(0.08, 0.1); // 1/√(3 · 40) = 0.091
    }

    @ParameterizedTest
    @CsvSource({"HALF, 1000", "HALF, 6000", "BFLOAT16, 1e30", "FLOAT, 1e25", "DOUBLE, 1e160"})
    void scoresBeyondTheRangeTakeAllTheWeight(DataType type, double large) {
        MultiheadAttention attention = new MultiheadAttention(2, 1, OPTIONS.withDtype(type));
        Autograd.noGrad(() -> attention
                .parameters()
                .get("in_proj_weight")
                .copy_(Functions.cat(List.of(Tensor.eye(type, 2), Tensor.eye(type, 2), Tensor.eye(type, 2)), 0)));
        Tensor x = Tensor.of(type, large, 0, 0, large).reshape(2, 2);

        MultiheadAttention.Result result = attention.forward(x, x, x);

        assertThat(numbers(result.weights().orElseThrow())).containsExactly(1, 0, 0, 1);
        assertThat(numbers(result.output()))
                .containsExactly(numbers(
                        x.matmul(attention.parameters().get("out_proj.weight").t())));
        Tensor masked = attention
                .forward(x, x, x, MaskOptions.defaults().withCausal(true))
                .weights()
                .orElseThrow();
        assertThat(numbers(masked)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void masksHideKeys() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, OPTIONS.withBatchFirst(true));
        Tensor x = random(1, 2, 3, 4);
        MaskOptions padding = MaskOptions.defaults().withKeyPaddingMask(Tensor.of(new boolean[][] {
            {false, false, true}, {false, true, true}
        }));

        MultiheadAttention.Result result =
                attention.forward(x, x, x, padding.withCausal(true), MultiheadAttention.Weights.PER_HEAD);
        Tensor weights = result.weights().orElseThrow();

        assertThat(weights.shape()).containsExactly(2, 2, 3, 3);
        assertThat(numbers(weights.select(0, 0).select(0, 1).select(0, 0))).containsExactly(1, 0, 0);
        assertThat(numbers(weights.select(0, 1).select(0, 0).select(0, 2))).containsExactly(1, 0, 0);
        assertThat(weights.select(0, 0).select(0, 0).select(0, 2).get(2).item()).isZero();
        assertClose(weights.sum(-1), Tensor.ones(DataType.DOUBLE, 2, 2, 3));
        assertThat(attention
                        .forward(x, x, x, padding, MultiheadAttention.Weights.NONE)
                        .weights())
                .isEmpty();
    }

    @Test
    void numbersAndBooleansMaskAlike() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, OPTIONS.withAddZeroAttn(true));
        Tensor x = random(1, 3, 4);
        Tensor square = Transformer.generateSquareSubsequentMask(3);
        MaskOptions none = MaskOptions.defaults();

        Tensor causal = attention.forward(x, x, x, none.withCausal(true)).output();

        assertThat(numbers(square)[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertClose(
                attention
                        .forward(x, x, x, none.withMask(square.to(DataType.DOUBLE)))
                        .output(),
                causal);
        assertClose(attention.forward(x, x, x, none.withMask(square.lt(0))).output(), causal);
    }

    @Test
    void aQueryThatMayLookAtNothingFindsZeros() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, OPTIONS.withBias(false));
        Tensor x = random(1, 2, 4).requiresGrad(true);
        MaskOptions all = MaskOptions.defaults().withKeyPaddingMask(Tensor.of(true, true));

        Tensor output = attention.forward(x, x, x, all).output();
        output.sum().backward();

        assertThat(numbers(output)).containsOnly(0);
        assertThat(numbers(x.grad())).containsOnly(0);
    }

    @Test
    void attentionWithinIsAttentionToACopy() {
        MultiheadAttention attention = new MultiheadAttention(6, 3, OPTIONS);
        Tensor x = random(1, 4, 2, 6);

        assertClose(
                attention.forward(x, x, x).output(),
                attention.forward(x, x.clone(), x.clone()).output());
    }

    @Test
    void dropoutDropsWeightsInTraining() {
        MultiheadAttention attention = new MultiheadAttention(4, 2, OPTIONS.withDropout(1));
        Tensor x = random(1, 3, 4);

        assertThat(numbers(attention.forward(x, x, x).output())).containsOnly(0);
        attention.eval();
        assertThat(numbers(attention.forward(x, x, x).output())).doesNotContain(0);
    }

    @Test
    void aTransformerLooksBackWhereItIsCausal() {
        Transformer transformer = new Transformer(4, 2, SMALL.withActivation(TransformerOptions.Activation.GELU));
        Tensor source = random(1, 2, 5, 4);
        Tensor target = random(2, 2, 3, 4);
        MaskOptions none = MaskOptions.defaults();

        Tensor all = transformer.forward(source, target, none, none.withCausal(true), none);
        Tensor first = transformer.forward(source, target.narrow(1, 0, 2), none, none.withCausal(true), none);

        assertThat(all.shape()).containsExactly(2, 3, 4);
        assertClose(all.narrow(1, 0, 2), first);
        assertThat(transformer.stateDict().keySet())
                .contains(
                        "encoder.layers.1.norm2.bias",
                        "decoder.layers.1.multihead_attn.out_proj.weight",
                        "decoder.norm.weight");
    }

    @Test
    void layersOfAnEncoderDifferAndFitIntoASequential() {
        TransformerEncoder encoder = new TransformerEncoder(4, 2, SMALL);

        assertThat(numbers(encoder.parameters().get("layers.0.linear1.weight")))
                .isNotEqualTo(numbers(encoder.parameters().get("layers.1.linear1.weight")));
        Tensor x = random(1, 2, 3, 4);
        assertClose(new Sequential(encoder, new Identity()).forward(x), encoder.forward(x));
        assertClose(((TransformerEncoder) encoder.copy()).forward(x), encoder.forward(x));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        Tensor x = Tensor.zeros(3, 1, 4);

        assertThatThrownBy(() -> attention.forward(x, x, Tensor.zeros(2, 1, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "MultiheadAttention(size=4): expected query, key and value of shapes (L, N, 4), (S, N, 4) and (S,"
                                + " N, 4), or all without N; got (3, 1, 4), (3, 1, 4) and (2, 1, 4). Reshape them, or set"
                                + " batchFirst, kdim or vdim.");
        assertThatThrownBy(() -> attention.forward(x, x, x.to(DataType.DOUBLE)))
                .hasMessageContaining("expected query, key and value of dtype float32, like the weights;");
        assertThatThrownBy(
                        () -> attention.forward(x, x, x, MaskOptions.defaults().withMask(Tensor.of(true, false))))
                .hasMessage(
                        "MultiheadAttention(size=4): expected a mask of shape (3, 3) or (2, 3, 3), one for each head of"
                                + " each sample; got (2). Give it a row for each query.");
        assertThatThrownBy(() ->
                        attention.forward(x, x, x, MaskOptions.defaults().withKeyPaddingMask(Tensor.of(true, false))))
                .hasMessage(
                        "MultiheadAttention(size=4): expected a key padding mask of shape (1, 3); got (2). Give it a row"
                                + " for each sample.");
        assertThatThrownBy(() ->
                        attention.forward(x, x, x, MaskOptions.defaults().withMask(Tensor.zeros(DataType.INT64, 3, 3))))
                .hasMessageContaining("expected masks that are boolean or of dtype float32; got int64.");
        assertThatThrownBy(() -> new MultiheadAttention(4, 3))
                .hasMessageStartingWith(
                        "MultiheadAttention: expected a size that is a multiple of the number of heads;");
        assertThatThrownBy(() -> TransformerEncoder.of(List.of()))
                .hasMessage("TransformerEncoder: expected at least one layer; got none. Give some.");
        assertThatThrownBy(() -> SMALL.withFeedForward(0))
                .hasMessageStartingWith("TransformerOptions: expected numbers");
    }
}
