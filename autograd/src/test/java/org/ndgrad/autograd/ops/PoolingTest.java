package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Values and indices at the edges, as PyTorch 2.13 gives them. */
class PoolingTest {

    private static final double NAN = Double.NaN;
    private static final double LOW = Double.NEGATIVE_INFINITY;

    @Test
    void nanWinsAndTheLastOfThemIsNamed() {
        ValuesAndIndices largest = Pooling.maxPool2dWithIndices(image(1, NAN, NAN, 3), PoolOptions.of(2));

        assertThat(largest.values().toDoubleArray()).containsExactly(NAN);
        assertThat(largest.indices().toLongArray()).containsExactly(2);
    }

    @Test
    void theFirstOfEqualsIsNamed() {
        ValuesAndIndices largest = Pooling.maxPool2dWithIndices(image(1, 2, 2, 2), PoolOptions.of(2));

        assertThat(largest.indices().toLongArray()).containsExactly(1);
    }

    @Test
    void paddingDoesNotWinAgainstMinusInfinity() {
        PoolOptions padded = PoolOptions.of(2).withPadding(1);

        ValuesAndIndices largest = Pooling.maxPool2dWithIndices(image(LOW, LOW, LOW, LOW), padded);

        assertThat(largest.values().toDoubleArray()).containsExactly(LOW, LOW, LOW, LOW);
        assertThat(largest.indices().toLongArray()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void largeIntegersAreToldApart() {
        Tensor x = Tensor.of(new long[] {1L << 60, (1L << 60) + 1, 5, 7}).reshape(1, 4);

        assertThat(Pooling.maxPool1d(x, 2).toLongArray()).containsExactly((1L << 60) + 1, 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 1 << 30, Integer.MAX_VALUE})
    void aWindowOfOneElementMayBeDilatedAtWill(int dilation) {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 1, 2, 5, 5);
        PoolOptions options = PoolOptions.of(1).withDilation(dilation);

        ValuesAndIndices pooled = Pooling.maxPool2dWithIndices(x, options);

        assertThat(pooled.values().toDoubleArray()).containsExactly(x.toDoubleArray());
        assertThat(pooled.indices().get(0, 1).toLongArray())
                .containsExactly(LongStream.range(0, 25).toArray());
    }

    @Test
    void averagesOfIntegersAreTruncated() {
        Tensor x = Tensor.of(new long[] {-5, -6, 5, 6}).reshape(1, 4);

        assertThat(Pooling.avgPool1d(x, 2).toLongArray()).containsExactly(-5, 5);
    }

    @Test
    void adaptiveWindowsOverlapWhereTheyDoNotDivide() {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[] {1, 2, 3, 4, 5}).reshape(1, 5);

        assertThat(Pooling.adaptiveAvgPool1d(x, 3).toDoubleArray()).containsExactly(1.5, 3, 4.5);
        assertThat(Pooling.adaptiveAvgPool1d(x, 0).shape()).containsExactly(1, 0);
        assertThat(Pooling.adaptiveMaxPool1dWithIndices(x, 2).indices().toLongArray())
                .containsExactly(2, 4);
    }

    private static Tensor image(double... values) {
        return Tensor.of(DataType.DOUBLE, values).reshape(1, 2, 2);
    }
}
