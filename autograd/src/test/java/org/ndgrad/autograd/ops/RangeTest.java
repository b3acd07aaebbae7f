package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/** Results that fit are right, although squares, powers, sums or products on the way to them do not fit. */
class RangeTest {

    private static final int[] ALL = {};
    private static final int[] ROWS = {1};

    private static final double[] FLOATS = {1e-37, 1e-30, 1e-23, 1e-20, 1e-10, 1, 1e10, 1e19, 1e20, 1e30, 1e37};
    private static final double[] DOUBLES = {1e-300, 1e-200, 1e-162, 1e-155, 1, 1e154, 1e155, 1e200, 1e300};

    /** A function and its degree d: f(s x) = sᵈ f(x). */
    private record Homogeneous(UnaryOperator<Tensor> f, int degree) {}

    private static Homogeneous of(int degree, UnaryOperator<Tensor> f) {
        return new Homogeneous(f, degree);
    }

    private static final Map<String, Homogeneous> HOMOGENEOUS = ImmutableMap.<String, Homogeneous>builder()
            .put("mean", of(1, x -> x.mean()))
            .put("std", of(1, x -> x.std()))
            .put("std of rows", of(1, x -> Reductions.std(x, ROWS, 0, KeepDim.NO)))
            .put(
                    "stdMean",
                    of(1, x -> Reductions.stdMean(x, ROWS, 1, KeepDim.YES).std()))
            .put("norm", of(1, x -> x.norm()))
            .put("norm of rows", of(1, x -> Reductions.norm(x, 2, ROWS, KeepDim.YES)))
            .put("norm of columns", of(1, x -> Reductions.norm(x, 2, new int[] {0}, KeepDim.NO)))
            .put("1-norm", of(1, x -> Reductions.norm(x, 1, ALL, KeepDim.NO)))
            .put("3-norm", of(1, x -> Reductions.norm(x, 3, ALL, KeepDim.NO)))
            .put("half norm", of(1, x -> Reductions.norm(x, 0.5, ROWS, KeepDim.NO)))
            .put("300-norm", of(1, x -> Reductions.norm(x, 300, ROWS, KeepDim.NO)))
            .put("−2-norm", of(1, x -> Reductions.norm(x, -2, ROWS, KeepDim.NO)))
            .put("infinity norm", of(1, x -> Reductions.norm(x, Double.POSITIVE_INFINITY, ROWS, KeepDim.NO)))
            .put("normalize", of(0, x -> Norms.normalize(x, 2, ROWS, 0)))
            .put("normalize by 3-norm", of(0, x -> Norms.normalize(x, 3, ROWS, 0)))
            .put("renorm", of(0, x -> Norms.renorm(x, 2, 0, 0)))
            .put("cosine", of(0, x -> Norms.cosineSimilarity(x, flipped(x), 1, 0)))
            .put("dist", of(1, x -> Norms.dist(x, flipped(x), 2)))
            .put("pairwise distance", of(1, x -> Norms.pairwiseDistance(x, flipped(x), 2, 0, KeepDim.NO)))
            .put("cdist", of(1, x -> Norms.cdist(x, flipped(x), 2)))
            .put("cdist, p = 1", of(1, x -> Norms.cdist(x, flipped(x), 1)))
            .put("cdist, p = 10", of(1, x -> Norms.cdist(x, flipped(x), 10)))
            .put("cdist, p = 50", of(1, x -> Norms.cdist(x, flipped(x), 50)))
            .put("atan2", of(0, x -> Elementary.atan2(x, flipped(x))))
            .put("atan2 of x", of(0, x -> Elementary.atan2(flipped(x), x)))
            .put("hypot", of(1, x -> Elementary.hypot(x, flipped(x))))
            .put("layerNorm", of(0, x -> Normalization.layerNorm(x, new long[] {4}, noEpsilon())))
            .put("rmsNorm", of(0, x -> Normalization.rmsNorm(x, new long[] {4}, noEpsilon())))
            .put("groupNorm", of(0, x -> Normalization.groupNorm(x, 2, noEpsilon())))
            .put(
                    "instanceNorm",
                    of(
                            0,
                            x -> Normalization.instanceNorm(
                                    x.reshape(1, 2, 4),
                                    BatchNormOptions.defaults().withEpsilon(0))))
            .put("localResponseNorm", of(0, x -> Normalization.localResponseNorm(x.reshape(1, 4, 2), 3, 1, 0.5, 0)))
            .put("corrcoef", of(0, Statistics::corrcoef))
            .put("svd", of(0, x -> Decompositions.svd(x).u().square()))
            .put("lpPool", of(1, x -> LpPooling.lpPool1d(x.abs().reshape(1, 2, 4), 3, 2)))
            .put("div", of(0, x -> x.div(flipped(x))))
            .put("div by x", of(0, x -> flipped(x).div(x)))
            .put("addcdiv", of(0, x -> Arithmetic.addcdiv(Tensor.zeros(x.dtype(), 1), x, flipped(x), 0.5)))
            .buildOrThrow();

