package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatMathTest {

    /** Between the bit patterns of the sample. */
    private static final int STEP = 1999;

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        INFINITY,
        -INFINITY,
        Float.NaN,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1,
        -1,
        88.72283f,
        88.72284f,
        -87.33655f,
        -103.97208f,
        -103.97209f,
        12_000f,
        -12_000.001f,
        7008.971f,
        1e30f,
        -1e30f
    };

    private interface Stretches {
        void apply(float[] x, int xi, float[] y, int yi, int n);
    }

    private record Function(String name, Stretches fast, DoubleUnaryOperator exact, double ulps) {

        @Override
        public String toString() {
            return name;
        }

        float[] of(float... x) {
            float[] y = new float[x.length];
            fast.apply(x, 0, y, 0, x.length);
            return y;
        }

        /** Asserts that y is close to f(x), and the same if that is 0, infinite or NaN. */
        void check(float x, float y) {
            double value = exact.applyAsDouble(x);
            float rounded = (float) value;
            boolean special = value == 0 || !Float.isFinite(rounded);
            if (special ? Float.compare(y, rounded) != 0 : !(Math.abs(y - value) <= ulps * Math.ulp(rounded))) {
                assertThat((Float) y).as("%s(%s)", this, x).isEqualTo((Float) rounded);
            }
        }
    }

    private static final Function TANH = new Function("tanh", FloatMath::tanh, Math::tanh, 2.5);

    private static final Function SIN = new Function("sin", FloatTrigonometry::sin, Math::sin, 2.2);

    static Stream<Function> functions() {
        return Stream.of(
                new Function("exp", FloatMath::exp, Math::exp, 1.5),
                new Function("log", FloatMath::log, Math::log, 0.9),
                new Function("sigmoid", FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), 2.5),
                TANH,
                SIN,
                new Function("cos", FloatTrigonometry::cos, Math::cos, 2.2));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isExactToUnitsInTheLastPlace(Function f) {
        float[] x = new float[1 << 14];
        for (long bits = 0; bits < 1L << 32; ) {
            for (int i = 0; i < x.length; i++, bits += STEP) {
                x[i] = Float.intBitsToFloat((int) bits);
            }
            float[] y = f.of(x);
            for (int i = 0; i < x.length; i++) {
                f.check(x[i], y[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void treatsSpecialValuesAsMathDoes(Function f) {
        float[] y = f.of(SPECIAL);

        for (int i = 0; i < y.length; i++) {
            f.check(SPECIAL[i], y[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void givesTheSameBitsWhereverAnElementStands(Function f) {
        float[] x = new float[2 * FloatMathScratch.BLOCK + 100];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 50 == 3 ? SPECIAL[i / 50 % SPECIAL.length] : 5 * (float) Math.sin(i);
        }
        float[] whole = f.of(x);

        float[] single = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            f.fast.apply(x, i, single, i, 1);
        }
        assertThat(single).isEqualTo(whole);

        float[] shifted = new float[x.length + 7];
        f.fast.apply(x, 5, shifted, 12, x.length - 5);
        assertThat(Arrays.copyOfRange(shifted, 12, shifted.length))
                .isEqualTo(Arrays.copyOfRange(whole, 5, whole.length));
        assertThat(shifted).startsWith(new float[12]);

        f.fast.apply(x, 0, x, 0, x.length);
        assertThat(x).isEqualTo(whole);
    }

    @Test
    void tanhIsOddAndAtMostOne() {
        for (int bits = 0; bits < 0x7f800000; bits += 10 * STEP) {
            float x = Float.intBitsToFloat(bits);
            float[] y = TANH.of(x, -x);

            assertThat(y[1]).isEqualTo(-y[0]);
            assertThat(y[0]).isBetween(0f, 1f);
        }
    }

    @Test
    void sinIsOddAndAtMostOne() {
        for (int bits = 0; bits < 0x7f800000; bits += 10 * STEP) {
            float x = Float.intBitsToFloat(bits);
            float[] y = SIN.of(x, -x);

            assertThat(y[1]).isEqualTo(-y[0]);
            assertThat(y[0]).isBetween(-1f, 1f);
        }
    }

    @Test
    void nothingIsDoneForNoElements() {
        float[] y = {7};

        FloatMath.exp(new float[0], 0, y, 0, 0);

        assertThat(y).containsExactly(7);
    }
}
