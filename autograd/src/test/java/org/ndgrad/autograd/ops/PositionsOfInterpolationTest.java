package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.InterpolateOptions.Mode;

/** Where interpolation looks is not rounded to float32, which counts only to 2²⁴. */
class PositionsOfInterpolationTest {

    private static final int LONG = (1 << 24) + 5;

    /** Returns 0 … 250 again and again, shape (1, 1, n), which float32 holds and which tells neighbors apart. */
    private static Tensor line(DataType type, long n) {
        return Arithmetic.remainder(Tensor.arange(n), 251).to(type).reshape(1, 1, n);
    }

    private static Tensor interpolated(Tensor x, InterpolateOptions options, Mode mode) {
        return Resampling.interpolate(x, options.withMode(mode));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"NEAREST", "NEAREST_EXACT", "LINEAR"})
    void theSameSizeChangesNothingInALongLine(Mode mode) {
        Tensor x = line(mode == Mode.NEAREST ? DataType.FLOAT : DataType.DOUBLE, LONG);

        Tensor y = interpolated(x, InterpolateOptions.ofSizes(LONG), mode);

        assertThat(y.ne(x).any().toLongArray()).containsExactly(0);
    }

    @Test
    void halfOfALongLineLiesBetweenPairs() {
        Tensor x = line(DataType.DOUBLE, LONG - 1);

        Tensor y = interpolated(x, InterpolateOptions.ofSizes((LONG - 1) / 2), Mode.LINEAR);

        Tensor expected = x.slice(2, 0, LONG, 2).add(x.slice(2, 1, LONG, 2)).div(2);
        assertThat(y.ne(expected).any().toLongArray()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "DOUBLE"})
    void theNearestElementIsThatOfWholeNumbers(DataType type) {
        for (int from = 1; from < 60; from++) {
            for (int to = 1; to < 60; to++) {
                long n = from;
                long m = to;
                Tensor x = Tensor.arange(n).to(type).reshape(1, 1, n);
                InterpolateOptions options = InterpolateOptions.ofSizes(m);

                assertThat(interpolated(x, options, Mode.NEAREST).toLongArray())
                        .isEqualTo(LongStream.range(0, m).map(i -> i * n / m).toArray());
                assertThat(interpolated(x, options, Mode.NEAREST_EXACT).toLongArray())
                        .isEqualTo(LongStream.range(0, m)
                                .map(i -> (2 * i + 1) * n / (2 * m))
                                .toArray());
            }
        }
    }

    @Test
    void factorsFindTheElementsThatTheyRepeat() {
        for (int factor = 1; factor < 50; factor++) {
            int times = factor;
            Tensor x = Tensor.arange(50).to(DataType.DOUBLE).reshape(1, 1, 50);
            long[] expected =
                    LongStream.range(0, 50L * factor).map(i -> i / times).toArray();

            for (Mode mode : Arrays.asList(Mode.NEAREST, Mode.NEAREST_EXACT)) {
                assertThat(interpolated(x, InterpolateOptions.ofFactors(factor), mode)
                                .toLongArray())
                        .isEqualTo(expected);
            }
        }
    }
}