    private static Tensor product(Tensor x) {
        return Reductions.prod(x, ALL, KeepDim.NO);
    }

    private static Tensor flipped(Tensor x) {
        return Shaping.flip(x.detach(), 1);
    }

    private static NormalizationOptions noEpsilon() {
        return NormalizationOptions.defaults().withEpsilon(0);
    }

    static Stream<Arguments> homogeneous() {
        return HOMOGENEOUS.keySet().stream()
                .flatMap(name -> Stream.of(arguments(name, DataType.FLOAT), arguments(name, DataType.DOUBLE)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("homogeneous")
    void scaleWithTheirArgument(String name, DataType type) {
        Homogeneous row = HOMOGENEOUS.get(name);
        double[] values = {1, -2, 3.5, 0.25, -0.75, 1.5, 2.25, 3};
        Tensor one = Tensor.of(DataType.DOUBLE, values).reshape(2, 4).requiresGrad(true);
        Tensor expected = row.f.apply(one);
        double[] slopes = Autograd.grad(expected.sum(), one).toDoubleArray();
        for (double scale : type == DataType.FLOAT ? FLOATS : DOUBLES) {
            double s = Math.scalb(1.0, Math.getExponent(scale));
            Tensor x = one.detach().mul(s).to(type).requiresGrad(true);

            Tensor y = row.f.apply(x);
            // an incoming gradient of s for slopes of 1 / s, so that the product is like 1
            Tensor g = Tensor.full(type, row.degree == 0 ? s : 1, y.shape());
            y.backward(g);

            String what = name + " at " + scale;
            assertClose(what, y.toDoubleArray(), expected.toDoubleArray(), row.degree == 0 ? 1 : s, type);
            assertClose("slope of " + what, x.grad().toDoubleArray(), slopes, 1, type);
        }
    }

    /** Without normalizations, which add an epsilon, and singular vectors: their slopes are differences. */
    static Stream<Arguments> atTheEnds() {
        return homogeneous().filter(row -> !row.get()[0].toString().matches(".*Norm|svd"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("atTheEnds")
    void slopesFitAtTheEndsOfTheRange(String name, DataType type) {
        Homogeneous row = HOMOGENEOUS.get(name);
        boolean single = type == DataType.FLOAT;
        Tensor one = Tensor.of(DataType.DOUBLE, 1, -2, 3.5, 0.25, -0.75, 1.5, 2.25, 3)
                .reshape(2, 4)
                .requiresGrad(true);
        Tensor expected = row.f.apply(one);
        double[] slopes = Autograd.grad(expected.sum(), one).toDoubleArray();
        for (int exponent : single ? new int[] {-147, 126} : new int[] {-1072, 1022}) {
            Tensor x = one.detach().mul(Math.scalb(1.0, exponent / 2)).mul(Math.scalb(1.0, exponent - exponent / 2));
            Tensor held = x.to(type).requiresGrad(true);
            Tensor y = row.f.apply(held);
            double g = row.degree == 1 ? 1 : exponent > 0 ? Math.scalb(1.0, exponent) : 0x1p-60;
            y.backward(Tensor.full(type, g, y.shape()));

            String what = name + " at the exponent " + exponent;
            if (row.degree == 0) {
                assertClose(what, y.toDoubleArray(), expected.toDoubleArray(), 1, type);
            }
            assertClose(
                    "slope of " + what,
                    held.grad().toDoubleArray(),
                    slopes,
                    row.degree == 1 ? 1 : Math.scalb(g, -exponent),
                    type);
        }
    }

    private static void assertClose(String what, double[] actual, double[] expected, double scale, DataType type) {
        double tolerance = type == DataType.FLOAT ? 2e-6 : 1e-13;
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i] / scale)
                    .as(what)
                    .isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
        }
    }

    private static double slope(UnaryOperator<Tensor> f, double at, double g, DataType type) {
        Tensor x = Tensor.of(type, at).requiresGrad(true);
        f.apply(x).backward(Tensor.of(type, g));
        return x.grad().item();
    }

    private static Tensor number(double value) {
        return Tensor.of(DataType.FLOAT, value);
    }

    @Test
    void threeFactorsAreMultipliedWithoutLeavingFloat32() {
        Tensor zero = number(0);
        assertThat(Arithmetic.addcmul(zero, number(3e38), number(4.0 / 3), 0.7).item())
                .isCloseTo(2.8e38, within(1e32));
        assertThat(Arithmetic.addcdiv(zero, number(3e38), number(0.8), -0.7).item())
                .isCloseTo(-2.625e38, within(1e32));
        assertThat(slope(a -> Arithmetic.addcmul(zero, a, number(3e38), 3), 1, 1e-2, DataType.FLOAT))
                .isCloseTo(9e36, within(1e31));
        assertThat(slope(b -> Arithmetic.addcdiv(zero, number(3e38), b, 3e-3), 1e-2, 1e-2, DataType.FLOAT))
                .isCloseTo(-9e37, within(1e32));
        assertThat(slope(y -> Special.xlogy(number(3e38), y), 0.1, 0.02, DataType.FLOAT))
                .isCloseTo(6e37, within(1e32));
        assertThat(slope(y -> Special.xlog1py(number(3e38), y), -0.9, 0.02, DataType.FLOAT))
                .isCloseTo(6e37, within(1e32));
        assertThat(slope(b -> number(1e30).div(b), 1e-6, 1e-10, DataType.FLOAT)).isCloseTo(-1e32, within(1e27));
        assertThat(slope(b -> b.rdiv(1e30), 1e-6, 1e-10, DataType.FLOAT)).isCloseTo(-1e32, within(1e27));
        assertThat(slope(b -> Arithmetic.reciprocal(b), 1e-25, 1e-20, DataType.FLOAT))
                .isCloseTo(-1e30, within(1e25));
        assertThat(slope(b -> Elementary.rsqrt(b), 1e-30, 1e-20, DataType.FLOAT))
                .isCloseTo(-5e24, within(1e19));
    }

    @Test
    void threeFactorsAreMultipliedWithoutLeavingFloat64() {
        DataType wide = DataType.DOUBLE;
        Tensor zero = Tensor.of(wide, 0);
        Tensor large = Tensor.of(wide, 1e300);
        assertThat(Arithmetic.addcmul(zero, large, large, 1e-300).item()).isCloseTo(1e300, within(1e286));
        assertThat(Arithmetic.addcmul(zero, large.rdiv(1), large.rdiv(1), 1e300).item())
                .isCloseTo(1e-300, within(1e-314));
        assertThat(Arithmetic.addcdiv(zero, large, large, 1e300).item()).isCloseTo(1e300, within(1e286));
        assertThat(slope(y -> Special.xlogy(large, y), 1e200, 1e200, wide)).isCloseTo(1e300, within(1e286));
        assertThat(slope(y -> Elementary.atan2(y, Tensor.of(wide, 2e200)), 1e200, 1, wide))
                .isCloseTo(0.4e-200, within(1e-214));
        assertThat(slope(y -> Elementary.atan2(y, Tensor.of(wide, 2e-200)), 1e-200, 1, wide))
                .isCloseTo(0.4e200, within(1e186));
    }

    @Test
    void gluAndLdexpDoNotLeaveFloat32OnTheWay() {
        Tensor x = Tensor.of(3e38, -40).requiresGrad(true);
        Activations.glu(x, 0).backward(Tensor.of(DataType.FLOAT, new double[] {10}));
        assertThat(x.grad().toDoubleArray()[1]).isCloseTo(3e39 * Math.exp(-40), within(1e17));
        assertThat(Elementary.ldexp(number(1e-40), number(200)).item()).isCloseTo(1e-40 * 0x1p200, within(1e15));
        assertThat(Elementary.ldexp(Tensor.of(DataType.DOUBLE, 1e-310), Tensor.of(DataType.DOUBLE, 1030))
                        .item())
                .isEqualTo(Math.scalb(1e-310, 1030));
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void meansAndSumsFitWhereTheirResultDoes(DataType type) {
        double large = 0.9 * (type == DataType.FLOAT16 ? 65504 : type == DataType.DOUBLE ? Double.MAX_VALUE : 3.38e38);
        Tensor x = Tensor.of(type, large, large, large, large);
        double held = x.get(0).item();

        assertThat(x.mean().item()).isEqualTo(held);
        assertThat(Reductions.nanmean(x, ALL, KeepDim.NO).item()).isEqualTo(held);
        assertThat(x.std().item()).isZero();
        assertThat(Tensor.of(type, large, large, -large).sum().item()).isEqualTo(held);
        assertThat(x.sum().item()).isInfinite();
        assertThat(Tensor.of(type, 1 / 0.0, 1, 2).sum().item()).isInfinite();
        assertThat(Tensor.of(type, 1 / 0.0, -1 / 0.0).sum().item()).isNaN();
        assertThat(Tensor.of(type, Double.NaN, large, large).mean().item()).isNaN();
    }

    @Test
    void productsFitWhereTheirResultDoes() {
        double[] values = {1e30, 1e-30, 1e30, 1e-30, 1e30, 1e-30, 1e30, 1e-30, 2};
        Tensor x = Tensor.of(values).requiresGrad(true);
        product(x).backward();
        assertThat(product(x).item()).isCloseTo(2, within(1e-6));
        assertThat(x.grad().toDoubleArray()[8]).isCloseTo(1, within(1e-6));
        assertThat(product(x.detach()).item()).isEqualTo(product(x).item());
        assertThat(product(Tensor.of(DataType.DOUBLE, 1e200, 1e200, 1e-300, -1e-100))
                        .item())
                .isCloseTo(-1, within(1e-14));
        assertThat(product(Tensor.of(DataType.DOUBLE, 1e-200, 1e-200, 0, 1e300)).item())
                .isZero();
        assertThat(product(Tensor.of(DataType.DOUBLE, 1e-320, 1e-10, 1e300, 1e30))
                        .item())
                .isCloseTo(1, within(1e-3));
        assertThat(product(Tensor.of(DataType.DOUBLE, 1e200, 1e200)).item()).isInfinite();
        assertThat(product(Tensor.of(DataType.DOUBLE, 1e-200, 1e-200)).item()).isZero();
    }

    @Test
    void slopesOfProductsFitWhereTheyDo() {
        for (double[] values : new double[][] {
            {1e200, 1e-200, 1e200, 1e-200}, {1e200, 1e200, 1e-200, 1e-200}, {1e-200, 1e-200, 1e-200, 1e300, 1e300},
            {1e200, 1e200, 1e200, 1e-300, 1e-300}, {0, 1e200, 1e200, 1e-300}, {1e250, 1e60, 1e-250}
        }) {
            Tensor x = Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
            product(x).backward();
            for (int i = 0; i < values.length; i++) {
                BigDecimal others = BigDecimal.ONE;
                for (int j = 0; j < values.length; j++) {
                    others = j == i ? others : others.multiply(new BigDecimal(values[j]));
                }
                double exact = others.doubleValue();
                assertThat(x.grad().get(i).item()).isCloseTo(exact, within(1e-14 * exact));
            }
        }
    }

    @Test
    void runningProductsComeBackFromBeyondTheRange() {
        Tensor x = Tensor.of(DataType.DOUBLE, 1e200, 1e200, -1e-200, 1e-300, 1e-300, 1e305, 1e200, 0, 1, 1 / 0.0);
        double[] expected = {1e200, 1 / 0.0, -1e200, -1e-100, -0.0, -1e-95, -1e105, -0.0, -0.0, Double.NaN};
        double[] products = Cumulative.cumprod(x, 0).toDoubleArray();
        for (int i = 0; i < expected.length; i++) {
            double off = products[i] == expected[i] ? 0 : products[i] / expected[i] - 1;
            assertThat(Double.isNaN(expected[i]) ? 0 : off).as("product %s", i).isCloseTo(0, within(1e-14));
        }
        assertThat(products[9]).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e30, 1e-15", "DOUBLE, 1e200, 1e-100", "FLOAT, 1e-30, 1e-30", "DOUBLE, 1e-200, 1e-200"})
    void responsesAreNormalizedBySquaresThatDoNotFit(DataType type, double value, double expected) {
        Tensor x = Tensor.of(type, value).reshape(1, 1, 1);
        assertThat(Normalization.localResponseNorm(x, 1, 1, 0.75, 1).item() / expected)
                .isCloseTo(1, within(type == DataType.FLOAT ? 2e-6 : 1e-13));
    }

    @Test
    void wayFromEndToEndFits() {
        Tensor a = Tensor.of(DataType.DOUBLE, 1.2e308, -1.2e308);
        assertThat(Arithmetic.lerp(a, a.neg(), 0.75).toDoubleArray()[1]).isCloseTo(0.6e308, within(1e293));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 2.5e38", "DOUBLE, 1.4e308", "HALF, 60000", "BFLOAT16, 2.5e38"})
    void directionsFitWhereNormsDoNot(DataType type, double large) {
        Tensor x = Tensor.of(type, large, large).reshape(1, 2).requiresGrad(true);
        double part = Math.sqrt(0.5);

        assertThat(x.norm().item()).isInfinite();
        assertThat(Norms.normalize(x, 2, ROWS, 1e-12).toDoubleArray()[1]).isCloseTo(part, within(2e-3));
        assertThat(Norms.renorm(x, 2, 0, 1).toDoubleArray()[1]).isCloseTo(part, within(2e-3));
        assertThat(Norms.cosineSimilarity(x, x, 1, 1e-8).item()).isEqualTo(1);
        assertThat(Norms.cosineSimilarity(x, Tensor.of(type, 1, 0).reshape(1, 2), 1, 1e-8)
                        .item())
                .isCloseTo(part, within(2e-3));
        assertThat(Updates.norm(List.of(x.detach()), 2) / large)
                .satisfiesAnyOf(
                        ratio -> assertThat(ratio).isCloseTo(Math.sqrt(2), within(1e-2)),
                        ratio -> assertThat(ratio).isInfinite());
    }

    @Test
    void slopesFitWhereDeterminantsAndCovariancesDoNot() {
        Tensor x = Tensor.of(1e30, 2e30, 3e30, 5e30).reshape(2, 2).requiresGrad(true);
        Determinants.det(x).backward();
        assertThat(x.grad().get(0, 0).item()).isCloseTo(5e30, within(1e25));
        Tensor weights = Tensor.of(1e20, 1e20);
        Tensor y = Statistics.cov(x.mul(1e-30), CovarianceOptions.defaults().withWeights(weights));
        assertThat(y.get(0, 0).item()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void cosinesAreNotBeyondOne() {
        Tensor v = Tensor.randn(DataType.FLOAT, new Random(1), 3000, 50);
        assertThat(Norms.cosineSimilarity(v, v, 1, 1e-8).toDoubleArray()).containsOnly(1);
        Tensor w = v.to(DataType.DOUBLE);
        assertThat(Arrays.stream(Norms.cosineSimilarity(w, w.neg(), 1, 1e-8).toDoubleArray()))
                .allMatch(c -> c >= -1 && c < -1 + 1e-15);
    }

    @Test
    void normsOfZerosInfinitiesAndNanAreTheirs() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            for (double p : new double[] {0.5, 2, 3, 300}) {
                assertThat(Reductions.norm(Tensor.zeros(type, 3), p, ALL, KeepDim.NO)
                                .item())
                        .isZero();
                assertThat(Reductions.norm(Tensor.zeros(type, 0), p, ALL, KeepDim.NO)
                                .item())
                        .isZero();
                assertThat(Reductions.norm(Tensor.of(type, 1, -1 / 0.0), p, ALL, KeepDim.NO)
                                .item())
                        .isInfinite();
                assertThat(Reductions.norm(Tensor.of(type, 1 / 0.0, Double.NaN), p, ALL, KeepDim.NO)
                                .item())
                        .isNaN();
            }
            assertThat(Reductions.norm(Tensor.of(type, 1, 0), -2, ALL, KeepDim.NO)
                            .item())
                    .isZero();
            assertThat(Reductions.norm(Tensor.of(type, 1 / 0.0, 2), -2, ALL, KeepDim.NO)
                            .item())
                    .isCloseTo(2, within(1e-6));
            assertThat(Tensor.of(type, 4e-45, 3e-45).norm().item()).isCloseTo(5e-45, within(2e-45));
            assertThat(Tensor.of(type, 3, 3, 3).std().item()).isZero();
            assertThat(Tensor.of(type, 3).std().item()).isNaN();
            assertThat(Reductions.std(Tensor.of(type, 3, 4), ALL, 2, KeepDim.NO).item())
                    .isInfinite();
            assertThat(Tensor.of(type, 3, 1 / 0.0).std().item()).isNaN();
        }
        assertThat(Tensor.of(DataType.DOUBLE, Double.MIN_VALUE, 0).norm().item())
                .isEqualTo(Double.MIN_VALUE);
        assertThat(Tensor.of(DataType.DOUBLE, Double.MAX_VALUE, 0).norm().item())
                .isEqualTo(Double.MAX_VALUE);
        assertThat(Tensor.of(DataType.DOUBLE, Double.MAX_VALUE, -Double.MAX_VALUE)
                        .std()
                        .item())
                .isInfinite();
        assertThat(Reductions.std(Tensor.of(DataType.DOUBLE, 1.7e308, -1.7e308), ALL, 0, KeepDim.NO)
                        .item())
                .isEqualTo(1.7e308);
    }
}
