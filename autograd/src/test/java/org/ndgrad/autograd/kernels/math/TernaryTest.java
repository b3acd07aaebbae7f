package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.kernels.fused.SquaredError;

class TernaryTest {

    private static final int COUNT = 100_800;

    private static final float[] SPECIAL = {
        0,
        -0f,
        1,
        -1,
        0.5f,
        Math.nextDown(0.5f),
        -0.5f,
        2,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private final Random random = new Random(3);

    static Stream<Map.Entry<String, Ternary>> functions() {
        return Map.of(
                "clamp", Ternary.CLAMP,
                "lerp", Ternary.LERP,
                "product", Ternary.PRODUCT,
                "ratio", Ternary.RATIO,
                "per squares", Ternary.PER_SQUARES,
                "add product", Ternary.addProduct(0.1f),
                "add ratio", Ternary.addRatio(-0x1p-149),
                "slope", SquaredError.SLOPE)
                .entrySet()
                .stream();
    }

    /** Returns special numbers, random bits, and numbers between −2 and 2. */
    private float[] numbers() {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = switch (random.nextInt(3)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> Float.intBitsToFloat(random.nextInt());
                default -> 4 * random.nextFloat() - 2;
            };
        }
        return numbers;
    }

    private static double[] wide(float[] x) {
        double[] wide = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            wide[i] = x[i];
        }
        return wide;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void floatsAreThoseOfDoublesRoundedOnce(Map.Entry<String, Ternary> function) {
        float[] x = numbers();
        float[] y = numbers();
        float[] z = numbers();
        float[] ofFloats = new float[COUNT];
        double[] ofDoubles = new double[COUNT];
        function.getValue().floats().run(x, y, z, ofFloats, COUNT);
        function.getValue().doubles().run(wide(x), wide(y), wide(z), ofDoubles, COUNT);

        for (int i = 0; i < COUNT; i++) {
            assertThat(ofFloats[i])
                    .as("%s of %s, %s, %s", function.getKey(), x[i], y[i], z[i])
                    .isEqualTo(Float.valueOf((float) ofDoubles[i]));
        }
    }

    @Test
    void lerpByANumberIsTheOneByManyOfIt() {
        float[] x = numbers();
        float[] y = numbers();
        for (float weight : new float[] {0, 0.25f, 0.5f, 1, -1, 2}) {
            float[] weights = new float[COUNT];
            Arrays.fill(weights, weight);
            float[] byMany = new float[COUNT];
            float[] byOne = new float[COUNT];
            double[] ofDoubles = new double[COUNT];
            Ternary.LERP.floats().run(x, y, weights, byMany, COUNT);
            Binary.lerp(weight).floats.run(x, y, byOne, COUNT);
            Binary.lerp(weight).doubles.run(wide(x), wide(y), ofDoubles, COUNT);

            assertThat(byOne).isEqualTo(byMany);
            for (int i = 0; i < COUNT; i++) {
                assertThat(byOne[i]).isEqualTo(Float.valueOf((float) ofDoubles[i]));
            }
        }
    }
}
