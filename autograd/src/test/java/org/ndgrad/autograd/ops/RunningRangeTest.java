package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** Running sums and products and their gradients, where what comes before, or after, does not fit. */
class RunningRangeTest {

    private static final MathContext DIGITS = new MathContext(60);

    static Stream<double[]> factors() {
        Random random = new Random(7);
        return Stream.concat(
                Stream.of(
                        new double[] {1e200, 1e200, 1e-200, 1e-200, 1e-200},
                        new double[] {1e-200, 1e-200, 1e200, 1e200, 3},
                        new double[] {1e300, 1e300, 1e300, 1e-300, 1e-300, 1e-300, 5},
                        new double[] {1e200, 1e200, 0, 1e300, 1e-200},
                        new double[] {1e-200, 0, 1e-200, 0, 1e300},
                        new double[] {Double.MIN_VALUE, 1e300, -1e200, 1e-200, 7},
                        new double[] {1e30, 1e30, -1e-30, 1e-30, 2, 1e-38, 1e38},
                        new double[] {1e-30, 1e-30, 1e-30, 1e30, 1e30, 1e30, 3}),
                Stream.generate(() -> random.doubles(12, -300, 300)
                                .map(e -> Math.pow(10, e) * (random.nextBoolean() ? 1 : -1))
                                .toArray())
                        .limit(30));
    }

