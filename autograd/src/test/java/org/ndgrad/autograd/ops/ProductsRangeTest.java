package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/**
 * Sums of a number and a product, differences of products, and slopes of quotients, are right where they fit, though
 * products may not.
 */
class ProductsRangeTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    /** Each takes another way through the loops: single numbers, small arrays on the heap, blocks of native memory. */
    private static final int[] SIZES = {1, 5, 40, 5000};

    private static Tensor filled(int size, double value) {
        return Tensor.full(DOUBLE, value, size);
    }

    private static void assertAll(Tensor actual, double expected) {
        assertThat(actual.toDoubleArray()).containsOnly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.7e308, -1.7e308, 2, -1.7e308",
        "-1.5e308, 1e308, 3, 1.5e308",
        "-1.5e308, 1.5e308, 2, 1.5e308",
        "Infinity, -1.7e308, 2, Infinity",
        "-Infinity, 1e200, 1e200, -Infinity",
        "1e308, 1e308, 2, Infinity",
        "-1e308, 1e308, -2, -Infinity",
        "Infinity, -Infinity, 2, NaN",
        "1, Infinity, 0, NaN",
        "NaN, 1e308, 2, NaN",
        "Infinity, 1, NaN, NaN",
        "-Infinity, 1, Infinity, NaN",
        "3, 4, 5, 23"
    })
    void addedProductsComeBackFromBeyondTheRange(double x, double a, double factor, double exact) {
        for (int size : SIZES) {
            Tensor base = filled(size, x);
            Tensor other = filled(size, a);
            Tensor last = filled(size, factor);

            assertAll(base.add(other, factor), exact);
            assertAll(base.sub(other, -factor), exact);
            assertAll(filled(size, x).add_(other, factor), exact);
            assertAll(Arithmetic.addcmul(base, other, last, 1), exact);
            assertAll(Arithmetic.addcmul(base, last, other, 1), exact);
            assertAll(Arithmetic.addcmul(base, other, last.mul(4), 0.25), exact);
            assertAll(Arithmetic.addcmul(base, filled(size, 1), other, factor), exact);
            if (factor != 0) {
                assertAll(Arithmetic.addcdiv(base, other, filled(size, 1 / factor), 1), exact);
                assertAll(Arithmetic.addcdiv(base, other, filled(size, 1), factor), exact);
            }
        }
    }

    /** What needs another look does not change its neighbors, in place and through views. */
    @Test
    void onlyWhatDoesNotFitIsComputedAnew() {
        for (int size : new int[] {40, 5000}) {
            Tensor x = Tensor.randn(DOUBLE, new Random(1), size, 2).t();
            Tensor y = Tensor.randn(DOUBLE, new Random(2), 2, size);
            double[] expected = x.add(y.mul(4)).toDoubleArray();
            expected[7] = -1.2e308;
            expected[size + 3] = INF;
            Tensor base = x.clone();
            base.set(1.6e308, 0, 7);
            y.set(-0.7e308, 0, 7);
            base.set(1, 1, 3);
            y.set(1e308, 1, 3);

            assertThat(base.add(y, 4).toDoubleArray()).containsExactly(expected, within(1e292));
            assertThat(base.add(y, 4).slice(1, 8, size).toDoubleArray())
                    .containsExactly(x.add(y, 4).slice(1, 8, size).toDoubleArray());
            assertThat(base.clone().add_(y, 4).toDoubleArray())
                    .containsExactly(base.add(y, 4).toDoubleArray());
            assertThat(base.t().clone().t().add_(y, 4).toDoubleArray())
                    .containsExactly(base.add(y, 4).toDoubleArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "DOUBLE"})
    void slopesOfQuotientsFitWhereTheyDo(DataType type) {
        double limit = type == FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
        int reach = type == FLOAT ? 37 : 307;
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            double[] numbers = random.doubles(4, -reach, reach)
                    .map(e -> Math.pow(10, e) * (random.nextBoolean() ? 1 : -1))
                    .map(v -> type == FLOAT ? (float) v : v)
                    .toArray();
            int size = SIZES[i % SIZES.length];
            Tensor g = Tensor.full(type, numbers[0], size);
            Tensor a = Tensor.full(type, numbers[1], size);
            Tensor b = Tensor.full(type, numbers[2], size).requiresGrad(true);
            double product = exact(numbers[0], numbers[1], numbers[2], 1);
            double scaled = exact(numbers[0], numbers[1], numbers[2], numbers[3]);

            assertSlope(slope(a.div(b), b, g), product, limit);
            assertSlope(slope(Arithmetic.addcdiv(Tensor.zeros(type, 1), a, b, numbers[3]), b, g), scaled, limit);
        }
    }

    private static Tensor slope(Tensor y, Tensor x, Tensor g) {
        return Autograd.grad(List.of(y), List.of(x), List.of(g)).get(0);
    }

    private static double exact(double g, double a, double b, double value) {
        BigDecimal divisor = new BigDecimal(b);
        return new BigDecimal(g)
                .multiply(new BigDecimal(a))
                .multiply(new BigDecimal(value))
                .divide(divisor.multiply(divisor), MathContext.DECIMAL128)
                .negate()
                .doubleValue();
    }

    private static void assertSlope(Tensor slope, double exact, double limit) {
        boolean fits = Math.abs(exact) <= limit;
        double tolerance = Math.abs(exact) * (limit == Float.MAX_VALUE ? 1e-7 : 1e-15)
                + (limit == Float.MAX_VALUE ? Float.MIN_VALUE : Double.MIN_VALUE);
        for (double actual : slope.toDoubleArray()) {
            if (fits) {
                assertThat(actual).isCloseTo(exact, within(tolerance));
            } else {
                assertThat(actual).isEqualTo(Math.copySign(INF, exact));
            }
        }
    }

    @Test
    void slopesOfQuotientsAtTheEndsOfNumbers() {
        Tensor b = Tensor.of(DOUBLE, 0.0, -0.0, INF, -INF, Double.NaN, 0).requiresGrad(true);
        Tensor a = Tensor.of(DOUBLE, 1.0, 1, 1, 1, 1, 0);

        assertThat(slope(a.div(b), b, Tensor.ones(DOUBLE, 6)).toDoubleArray())
                .containsExactly(-INF, -INF, -0.0, -0.0, Double.NaN, Double.NaN);
    }

    /** Of vectors that are nearly parallel, of any size, along any dim, broadcast and in views. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void crossProductsKeepTheirDigits(DataType type) {
        Random random = new Random(3);
        int reach = type == DOUBLE ? 306 : type == DataType.FLOAT16 ? 3 : 37;
        double[] sizes =
                random.doubles(200, -reach, reach).map(e -> Math.pow(10, e)).toArray();
        Tensor size = Tensor.of(DOUBLE, sizes).reshape(1, 200).to(type);
        Tensor other = Tensor.of(DOUBLE, sizes).flip(0).reshape(1, 200).to(type);
        Tensor a = Tensor.randint(random, 1, 9, 3, 200).to(type).mul(size);
        Tensor b = a.to(DOUBLE)
                .div(size.to(DOUBLE))
                .mul(Tensor.randn(DOUBLE, random, 3, 200).mul(1e-6).add(1))
                .mul(other.to(DOUBLE))
                .to(type);
        Tensor y = LinearAlgebra.cross(a, b, 0);

        for (int i = 0; i < 200; i++) {
            double[] p = a.select(1, i).toDoubleArray();
            double[] q = b.select(1, i).toDoubleArray();
            for (int k = 0; k < 3; k++) {
                double exact = difference(p[(k + 1) % 3], q[(k + 2) % 3], p[(k + 2) % 3], q[(k + 1) % 3]);
                double expected = Tensor.of(DOUBLE, exact).to(type).item();
                double tolerance = type == DOUBLE && Math.abs(exact) < INF ? 2 * Math.ulp(exact) : 0;
                assertThat(y.get(k, i).item()).isCloseTo(expected, within(tolerance));
            }
        }
        assertThat(LinearAlgebra.cross(a.t(), b.t().contiguous(), 1).toDoubleArray())
                .containsExactly(y.t().toDoubleArray());
        assertThat(LinearAlgebra.cross(a, b.slice(1, 5, 6), 0).slice(1, 5, 6).toDoubleArray())
                .containsExactly(y.slice(1, 5, 6).toDoubleArray());
    }

    private static double difference(double p, double q, double r, double s) {
        if (!Double.isFinite(p + q + r + s)) {
            return p * q - r * s;
        }
        return new BigDecimal(p)
                .multiply(new BigDecimal(q))
                .subtract(new BigDecimal(r).multiply(new BigDecimal(s)))
                .doubleValue();
    }

    @Test
    void crossProductsOfLargeVectors() {
        double[] first = {1e200, 1e200, 0};
        Tensor a = Tensor.of(DOUBLE, first);
        Tensor single = Tensor.of(FLOAT, 1e20, 1e20, 0);

        assertThat(LinearAlgebra.cross(a, a, 0).toDoubleArray()).containsOnly(0);
        assertThat(LinearAlgebra.cross(single, single, 0).toDoubleArray()).containsOnly(0);
        assertThat(LinearAlgebra.cross(Tensor.of(FLOAT, 1e30, -2e30, 0), Tensor.of(FLOAT, -2e30, 3e30, 0), 0)
                        .toDoubleArray())
                .containsExactly(-0.0, -0.0, -INF);
        assertThat(LinearAlgebra.cross(Tensor.of(DOUBLE, INF, 1e200, 1), Tensor.of(DOUBLE, 1e200, 1, 1e200), 0)
                        .toDoubleArray())
                .containsExactly(INF, -INF, INF);
        assertThat(LinearAlgebra.cross(
                                Tensor.of(new long[] {1L << 62, 3, 5}), Tensor.of(new long[] {7, 11, 1L << 40}), 0)
                        .toLongArray())
                .containsExactly(3 * (1L << 40) - 55, 35, -(1L << 62) - 21);
    }

    /** The slope of c / x is −c / x², which fits where c / x may not. */
    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 1e300, 1e-10, 1e-300", "DOUBLE, -1e-300, -1e200, 1e300", "DOUBLE, 1e-200, 1e-200, 1e-100",
        "DOUBLE, 1e10, -1e300, 1e300", "FLOAT, 1e30, 1e-10, 1e-30", "FLOAT, -1e-30, 1e20, 1e38",
        "FLOAT, 1e-20, 1e25, 1e30", "DOUBLE, 3, 2, 1", "BFLOAT16, 1e30, 1e-10, 1e-30"
    })
    void slopesOfANumberByATensorFit(DataType type, double number, double at, double gradient) {
        double held = Tensor.of(DOUBLE, at).to(type).item();
        double factor = type == DOUBLE ? number : (float) number;
        double up = Tensor.of(DOUBLE, gradient).to(type).item();
        double exact = new BigDecimal(-factor)
                .multiply(new BigDecimal(up))
                .divide(new BigDecimal(held).pow(2), MathContext.DECIMAL128)
                .doubleValue();
        double digits = type == DOUBLE ? 1e-15 : type == FLOAT ? 1e-7 : 1e-2;
        double least = type == FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
        for (int size : SIZES) {
            Tensor x = Tensor.full(type, held, size).requiresGrad(true);
            Tensor slope = Autograd.grad(Arithmetic.rdiv(x, number).mul(up).sum(), x);
            for (double value : slope.toDoubleArray()) {
                assertThat(value).isCloseTo(exact, within(digits * Math.abs(exact) + least));
            }
        }
    }

    /** β x + α (a b), where a term does not fit, or the product without its factor. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3e38, -3e38, 1, 2, 1, 3e38",
        "FLOAT, 0, 1e20, 1e20, 1, 1e-10, 1e30",
        "FLOAT, -3e38, 2e38, 3, 1, 1, 3e38",
        "FLOAT, 2e38, 1e30, 1e30, -2, 4e-22, 0",
        "DOUBLE, 1.5e308, -1.5e308, 1, 2, 1, 1.5e308",
        "DOUBLE, 0, 1e160, 1e160, 1, 1e-20, 1e300",
        "DOUBLE, 1, NaN, 1, 2, 1, NaN",
        "DOUBLE, 3e307, 1e200, 1e200, 1, 1, Infinity",
        "FLOAT, 3, 4, 5, 2, 0.5, 16"
    })
    void productsThatAreAddedFit(
            DataType type, double x, double a, double b, double beta, double alpha, double expected) {
        Tensor one = Tensor.of(type, x).requiresGrad(true);
        Tensor row = Tensor.of(type, new double[] {a}).requiresGrad(true);
        Tensor column = Tensor.of(type, new double[] {b}).requiresGrad(true);
        Tensor left = row.reshape(1, 1);
        Tensor right = column.reshape(1, 1);
        for (Tensor y : List.of(
                AddedProducts.addmm(one, left, right, beta, alpha),
                AddedProducts.addmv(one, left, column, beta, alpha),
                AddedProducts.addr(one, row, column, beta, alpha),
                AddedProducts.addbmm(one, left.unsqueeze(0), right.unsqueeze(0), beta, alpha),
                AddedProducts.baddbmm(one, left.unsqueeze(0), right.unsqueeze(0), beta, alpha))) {
            double limit = Double.isFinite(expected) ? 1e-6 * Math.abs(expected) + 1e-6 * Math.abs(x) : 0;
            assertThat(y.item()).isCloseTo(expected, within(limit));
            assertThat(Autograd.grad(y.mul(1e-30), one).item() / 1e-30).isCloseTo(beta, within(1e-6 * Math.abs(beta)));
        }
    }
}
