package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Images near the end of the range are resampled to what fits, though sums on the way may not. */
class InterpolationRangeTest {

    static Stream<Arguments> modes() {
        return Stream.of(
                        InterpolateOptions.Mode.LINEAR,
                        InterpolateOptions.Mode.BICUBIC,
                        InterpolateOptions.Mode.ANTIALIASED_LINEAR,
                        InterpolateOptions.Mode.ANTIALIASED_BICUBIC,
                        InterpolateOptions.Mode.LANCZOS,
                        InterpolateOptions.Mode.AREA)
                .flatMap(mode -> Stream.of(
                        Arguments.of(mode, DataType.FLOAT, 3.3e38), Arguments.of(mode, DataType.DOUBLE, 1.79e308)));
    }

    private static Tensor interpolate(Tensor x, InterpolateOptions.Mode mode) {
        return Resampling.interpolate(x, new long[] {7, 9}, mode);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("modes")
    void constantsStay(InterpolateOptions.Mode mode, DataType type, double large) {
        Tensor x = Tensor.full(type, large, 1, 1, 4, 5).requiresGrad(true);

        Tensor y = interpolate(x, mode);
        y.sum().backward();

        double[] ones = new double[63];
        Arrays.fill(ones, 1);
        assertThat(y.div(large).toDoubleArray()).containsExactly(ones, within(1e-6));
        Tensor one = Tensor.ones(type, 1, 1, 4, 5).requiresGrad(true);
        interpolate(one, mode).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(one.grad().toDoubleArray(), within(1e-6));
    }

    /** What does not fit is infinite, and the rest is as for small numbers. */
    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("modes")
    void alternatingNumbersScale(InterpolateOptions.Mode mode, DataType type, double large) {
        Tensor signs = Tensor.of(type, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1)
                .reshape(1, 1, 4, 5);
        double most = type == DataType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;

        double[] small = interpolate(signs, mode).toDoubleArray();
        double[] y = interpolate(signs.mul(large), mode).toDoubleArray();

        for (int i = 0; i < y.length; i++) {
            if (Math.abs(small[i]) > most / large * (1 + 1e-6)) {
                assertThat(y[i]).isEqualTo(Math.copySign(Double.POSITIVE_INFINITY, small[i]));
            } else if (Math.abs(small[i]) < most / large * (1 - 1e-6)) {
                assertThat(y[i] / large).isCloseTo(small[i], within(1e-6));
            }
        }
    }
}
