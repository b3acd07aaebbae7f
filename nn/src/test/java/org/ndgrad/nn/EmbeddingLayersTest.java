package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Embeddings;

class EmbeddingLayersTest {

    private static final Tensor TABLE = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});

    private static EmbeddingBag bag(EmbeddingBagLayerOptions options) {
        EmbeddingBag bag = new EmbeddingBag(3, 2, options);
        Init.replace(bag.weight(), TABLE);
        return bag;
    }

    @Test
    void tablesStartAsInPytorch() {
        Embedding layer = new Embedding(
                200,
                30,
                EmbeddingLayerOptions.defaults()
                        .withDtype(DataType.DOUBLE)
                        .withRng(new Rng(0))
                        .withPaddingIndex(-1));
        Tensor drawn = layer.weight().detach().slice(0, 0, 199);

        assertThat(drawn.mean().item()).isCloseTo(0, within(4 / Math.sqrt(199 * 30)));
        assertThat(drawn.var().item()).isCloseTo(1, within(0.1));
        assertThat(drawn.abs().max().item()).isBetween(3.0, 6.0);
        assertThat(layer.weight().detach().select(0, 199).toDoubleArray()).containsOnly(0);
        assertThat(layer.weight().requiresGrad()).isTrue();
        assertThat(new EmbeddingBag(3, 2, EmbeddingBagLayerOptions.defaults().withPaddingIndex(0))
                        .weight()
                        .detach()
                        .select(0, 0)
                        .toDoubleArray())
                .containsOnly(0);
    }

    @Test
    void looksUpRows() {
        Embedding layer = Embedding.of(TABLE.clone());

        Tensor y = layer.forward(Tensor.of(new long[] {2, 0, 2}));
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(layer.weight().grad().toDoubleArray()).containsExactly(1, 1, 0, 0, 2, 2);
        assertThat(layer.stateDict().keySet()).containsExactly("weight");
    }

    @Test
    void bagsTakeOffsetsAndWeights() {
        EmbeddingBag sum = bag(EmbeddingBagLayerOptions.defaults().withMode(Embeddings.Mode.SUM));
        Tensor index = Tensor.of(0L, 1L, 2L);
        List<Integer> seen = new ArrayList<>();
        sum.registerForwardHook((each, inputs, output) -> {
            seen.add(inputs.size());
            return output;
        });

        assertThat(sum.forward(index, Tensor.of(0L, 1L)).toDoubleArray()).containsExactly(1, 2, 8, 10);
        assertThat(sum.weighted(index, Tensor.of(0L, 1L), Tensor.of(1.0, 2.0, 3.0))
                        .toDoubleArray())
                .containsExactly(1, 2, 21, 26);
        assertThat(sum.forward(index.unsqueeze(0)).toDoubleArray()).containsExactly(9, 12);
        assertThat(sum.weighted(index.unsqueeze(0), Tensor.of(1.0, 0.0, 1.0).unsqueeze(0))
                        .toDoubleArray())
                .containsExactly(6, 8);
        assertThat(bag(EmbeddingBagLayerOptions.defaults().withEndIncluded(true))
                        .forward(index, Tensor.of(0L, 1L, 3L))
                        .toDoubleArray())
                .containsExactly(1, 2, 4, 5);
        assertThat(seen).containsExactly(2, 3, 1, 2);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Embedding layer = new Embedding(3, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensor.of(1.0)))
                .withMessage("Embedding(count=3): expected an integral tensor of row numbers; got float32. Convert with"
                        + " to(DataType.INT64).");
        assertThatThrownBy(() -> layer.forward(Tensor.of(3L))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Embedding(0, 2))
                .withMessage(
                        "Embedding: expected at least one row, of a size of at least 0; got count=0, size=2. Choose"
                                + " larger ones.");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Embedding(3, 2, EmbeddingLayerOptions.defaults().withPaddingIndex(3)))
                .withMessage("Embedding: expected a paddingIndex from -3 to 2; got 3. Choose a row of the table.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Embedding.of(Tensor.ones(3)))
                .withMessage("Embedding: expected a table of shape (count, size); got (3). Reshape it.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bag(EmbeddingBagLayerOptions.defaults()
                        .withMode(Embeddings.Mode.MAX)
                        .withScaleByFrequency(true)))
                .withMessage("EmbeddingBag: expected scaleByFrequency with mode SUM or MEAN; got MAX. Leave it out.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingBag(3, 2).weighted(Tensor.of(0L).unsqueeze(0), Tensor.ones(1, 1)))
                .withMessageContaining("expected weights with mode SUM only");
    }

    @Test
    void printTheirSettings() {
        assertThat(new Embedding(3, 2)).hasToString("Embedding(count=3, size=2)");
        assertThat(new Embedding(
                        3,
                        2,
                        EmbeddingLayerOptions.defaults().withPaddingIndex(0).withMaxNorm(1, 2)))
                .hasToString("Embedding(count=3, size=2, paddingIndex=0, maxNorm=1.0, norm=2.0)");
        assertThat(bag(EmbeddingBagLayerOptions.defaults().withScaleByFrequency(true)))
                .hasToString("EmbeddingBag(count=3, size=2, scaleByFrequency=true, mode=MEAN)");
    }
}
