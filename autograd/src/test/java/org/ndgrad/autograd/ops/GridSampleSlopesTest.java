package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** Gradients by the grid are those of the differences of elements, however large what these have in common is. */
class GridSampleSlopesTest {

    static Stream<Arguments> samples() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(GridSampleOptions.Mode.values())
                        .flatMap(mode -> Stream.of(new long[] {3, 4}, new long[] {2, 3, 4})
                                .filter(sizes -> sizes.length == 2 || mode != GridSampleOptions.Mode.BICUBIC)
                                .map(sizes -> Arguments.of(type, mode, sizes))));
    }

    private static GridSampleOptions options(GridSampleOptions.Mode mode) {
        return GridSampleOptions.defaults().withMode(mode).withPadding(GridSampleOptions.Padding.BORDER);
    }

    private static Tensor image(DataType type, Random random, long... sizes) {
        long[] shape = new long[sizes.length + 2];
        shape[0] = 2;
        shape[1] = 3;
        System.arraycopy(sizes, 0, shape, 2, sizes.length);
        return Tensor.rand(type, random, shape).mul(8).round();
    }

    private static Tensor grid(DataType type, Random random, int dims) {
        long[] shape = new long[dims + 2];
        Arrays.fill(shape, 2);
        shape[dims + 1] = dims;
        return Tensor.rand(type, random, shape).sub(0.5).requiresGrad(true);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("samples")
    void aSummandOfTheImageDoesNotCount(DataType type, GridSampleOptions.Mode mode, long[] sizes) {
        Random random = new Random(3);
        Tensor image = image(type, random, sizes);
        Tensor grid = grid(type, random, sizes.length);
        Tensor shifted = image.add(type == DataType.FLOAT ? 0x1p20 : 0x1p48);
        double tolerance = type == DataType.FLOAT ? 1e-5 : 1e-13;

        Tensor expected = slopes(image, grid, mode);
        Tensor actual = slopes(shifted, grid, mode);

        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(tolerance));
        if (mode != GridSampleOptions.Mode.NEAREST) {
            assertThat(expected.abs().sum().item()).isPositive();
            Tensor second = Autograd.grad(actual.square().sum(), grid);
            assertThat(second.toDoubleArray())
                    .containsExactly(
                            Autograd.grad(expected.square().sum(), grid).toDoubleArray(), within(1000 * tolerance));
        }
    }

    private static Tensor slopes(Tensor image, Tensor grid, GridSampleOptions.Mode mode) {
        Tensor y = Resampling.gridSample(image, grid, options(mode)).mul(0.1);
        return Autograd.grad(y.sum(), grid, Backward.CREATE_GRAPH);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("samples")
    void constantsHaveNone(DataType type, GridSampleOptions.Mode mode, long[] sizes) {
        Random random = new Random(4);
        Tensor grid = grid(type, random, sizes.length);
        double most = type == DataType.FLOAT ? 1e38 : 1e307;
        Tensor image = Tensor.onesLike(image(type, random, sizes)).mul(most);

        Tensor y = Resampling.gridSample(image, grid, options(mode));

        assertThat(Autograd.grad(y.mul(10).sum(), grid).toDoubleArray()).containsOnly(0);
    }
}
