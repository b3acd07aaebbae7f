package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Pieces;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Zero;

class PiecewisePolynomialTest {

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1 / 0.0,
        -1 / 0.0,
        0 / 0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1,
        -1
    };

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("log", (DoubleUnaryOperator) Math::log, Pieces.relative(0x1p-6, 0x1p10), new Zero(1, 0)),
                Arguments.of("exp", (DoubleUnaryOperator) Math::exp, Pieces.wide(-3, 5), new Zero(-1e9, 0)),
                Arguments.of(
                        "sin",
                        (DoubleUnaryOperator) Math::sin,
                        Pieces.wide(0, 3).ofOdd(),
                        new Zero(0, 0)),
                Arguments.of("asin", (DoubleUnaryOperator) Math::asin, Pieces.towardsOne(0x1p-12), new Zero(0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void isAsExactAsTheFunction(String name, DoubleUnaryOperator exact, Pieces pieces, Zero zero) {
        Unary f = new PiecewisePolynomial(exact, pieces, zero).unary();
        double[] x = arguments();
        double[] doubles = new double[x.length];
        float[] floats = new float[x.length];
        float[] narrow = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            floats[i] = (float) x[i];
        }
        f.doubles.run(x, doubles, x.length);
        f.floats.run(floats, narrow, x.length);

        for (int i = 0; i < x.length; i++) {
            check(doubles[i], exact.applyAsDouble(x[i]), 4 * Math.ulp(exact.applyAsDouble(x[i])), x[i]);
            double value = exact.applyAsDouble(floats[i]);
            check(narrow[i], value, 0.51 * Math.ulp((float) value), floats[i]);
            assertThat((Double) f.applyAsDouble(x[i])).isEqualTo((Double) doubles[i]);
        }
    }

    private static void check(double y, double expected, double error, double x) {
        boolean special = expected == 0 || !Double.isFinite(expected);
        if (special ? Double.compare(y, expected) != 0 : !(Math.abs(y - expected) <= error)) {
            assertThat((Double) y).as("f(%s)", x).isEqualTo((Double) expected);
        }
    }

    /** Special numbers, edges of pieces and their neighbors, and numbers of all sizes. */
    private static double[] arguments() {
        Random random = new Random(1);
        double[] edges =
                random.doubles(2000, -6, 6).map(x -> Math.rint(x * 64) / 64).toArray();
        return Stream.of(
                        SPECIAL,
                        edges,
                        Stream.of(edges)
                                .flatMapToDouble(all -> Arrays.stream(all))
                                .map(Math::nextUp)
                                .toArray(),
                        Stream.of(edges)
                                .flatMapToDouble(all -> Arrays.stream(all))
                                .map(Math::nextDown)
                                .toArray(),
                        random.doubles(4000, -6, 6).toArray(),
                        random.doubles(4000, -40, 12).map(e -> Math.pow(2, e)).toArray(),
                        random.doubles(2000, -30, 0)
                                .map(e -> 1 - Math.pow(2, e))
                                .toArray())
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Test
    void resultMayReplaceTheArgument() {
        Unary f = new PiecewisePolynomial(Math::log, Pieces.relative(0.5, 2)).unary();
        double[] x = {-1, 1.5, 100, 0.75};

        f.doubles.run(x, x, 4);

        assertThat(x[0]).isNaN();
        assertThat(x[1]).isCloseTo(Math.log(1.5), within(1e-16));
        assertThat(x[2]).isEqualTo(Math.log(100));
        assertThat(x[3]).isCloseTo(Math.log(0.75), within(1e-16));
    }

    static Stream<Arguments> floats() {
        return Stream.of(
                Arguments.of("erf", ErrorFunctions.ERF),
                Arguments.of("erfc", ErrorFunctions.ERFC),
                Arguments.of("erfinv", ErrorFunctions.ERFINV),
                Arguments.of("asin", Tabulated.ASIN),
                Arguments.of("acos", Tabulated.ACOS),
                Arguments.of("log1p", Tabulated.LOG1P),
                Arguments.of("lgamma", Gammas.LOG_GAMMA),
                Arguments.of("digamma", Gammas.DIGAMMA));
    }

    /** Among every 49,999th float. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("floats")
    void floatsAreDoublesRoundedOnce(String name, Unary f) {
        int count = (int) ((1L << 32) / 49_999);
        float[] x = new float[count];
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = Float.intBitsToFloat(i * 49_999);
        }
        for (int from = 0; from < count; from += 4096) {
            int n = Math.min(4096, count - from);
            float[] part = Arrays.copyOfRange(x, from, from + n);
            f.floats.run(part, part, n);
            System.arraycopy(part, 0, y, from, n);
        }

        for (int i = 0; i < count; i++) {
            double value = f.applyAsDouble(x[i]);
            check(y[i], Math.abs(value) < 1e-46 ? (float) value : value, 0.52 * Math.ulp((float) value), x[i]);
        }
    }
}