    @ParameterizedTest
    @MethodSource("factors")
    void gradientsOfRunningProductsFitWhereTheyDo(double[] values) {
        assertGradient(DataType.DOUBLE, values, 1e-14);
        double[] singles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            singles[i] = (float) (Math.signum(values[i]) * Math.pow(Math.abs(values[i]), 0.12));
        }
        assertGradient(DataType.FLOAT, singles, 1e-7);
    }

    private static void assertGradient(DataType type, double[] values, double tolerance) {
        double[] g =
                new Random(3).doubles(values.length, -1, 1).map(v -> (float) v).toArray();
        Tensor x = Tensor.of(type, values).requiresGrad(true);
        Cumulative.cumprod(x, 0).backward(Tensor.of(type, g));
        for (int i = 0; i < values.length; i++) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal size = BigDecimal.ZERO; // of the terms, which may cancel
            for (int j = i; j < values.length; j++) {
                BigDecimal product = new BigDecimal(g[j]);
                for (int k = 0; k <= j; k++) {
                    product = k == i ? product : product.multiply(new BigDecimal(values[k]), DIGITS);
                }
                sum = sum.add(product);
                size = size.add(product.abs());
            }
            double exact = type == DataType.FLOAT ? sum.floatValue() : sum.doubleValue();
            double actual = x.grad().get(i).item();
            if (Double.isInfinite(exact)) {
                assertThat(actual).as("slope %s", i).isEqualTo(exact);
            } else {
                double least = type == DataType.FLOAT ? Float.MIN_VALUE : Double.MIN_VALUE;
                assertThat(actual).as("slope %s", i).isCloseTo(exact, within(tolerance * size.doubleValue() + least));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void gradientsOfRunningProductsAreTakenAlongAnyDim(int dim) {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Random(1), 3, 4, 5)
                .transpose(0, 1)
                .requiresGrad(true);
        Tensor g = Tensor.randn(DataType.DOUBLE, new Random(2), 4, 3, 5);
        Tensor product = x.select(dim, 0);
        Tensor sum = product.mul(g.select(dim, 0)).sum();
        for (int i = 1; i < x.size(dim); i++) {
            product = product.mul(x.select(dim, i));
            sum = sum.add(product.mul(g.select(dim, i)).sum());
        }
        double[] expected = Autograd.grad(sum, x).toDoubleArray();

        Cumulative.cumprod(x, dim).backward(g);

        assertThat(x.grad().toDoubleArray()).containsExactly(expected, within(1e-12));
    }

    @Test
    void runningSumsComeBackFromBeyondTheRange() {
        double large = 1.5e308;
        Tensor x = Tensor.of(DataType.DOUBLE, large, large, -large, 1, -large, -large, large, large);
        double infinite = Double.POSITIVE_INFINITY;

        assertThat(Cumulative.cumsum(x, 0).toDoubleArray())
                .containsExactly(large, infinite, large, large, 0, -large, 0, large);
        assertThat(Cumulative.cumsum(Tensor.of(DataType.DOUBLE, large, infinite, -large), 0)
                        .toDoubleArray())
                .containsExactly(large, infinite, infinite);
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of(DataType.FLOAT, 1e4, 1),
                Arguments.of(DataType.FLOAT, 1e6, 1),
                Arguments.of(DataType.FLOAT, -1e7, 1),
                Arguments.of(DataType.FLOAT, 1e8, 8),
                Arguments.of(DataType.FLOAT, -3e38, 0),
                Arguments.of(DataType.FLOAT16, 2000, 1),
                Arguments.of(DataType.FLOAT16, -30000, 0),
                Arguments.of(DataType.BFLOAT16, 1024, 8),
                Arguments.of(DataType.BFLOAT16, 1e30, 0),
                Arguments.of(DataType.DOUBLE, 0, 1),
                Arguments.of(DataType.DOUBLE, 1e15, 1),
                Arguments.of(DataType.DOUBLE, 1e17, 16),
                Arguments.of(DataType.DOUBLE, -1.7e308, 0));
    }

    /** Added to all elements, a number changes no derivative, however large it is beside the logarithm. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("levels")
    void slopesOfRunningLogarithmsDoNotDependOnTheLevel(DataType type, double level, double unit) {
        for (int dim = 0; dim < 2; dim++) {
            Tensor steps = Tensor.randint(new Random(1), -3, 4, 6, 7)
                    .to(DataType.DOUBLE)
                    .mul(unit)
                    .transpose(0, 1);
            List<Tensor> expected = slopes(steps, dim);
            List<Tensor> actual = slopes(steps.add(level).to(type), dim);
            double tolerance = type == DataType.DOUBLE ? 1e-13 : type == DataType.FLOAT ? 4e-7 : 0.02;
            for (int order = 0; order < 2; order++) {
                assertThat(actual.get(order).toDoubleArray())
                        .as("order %s along dim %s", order + 1, dim)
                        .containsExactly(expected.get(order).toDoubleArray(), within(tolerance));
            }
        }
    }

    private static List<Tensor> slopes(Tensor values, int dim) {
        Tensor x = values.detach().requiresGrad(true);
        Tensor weights = Tensor.randn(DataType.DOUBLE, new Random(2), 7, 6);
        Tensor sum =
                Cumulative.logcumsumexp(x, dim).to(DataType.DOUBLE).mul(weights).sum();
        Tensor slope = Autograd.grad(sum, x, Backward.CREATE_GRAPH);
        Tensor curve = Autograd.grad(slope.to(DataType.DOUBLE).mul(weights).sum(), x);
        return List.of(slope, curve);
    }

    /** As PyTorch, but for elements of which all so far are −∞. */
    @Test
    void slopesOfRunningLogarithmsAtInfinities() {
        double infinite = Double.POSITIVE_INFINITY;

        assertSlopes(new double[] {-infinite, -infinite, 5, -infinite}, 0, 0, 2, 0);
        assertSlopes(new double[] {0, infinite, 1, infinite}, 1, Double.NaN, 0, Double.NaN);
        assertSlopes(new double[] {-infinite, 1e30, -infinite, 1e30}, 0, 2.5, 0, 0.5);
    }

    private static void assertSlopes(double[] values, double... expected) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.of(type, values).requiresGrad(true);
            Tensor y = Cumulative.logcumsumexp(x, 0);
            assertThat(Autograd.grad(y.sum(), x).toDoubleArray()).containsExactly(expected);
        }
    }
}
