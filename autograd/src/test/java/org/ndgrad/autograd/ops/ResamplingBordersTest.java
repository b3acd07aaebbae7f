package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.InterpolateOptions.Mode;

/** Elements that do not count, by a weight of 0 or since they are not there, may be infinite or NaN. */
class ResamplingBordersTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"LINEAR", "BICUBIC"})
    void anImageOfTheSameSizeStaysAsItIs(Mode mode) {
        double[] values = {INF, 1, NAN, 2, -INF, 3};
        Tensor x = Tensor.of(DataType.DOUBLE, values).reshape(1, 1, 2, 3);

        Tensor y = Resampling.interpolate(x, InterpolateOptions.ofSizes(2, 3).withMode(mode));

        assertThat(y.toDoubleArray()).containsExactly(values);
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, 1", "BICUBIC, 2"})
    void alignedCornersFindTheElementsBetween(Mode mode, int ndim) {
        double[] values = {1, INF, 2, NAN};
        Tensor x =
                Tensor.of(DataType.DOUBLE, values).reshape(ndim == 1 ? new long[] {1, 1, 4} : new long[] {1, 1, 1, 4});
        InterpolateOptions twice = ndim == 1 ? InterpolateOptions.ofSizes(7) : InterpolateOptions.ofSizes(1, 7);

        double[] y = Resampling.interpolate(x, twice.withMode(mode).withAlignCorners(true))
                .toDoubleArray();

        assertThat(new double[] {y[0], y[2], y[4], y[6]}).containsExactly(values);
    }

    @ParameterizedTest
    @EnumSource(GridSampleOptions.Padding.class)
    void theCornerOfAGridIsTheElementThere(GridSampleOptions.Padding padding) {
        Tensor x = Tensor.of(DataType.DOUBLE, NAN, INF, -INF, 4).reshape(1, 1, 2, 2);
        Tensor grid = Tensor.of(DataType.DOUBLE, 1, 1).reshape(1, 1, 1, 2);

        Tensor y = Resampling.gridSample(
                x, grid, GridSampleOptions.defaults().withPadding(padding).withAlignCorners(true));

        assertThat(y.item()).isEqualTo(4);
    }
}
