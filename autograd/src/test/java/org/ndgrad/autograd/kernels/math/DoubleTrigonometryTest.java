package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubleTrigonometryTest {

    /** Beyond this, arguments are left to {@link Math}, which is within a unit in the last place. */
    private static final int MOST = 8192;

    @Test
    void digitsAreRightBesideMultiplesOfHalfPi() {
        double[] x = IntStream.rangeClosed(-MOST, MOST)
                .mapToDouble(k -> k * (Math.PI / 2))
                .flatMap(at -> IntStream.rangeClosed(-2, 2).mapToDouble(i -> at + i * Math.ulp(at)))
                .toArray();

        check(Unary.SIN, Math::sin, x);
        check(Unary.COS, Math::cos, x);
    }

    @Test
    void digitsAreRightWhereAnotherWayBegins() {
        double[] x = IntStream.range(-200, 200)
                .mapToDouble(i -> MOST + i * Math.ulp(8191.0))
                .toArray();

        check(Unary.SIN, Math::sin, x);
        check(Unary.COS, Math::cos, x);
    }

    @Test
    void isOddAndEven() {
        double[] x = IntStream.range(0, 10_000).mapToDouble(i -> 0.001 * i * i).toArray();
        double[] minus = IntStream.range(0, x.length).mapToDouble(i -> -x[i]).toArray();

        double[] sines = values(Unary.SIN, x);
        assertThat(values(Unary.SIN, minus))
                .containsExactly(
                        IntStream.range(0, x.length).mapToDouble(i -> -sines[i]).toArray());
        assertThat(values(Unary.COS, minus)).containsExactly(values(Unary.COS, x));
    }

    private static void check(Unary function, DoubleUnaryOperator exact, double[] x) {
        double[] y = values(function, x);
        for (int i = 0; i < x.length; i++) {
            double expected = exact.applyAsDouble(x[i]);
            assertThat(y[i]).as("of %s", x[i]).isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
    }

    private static double[] values(Unary function, double[] x) {
        double[] y = new double[x.length];
        for (int begin = 0; begin < x.length; begin += Scratch.LARGEST) {
            int n = Math.min(Scratch.LARGEST, x.length - begin);
            double[] block = new double[Scratch.LARGEST];
            System.arraycopy(x, begin, block, 0, n);
            function.doubles.run(block, block, n);
            System.arraycopy(block, 0, y, begin, n);
        }
        return y;
    }
}
