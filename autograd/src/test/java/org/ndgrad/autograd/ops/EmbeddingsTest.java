package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;

/** What lookups and combinations do beyond their formula. The numbers are PyTorch's. */
class EmbeddingsTest {

    private static final EmbeddingOptions PLAIN = EmbeddingOptions.defaults();

    private static Tensor table() {
        return Tensor.of(DataType.DOUBLE, new double[][] {{0, 1}, {2, 3}, {4, 5}})
                .requiresGrad(true);
    }

    @Test
    void noGradientFlowsToThePaddingRow() {
        Tensor table = table();

        Tensor y = Embeddings.embedding(Tensor.of(0, 2, 2), table, PLAIN.withPaddingIndex(-1));
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(0, 1, 4, 5, 4, 5);
        assertThat(table.grad().toDoubleArray()).containsExactly(1, 1, 0, 0, 0, 0);
    }

    @Test
    void gradientsMayBeDividedByFrequency() {
        Tensor table = table();

        Embeddings.embedding(Tensor.of(1, 1, 2), table, PLAIN.withScaleByFrequency(true))
                .sum()
                .backward();

        assertThat(table.grad().toDoubleArray()).containsExactly(0, 0, 1, 1, 1, 1);
    }

    @Test
    void longRowsAreShrunkInPlaceWhereTheyAreRead() {
        Tensor table = Tensor.of(DataType.DOUBLE, new double[][] {{0, 1}, {3, 4}, {6, 8}})
                .requiresGrad(true);

        Tensor y = Embeddings.embedding(Tensor.of(1, 0, 1), table, PLAIN.withMaxNorm(2.5, 2));

        assertThat(y.toDoubleArray()[0]).isBetween(1.4999999, 1.5);
        assertThat(table.toDoubleArray()[3]).isBetween(1.9999999, 2.0);
        assertThat(table.detach().get(0).toDoubleArray()).containsExactly(0, 1);
        assertThat(table.detach().get(2).toDoubleArray()).containsExactly(6, 8);
    }

    @Test
    void paddingAndEmptyBagsCountForNothing() {
        EmbeddingBagOptions options = EmbeddingBagOptions.defaults()
                .withOffsets(Tensor.of(0, 2, 2, 4))
                .withRows(PLAIN.withPaddingIndex(1));
        Tensor index = Tensor.of(0, 1, 1, 1, 2, 0);

        for (Embeddings.Mode mode : Embeddings.Mode.values()) {
            Tensor y = Embeddings.embeddingBag(index, table(), options.withMode(mode));
            double last = mode == Embeddings.Mode.MEAN ? 2 : 4;
            assertThat(y.toDoubleArray())
                    .containsExactly(0, 1, 0, 0, 0, 0, last, mode == Embeddings.Mode.SUM ? 6 : last + 1);
        }
    }

    @Test
    void theFirstOfEqualRowsGetsTheGradientOfTheMaximum() {
        Tensor table = Tensor.zeros(3, 1).requiresGrad(true);

        Embeddings.embeddingBag(
                        Tensor.of(2, 1).reshape(1, 2),
                        table,
                        EmbeddingBagOptions.defaults().withMode(Embeddings.Mode.MAX))
                .sum()
                .backward();

        assertThat(table.grad().toDoubleArray()).containsExactly(0, 0, 1);
    }

    @Test
    void equalExtremesShareTheGradientOnlyWithThoseThatTakePart() {
        Tensor x = Tensor.of(3.0).reshape(1).requiresGrad(true);
        Tensor source = Tensor.of(3.0, 3.0, 1.0).requiresGrad(true);
        Tensor index = Tensor.of(0, 0, 0);

        Scattering.scatterReduce(x, 0, index, source, Reduce.AMAX, Scattering.Own.EXCLUDED)
                .backward();
        assertThat(source.grad().toDoubleArray()).containsExactly(0.5, 0.5, 0);
        assertThat(x.grad().toDoubleArray()).containsExactly(0);

        source.zeroGrad();
        Scattering.scatterReduce(x, 0, index, source, Reduce.AMAX).backward();
        assertThat(source.grad().toDoubleArray()).containsExactly(1 / 3f, 1 / 3f, 0);
    }

    @Test
    void wholeNumbersAreReducedWithoutRounding() {
        Tensor x = Tensor.of(0, 1, 2);
        Tensor index = Tensor.of(0, 0);
        Tensor source = Tensor.of(-3, -4);

        assertThat(Scattering.scatterReduce(x, 0, index, source, Reduce.MEAN).toLongArray())
                .containsExactly(-3, 1, 2);
        assertThat(Scattering.scatterReduce(x, 0, index, source, Reduce.MEAN, Scattering.Own.EXCLUDED)
                        .toLongArray())
                .containsExactly(-4, 1, 2);
        assertThat(Scattering.scatterReduce(x, 0, index, source, Reduce.AMIN).toLongArray())
                .containsExactly(-4, 1, 2);
        assertThat(Scattering.scatterReduce(x, 0, index, source, Reduce.PROD, Scattering.Own.EXCLUDED)
                        .toLongArray())
                .containsExactly(12, 1, 2);
    }
}
