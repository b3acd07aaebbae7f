package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;

/** Sums, means and products by index are right where they fit, though they may not on the way. */
class SumsByIndexRangeTest {

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(DataType.FLOAT, 3e38),
                Arguments.of(DataType.DOUBLE, 1.7e308),
                Arguments.of(DataType.BFLOAT16, 3e38),
                Arguments.of(DataType.FLOAT16, 65000));
    }

    private static void assertAll(String what, Tensor actual, double expected) {
        double tolerance = Math.abs(expected) * (actual.dtype() == DataType.DOUBLE ? 1e-15 : 1e-7);
        for (double value : actual.toDoubleArray()) {
            assertThat(value).as(what).isCloseTo(expected, within(tolerance));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void sumsComeBackFromBeyondTheRange(DataType type, double large) {
        double most = Tensor.of(DataType.DOUBLE, large).to(type).item();
        for (int width : new int[] {1, 3, 40, 700}) {
            Tensor terms = Tensor.of(DataType.DOUBLE, most, most, -most, -most, most)
                    .to(type)
                    .unsqueeze(1)
                    .expand(5, width);
            Tensor places = Tensor.zeros(DataType.INT64, 5);
            Tensor nothing = Tensor.zeros(type, 2, width);
            Tensor all = places.unsqueeze(1).expand(5, width);
            Tensor bag = Tensor.arange(5).reshape(1, 5);

            assertAll("scatterAdd", nothing.scatterAdd(0, all, terms).select(0, 0), most);
            assertAll(
                    "scatterAdd along the last dim",
                    nothing.t().scatterAdd(1, all.t(), terms.t()).select(1, 0),
                    most);
            assertAll(
                    "of a copy", nothing.scatterAdd(0, all, terms.contiguous()).select(0, 0), most);
            assertAll("indexAdd", Scattering.indexAdd(nothing, 0, places, terms).select(0, 0), most);
            assertAll("in place", nothing.clone().indexAdd_(0, places, terms, 1).select(0, 0), most);
            assertAll("others", nothing.add(7).scatterAdd(0, all, terms).select(0, 1), 7);
            Tensor sum = Scattering.scatterReduce(nothing, 0, all, terms, Reduce.SUM, Scattering.Own.EXCLUDED);
            assertAll("scatterReduce", sum.select(0, 0), most);
            assertAll("embeddingBag", Embeddings.embeddingBag(bag, terms, bags(Embeddings.Mode.SUM)), most);
            Tensor x = nothing.requiresGrad(true);
            Tensor mean = Scattering.scatterReduce(x, 0, all, terms.abs(), Reduce.MEAN, Scattering.Own.EXCLUDED);
            assertAll("mean", mean.select(0, 0), most);
            Tensor table = terms.abs().detach().requiresGrad(true);
            Tensor means = Embeddings.embeddingBag(bag, table, bags(Embeddings.Mode.MEAN));
            assertAll("embeddingBag of means", means, most);
            assertAll(
                    "its slope",
                    Autograd.grad(means.sum(), table),
                    Tensor.of(DataType.DOUBLE, 0.2).to(type).item());
        }
        Tensor weights = Tensor.of(DataType.DOUBLE, most, most, -most).to(type);
        assertAll("bincount", Counting.bincount(Tensor.zeros(DataType.INT64, 3), weights, 0), most);
    }

    private static EmbeddingBagOptions bags(Embeddings.Mode mode) {
        return EmbeddingBagOptions.defaults().withMode(mode);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void whatIsInfiniteStaysSo(DataType type) {
        double infinite = Double.POSITIVE_INFINITY;
        double most = type == DataType.FLOAT ? 3e38 : 1.7e308;
        Tensor places = Tensor.of(new long[] {0, 0, 1, 1, 2, 2, 3});
        Tensor terms = Tensor.of(type, most, most, infinite, -most, infinite, -infinite, Double.NaN);

        assertThat(Tensor.zeros(type, 5).scatterAdd(0, places, terms).toDoubleArray())
                .containsExactly(infinite, infinite, Double.NaN, Double.NaN, 0);
    }

    /** float32 products are made in float64, also where their derivative is wanted. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "BFLOAT16"})
    void productsComeBackFromBeyondTheRange(DataType type) {
        Random random = new Random(1);
        Tensor factors = Tensor.of(type, 1e30, 1e30, 1e-30, 1e-30, 1e-30, 1e30)
                .unsqueeze(1)
                .expand(6, 50);
        Tensor places = Tensor.zeros(DataType.INT64, 6, 50);
        Tensor own = Tensor.rand(type, random, 2, 50).add(1);
        double expected = factors.select(1, 0).to(DataType.DOUBLE).prod().item();

        for (boolean grad : new boolean[] {false, true}) {
            Tensor x = own.detach().requiresGrad(grad);
            for (Scattering.Own self : Scattering.Own.values()) {
                Tensor y = Scattering.scatterReduce(x, 0, places, factors, Reduce.PROD, self);
                double[] exact = self == Scattering.Own.INCLUDED
                        ? own.select(0, 0)
                                .to(DataType.DOUBLE)
                                .mul(expected)
                                .to(type)
                                .toDoubleArray()
                        : Tensor.full(DataType.DOUBLE, expected, 50).to(type).toDoubleArray();
                assertThat(y.dtype()).isEqualTo(type);
                assertThat(y.select(0, 0).toDoubleArray())
                        .containsExactly(exact, within(type == DataType.FLOAT ? 3e-7 : 0));
                assertThat(y.select(0, 1).toDoubleArray())
                        .containsExactly(own.select(0, 1).toDoubleArray());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF"})
    void meansOfWindowsFit(DataType type) {
        double most = type == DataType.DOUBLE ? 1.7e308 : type == DataType.FLOAT ? 3e38 : 65000;
        Tensor x = Tensor.full(type, most, 2, 3, 8, 8);
        double held = x.max().item();

        assertAll("avgPool2d", Pooling.avgPool2d(x, 2), held);
        assertAll("avgPool1d", Pooling.avgPool1d(x.select(0, 0), 3), held);
        assertAll("adaptiveAvgPool2d", Pooling.adaptiveAvgPool2d(x, 3, 5), held);
        assertAll("in all", Pooling.adaptiveAvgPool2d(x, 1, 1), held);
        Tensor mixed = x.clone();
        mixed.slice(3, 0, 1).neg_();
        assertAll("mixed", Pooling.avgPool2d(mixed, 2).select(3, 0), 0);
    }

    /** Whole numbers are compared as such, also where float64 does not tell them apart. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 53, -(1L << 53) - 1, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void largestWholeNumbersAreExact(long number) {
        Tensor table = Tensor.of(new long[] {number, number + 1, number + 1, number, 0, 0})
                .reshape(3, 2);
        Tensor bag = Tensor.of(0, 1).reshape(1, 2);

        Tensor y = Embeddings.embeddingBag(bag, table, bags(Embeddings.Mode.MAX));

        assertThat(y.toLongArray()).containsExactly(number + 1, number + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void slopesOfWeightsComeBackFromBeyondTheRange(DataType type, double large) {
        double most = Tensor.of(DataType.DOUBLE, large).to(type).item();
        Tensor table = Tensor.of(DataType.DOUBLE, most, -most, 1, 2, 3, 4)
                .to(type)
                .reshape(2, 3)
                .requiresGrad(true);
        Tensor weights = Tensor.full(type, 0.5, 1, 2).requiresGrad(true);

        Tensor y = Embeddings.embeddingBag(
                Tensor.of(0, 1).reshape(1, 2), table, bags(Embeddings.Mode.SUM).withWeights(weights));
        y.backward(Tensor.full(type, 2, 1, 3));

        assertThat(weights.grad().toDoubleArray()[1]).isEqualTo(18);
        assertThat(weights.grad().toDoubleArray()[0]).isIn(0.0, 2.0); // 1 is lost where it is rounded off
        assertThat(table.grad().toDoubleArray()).containsOnly(1);
    }
}
