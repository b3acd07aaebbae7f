package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatPowersTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private static float[] power(double k, float... x) {
        float[] y = new float[x.length];
        FloatPowers.power(x, k, 1, y, x.length);
        return y;
    }

    private static void check(double k, float x, float y) {
        double value = Scalars.power(x, k);
        float rounded = (float) value;
        boolean special = rounded == 0 || !Float.isFinite(rounded);
        if (special ? Float.compare(y, rounded) != 0 : !(Math.abs(y - value) <= 0.501 * Math.ulp(rounded))) {
            assertThat((Float) y).as("%s^%s", x, k).isEqualTo((Float) rounded);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, -1.7, 1 / 3.0, 7, -3, 100.5, 1e-5, -1e6})
    void isRoundedAlmostExactly(double k) {
        float[] x = new float[1 << 14];
        for (long bits = 0; bits < 1L << 32; ) {
            for (int i = 0; i < x.length; i++, bits += 1999) {
                x[i] = Float.intBitsToFloat((int) bits);
            }
            float[] y = power(k, x);
            for (int i = 0; i < x.length; i++) {
                check(k, x[i], y[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, -2.5, 5, -5, 6, -6, 1e-300, 1e300, -0.0, 0x1p60})
    void treatsSpecialValuesAsCDoes(double k) {
        float least = Float.MIN_VALUE;
        float[] x = {0f, -0f, INFINITY, -INFINITY, Float.NaN, least, -least, 1, -1, Float.MAX_VALUE, -Float.MAX_VALUE};
        float[] y = power(k, x);

        for (int i = 0; i < x.length; i++) {
            check(k, x[i], y[i]);
        }
    }

    @Test
    void givesTheSameBitsWhereverAnElementStands() {
        float[] x = new float[2500];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 50 == 3 ? 0 : 5 * (float) Math.sin(i);
        }
        float[] whole = power(3.3, x);

        for (int i = 0; i < x.length; i++) {
            assertThat(power(3.3, x[i])).containsExactly(whole[i]);
        }
        FloatPowers.power(x, 3.3, 1, x, x.length);
        assertThat(x).isEqualTo(whole);
        assertThat(power(3.3)).isEmpty();
    }
}
