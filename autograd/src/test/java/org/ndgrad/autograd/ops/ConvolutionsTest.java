package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

class ConvolutionsTest {

    /** Sizes that take several blocks of windows: parts of lines, some lines, all lines. */
    record Sizes(long channels, long outputs, long height, long width, ConvOptions options) {}

    static Stream<Sizes> sizes() {
        ConvOptions plain = ConvOptions.defaults();
        return Stream.of(
                new Sizes(300, 2, 40, 30, plain.withPadding(1)),
                new Sizes(300, 2, 3, 700, plain.withPadding(1)),
                new Sizes(300, 2, 21, 55, plain.withPadding(2).withStride(2, 1).withDilation(1, 2)),
                new Sizes(40, 5, 16, 16, plain.withPadding(1).withDilation(3)),
                new Sizes(3, 4, 5, 4, plain.withPadding(4)),
                new Sizes(3, 4, 1, 9, plain.withSamePadding().withDilation(4, 5)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void conv2dIsAProductWithTheUnfoldedInputAndItsDerivativesAreItsTransposes(Sizes sizes) {
        Tensor x = random(1, 2, sizes.channels, sizes.height, sizes.width).requiresGrad(true);
        Tensor w = random(2, sizes.outputs, sizes.channels, 3, 3).requiresGrad(true);
        Tensor y = Convolutions.conv2d(x, w, sizes.options);
        Tensor g = random(3, y.shape());

        Tensor columns = Convolutions.unfold(x.detach(), new long[] {3, 3}, sizes.options);
        Tensor rows = w.detach().reshape(sizes.outputs, sizes.channels * 9);
        List<Tensor> gradients = Autograd.grad(List.of(y), List.of(x, w), List.of(g));

        double[] expected = rows.matmul(columns).toDoubleArray();
        assertThat(y.detach().toDoubleArray()).containsExactly(expected, within(1e-9));
        double product = y.detach().mul(g).sum().item();
        assertThat(gradients.get(0).mul(x.detach()).sum().item()).isCloseTo(product, within(1e-7));
        assertThat(gradients.get(1).mul(w.detach()).sum().item()).isCloseTo(product, within(1e-7));
    }

    @Test
    void integersAreExactAndWrapAround() {
        Tensor x = Tensor.of(new long[] {1L << 62, 3, -5}).reshape(1, 3);
        Tensor w = Tensor.of(new long[] {2, 1}).reshape(1, 1, 2);

        assertThat(Convolutions.conv1d(x, w).toLongArray()).containsExactly((1L << 63) + 3, 1);
        assertThat(Convolutions.convTranspose1d(x, w).toLongArray()).containsExactly(1L << 63, (1L << 62) + 6, -7, -5);
    }

    @Test
    void anInputWithoutChannelsGivesTheBias() {
        Tensor bias = Tensor.of(1.0, 2.0);
        Tensor weight = Tensor.zeros(DataType.FLOAT, 2, 0, 3);

        Tensor y = Convolutions.conv1d(Tensor.zeros(0, 4), weight, bias.to(DataType.FLOAT), ConvOptions.defaults());

        assertThat(y.toDoubleArray()).containsExactly(1, 1, 2, 2);
        assertThat(Convolutions.conv1d(Tensor.zeros(0, 4), weight).toDoubleArray())
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void anEmptyBatchGivesZeroGradientsOfTheWeights() {
        Tensor w = random(1, 2, 3, 2).requiresGrad(true);
        Tensor b = random(2, 2).requiresGrad(true);
        Tensor y = Convolutions.conv1d(Tensor.zeros(DataType.DOUBLE, 0, 3, 4), w, b, ConvOptions.defaults());

        y.sum().backward();

        assertThat(y.shape()).containsExactly(0, 2, 3);
        assertThat(w.grad().toDoubleArray()).hasSize(12).containsOnly(0);
        assertThat(b.grad().toDoubleArray()).containsExactly(0, 0);
    }

    @Test
    void paddingAddsNothingToInfiniteElements() {
        Tensor x = Tensor.of(new double[] {Double.POSITIVE_INFINITY, 1}).reshape(1, 2);
        Tensor w = Tensor.of(new double[] {1, 2, 1}).reshape(1, 1, 3);

        Tensor y = Convolutions.conv1d(x, w, ConvOptions.defaults().withPadding(1));

        assertThat(y.toDoubleArray()).containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static Tensor random(long seed, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        double[] values = new Random(seed).doubles(count, -1, 1).toArray();
        return Tensor.of(DataType.DOUBLE, values).reshape(shape);
    }
}
