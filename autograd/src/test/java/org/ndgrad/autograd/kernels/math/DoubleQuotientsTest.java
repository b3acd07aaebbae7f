package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remainders and quotients in loops have the bits of those one by one. */
class DoubleQuotientsTest {

    private static final int COUNT = 20_000;
    private static final double[] SPECIAL = {
        0, -0.0, 1, -1, 0.1, 3, -3, 1e300, Double.MIN_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN
    };

    private static double next(SplittableRandom random, int kind) {
        return switch (kind) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(-50, 50);
            case 2 -> random.nextInt(-50, 50) * 0.1;
            case 3 -> random.nextDouble(-1e9, 1e9);
            default -> SPECIAL[random.nextInt(SPECIAL.length)];
        };
    }

    private static void assertSameBits(double[] x, double[] y, double[] z, Binary f, DoubleUnaryOperator held) {
        for (int i = 0; i < COUNT; i++) {
            double expected = held.applyAsDouble(f.applyAsDouble(x[i], y[i]));
            assertThat(Double.doubleToLongBits(z[i]))
                    .as("%s, not %s, of %s and %s", z[i], expected, x[i], y[i])
                    .isEqualTo(Double.doubleToLongBits(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void loopsHaveTheBitsOfSingleNumbers(int kind) {
        SplittableRandom random = new SplittableRandom(kind);
        double[] x = random.ints(COUNT, 0, 5)
                .mapToDouble(i -> next(random, kind == 4 ? i : kind))
                .toArray();
        double[] y = random.ints(COUNT, 0, 5)
                .mapToDouble(i -> next(random, kind == 4 ? i : kind))
                .toArray();
        float[] floatX = new float[COUNT];
        float[] floatY = new float[COUNT];
        double[] heldX = new double[COUNT];
        double[] heldY = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            floatX[i] = (float) x[i];
            floatY[i] = (float) y[i];
            heldX[i] = floatX[i];
            heldY[i] = floatY[i];
        }
        for (Binary f : new Binary[] {Binary.REMAINDER_TRUNCATED, Binary.REMAINDER_FLOORED, Binary.FLOOR_DIVIDE}) {
            double[] z = new double[COUNT];
            f.doubles.run(x, y, z, COUNT);
            assertSameBits(x, y, z, f, v -> v);

            float[] floats = new float[COUNT];
            f.floats.run(floatX, floatY, floats, COUNT);
            for (int i = 0; i < COUNT; i++) {
                z[i] = floats[i];
            }
            assertSameBits(heldX, heldY, z, f, v -> (float) v);
        }
    }
}
