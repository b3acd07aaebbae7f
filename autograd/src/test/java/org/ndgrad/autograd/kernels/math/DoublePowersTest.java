package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Powers and lengths in loops are those of single numbers, beside whatever they stand. */
class DoublePowersTest {

    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        Math.nextDown(1),
        Math.nextUp(1),
        0.5,
        2,
        -3,
        Math.sqrt(0.5),
        1.5,
        709.8,
        -745.2,
        1e-300,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    private static void assertClose(Binary f, DoubleBinaryOperator known) {
        int count = NUMBERS.length * NUMBERS.length;
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = NUMBERS[i % NUMBERS.length];
            y[i] = NUMBERS[i / NUMBERS.length];
        }
        double[] z = new double[count];
        f.doubles.run(x, y, z, count);
        for (int i = 0; i < count; i++) {
            double expected = known.applyAsDouble(x[i], y[i]);
            boolean same = Double.doubleToLongBits(z[i]) == Double.doubleToLongBits(expected);
            assertThat(same || Math.abs(z[i] - expected) <= 2 * Math.ulp(expected))
                    .as("%s, not %s, of %s and %s", z[i], expected, x[i], y[i])
                    .isTrue();
            assertThat(Double.valueOf(f.applyAsDouble(x[i], y[i])))
                    .as("one of %s and %s", x[i], y[i])
                    .isEqualTo(Double.valueOf(z[i]));
        }
    }

    @Test
    void powersAreThoseOfC() {
        assertClose(Binary.POWER, Scalars::power);
    }

    @Test
    void lengthsNeverOverflowOnTheWay() {
        assertClose(Binary.HYPOT, Math::hypot);
    }
}
