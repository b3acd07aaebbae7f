package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops of their own against the function of one number, where they must agree to the last bit. */
class UnaryTest {

    private static final double[] NUMBERS = DoubleStream.concat(
                    DoubleStream.of(
                            0,
                            -0.0,
                            0.25,
                            -0.25,
                            0.5,
                            -0.5,
                            1.5,
                            -1.5,
                            2.5,
                            3,
                            -3,
                            0x1p22 + 0.5,
                            0x1p23 + 1,
                            0x1p30,
                            -0x1p30,
                            1e300,
                            -1e300,
                            1 / 0.0,
                            -1 / 0.0,
                            0 / 0.0,
                            Double.MIN_VALUE,
                            -1e-40),
                    new Random(1).doubles(300, -4, 4))
            .toArray();

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("floor", Unary.FLOOR),
                Arguments.of("ceil", Unary.CEIL),
                Arguments.of("round", Unary.ROUND),
                Arguments.of("trunc", Unary.TRUNC),
                Arguments.of("above", PiecewiseActivations.keep(Interval.above(0.5), 7)),
                Arguments.of("open", PiecewiseActivations.keep(Interval.open(-1.5, 1.5), -0.0)),
                Arguments.of(
                        "not closed",
                        PiecewiseActivations.keep(Interval.closed(-0.5, 0.5).not(), 0)),
                Arguments.of(
                        "or NaN", PiecewiseActivations.keep(Interval.atMost(2.5).orNan(), 1)),
                Arguments.of(
                        "no NaN",
                        PiecewiseActivations.keep(Interval.below(0).orNan().not(), 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void loopsAgreeWithTheFunction(String name, Unary f) {
        int n = NUMBERS.length;
        double[] doubles = NUMBERS.clone();
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) NUMBERS[i];
        }
        float[] x = floats.clone();

        f.doubles.run(doubles, doubles, n);
        f.floats.run(floats, floats, n);

        for (int i = 0; i < n; i++) {
            assertThat((Double) doubles[i]).as("f(%s)", NUMBERS[i]).isEqualTo((Double) f.applyAsDouble(NUMBERS[i]));
            assertThat((Float) floats[i]).as("f(%s)", x[i]).isEqualTo((Float) (float) f.applyAsDouble(x[i]));
        }
    }
}
