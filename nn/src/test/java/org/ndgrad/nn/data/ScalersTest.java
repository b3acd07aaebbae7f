package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Streams;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

class ScalersTest {

    private static final Tensor TRAIN = Tensor.of(DataType.DOUBLE, new double[][] {{1, 10, 5}, {3, 20, 5}, {5, 60, 5}});

    @Test
    void standardizedFeaturesHaveMeanZeroAndDeviationOne() {
        Tensor x = Tensor.randn(DataType.FLOAT, new Rng(0), 1000, 3).mul(4).add(100);

        Tensor y = Standardizer.fit(x).transform(x);

        assertThat(y.dtype()).isEqualTo(DataType.FLOAT);
        assertThat(DoubleStream.of(y.mean(0).toDoubleArray())).allMatch(mean -> Math.abs(mean) < 1e-4);
        assertThat(DoubleStream.of(y.square().mean(0).toDoubleArray())).allMatch(square -> Math.abs(square - 1) < 1e-4);
    }

    @Test
    void standardizerRemembersTheTrainingData() {
        Standardizer standardizer = Standardizer.fit(TRAIN);

        assertThat(standardizer.mean().toDoubleArray()).containsExactly(3, 30, 5);
        assertThat(standardizer.deviation().toDoubleArray()[0]).isEqualTo(Math.sqrt(8.0 / 3), within(1e-15));
        Tensor test = Tensor.of(DataType.DOUBLE, new double[][] {{3, 30, 7}});
        assertThat(standardizer.transform(test).toDoubleArray()).containsExactly(0, 0, 2);
        assertThat(standardizer).hasToString("Standardizer(features=(3))");
    }

    @Test
    void constantFeaturesAreOnlyShifted() {
        Tensor x = Tensor.full(DataType.FLOAT, 0.1, 1001, 2);

        Tensor y = Standardizer.fit(x).transform(x);

        assertThat(DoubleStream.of(y.toDoubleArray())).allMatch(value -> Math.abs(value) < 1e-6);
        assertThat(MinMaxScaler.fit(x).transform(x).toDoubleArray()).containsOnly(0);
    }

    @Test
    void minMaxMapsTheTrainingDataToTheUnitInterval() {
        MinMaxScaler scaler = MinMaxScaler.fit(TRAIN);

        assertThat(scaler.transform(TRAIN).toDoubleArray()).containsExactly(0, 0, 0, 0.5, 0.2, 0, 1, 1, 0);
    }

    @Test
    void inverseUndoesTransform() {
        Standardizer standardizer = Standardizer.fit(TRAIN);
        MinMaxScaler scaler = MinMaxScaler.fit(TRAIN);
        double[] expected = TRAIN.toDoubleArray();

        Golden.assertClose(standardizer.inverse(standardizer.transform(TRAIN)).toDoubleArray(), expected, 1e-14);
        Golden.assertClose(scaler.inverse(scaler.transform(TRAIN)).toDoubleArray(), expected, 1e-14);
    }

    @Test
    void integersBecomeFloats() {
        Tensor x = Tensor.of(new int[][] {{0}, {2}});

        assertThat(Standardizer.fit(x).transform(x).toDoubleArray()).containsExactly(-1, 1);
        assertThat(Standardizer.fit(x).transform(x).dtype()).isEqualTo(DataType.FLOAT);
    }

    /** Evenly spaced numbers near an offset, as values of a dtype that holds them. */
    static Stream<Arguments> evenlySpaced() {
        Stream<Arguments> times = LongStream.of(
                        0,
                        1_700_000_000L,
                        -1_700_000_000_000L,
                        1L << 53,
                        1_700_000_000_000_000_000L,
                        Long.MAX_VALUE - 3)
                .mapToObj(from -> Arguments.of(from, Tensor.of(from, from + 1, from + 2, from + 3)));
        double[][] fractions = {
            {1_700_000_000.0, 1e-3},
            {-1e15, 0.125},
            {1e300, 1e290},
            {0, 1e-300},
            {0, Double.MIN_VALUE},
            {-1.5e308, 1e308}
        };
        Stream<Arguments> doubles = Stream.of(fractions)
                .map(f -> Arguments.of(
                        f[0] + " by " + f[1],
                        Tensor.of(DataType.DOUBLE, f[0], f[0] + f[1], f[0] + f[1] + f[1], f[0] + f[1] + f[1] + f[1])));
        Stream<Arguments> narrow = Stream.of(
                Arguments.of(
                        "int32",
                        Tensor.of(2147483644, 2147483645, 2147483646, 2147483647)
                                .to(DataType.INT32)),
                Arguments.of("int16", Tensor.of(-32768, -32767, -32766, -32765).to(DataType.INT16)),
                Arguments.of("int8", Tensor.of(124, 125, 126, 127).to(DataType.INT8)),
                Arguments.of("uint8", Tensor.of(252, 253, 254, 255).to(DataType.UINT8)),
                Arguments.of("float32", Tensor.of(DataType.FLOAT, 16777216, 16777218, 16777220, 16777222)),
                Arguments.of("float32, large", Tensor.of(DataType.FLOAT, -3e38, -1e38, 1e38, 3e38)),
                Arguments.of("float32, tiny", Tensor.of(DataType.FLOAT, 0, 0x1p-149, 0x1p-148, 3 * 0x1p-149)),
                Arguments.of("float16", Tensor.of(DataType.FLOAT16, -60000, -20000, 20000, 60000)),
                Arguments.of("float16, near", Tensor.of(DataType.FLOAT16, 2048, 2050, 2052, 2054)),
                Arguments.of("bfloat16", Tensor.of(DataType.BFLOAT16, 256, 258, 260, 262)));
        return Streams.concat(times, doubles, narrow);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evenlySpaced")
    void offsetsAndRangesDoNotMatter(Object name, Tensor spaced) {
        Tensor x = spaced.reshape(4, 1);
        double error = x.dtype() == DataType.DOUBLE
                ? 1e-3
                : x.dtype().width() == 2 && x.dtype().isFPType() ? 4e-3 : 1e-7;

        Tensor standard = Standardizer.fit(x).transform(x);
        Tensor unit = MinMaxScaler.fit(x).transform(x);

        double third = Math.sqrt(0.2);
        Golden.assertClose(standard.toDoubleArray(), new double[] {-3 * third, -third, third, 3 * third}, 2 * error);
        Golden.assertClose(unit.toDoubleArray(), new double[] {0, 1 / 3.0, 2 / 3.0, 1}, error);
        assertThat(unit.toDoubleArray()[0]).isZero();
        assertThat(unit.toDoubleArray()[3]).isOne();
        assertThat(unit.dtype()).isEqualTo(x.dtype().isFPType() ? x.dtype() : DataType.FLOAT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evenlySpaced")
    void inverseUndoesTransformOrSaysThatItCannot(Object name, Tensor spaced) {
        Tensor x = spaced.reshape(4, 1);
        Standardizer standardizer = Standardizer.fit(x);
        MinMaxScaler scaler = MinMaxScaler.fit(x);
        double[] expected = x.toDoubleArray();
        double range = expected[3] / 4 - expected[0] / 4;
        if (x.dtype() == DataType.INT64 && Math.ulp(expected[3]) > 1) {
            assertThatThrownBy(() -> standardizer.inverse(standardizer.transform(x)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Standardizer.inverse: expected numbers that float64 tells apart; got integers beyond "
                            + "2^53 that are close together, in feature 0 of those it was fitted on. "
                            + "Subtract a constant from them before fit.");
            return;
        }

        double[] standard = standardizer.inverse(standardizer.transform(x)).toDoubleArray();
        double[] unit = scaler.inverse(scaler.transform(x)).toDoubleArray();

        for (int i = 0; i < 4; i++) {
            assertThat(standard[i] / 4).isEqualTo(expected[i] / 4, within(4e-3 * range));
            assertThat(unit[i] / 4).isEqualTo(expected[i] / 4, within(4e-3 * range));
        }
    }

    @Test
    void inverseIsAsWideAsTheDataItWasFittedOn() {
        Tensor y = Tensor.zeros(DataType.FLOAT16, 1, 1);

        assertThat(inverseOf(y, DataType.FLOAT16)).isEqualTo(DataType.FLOAT16);
        assertThat(inverseOf(y, DataType.BFLOAT16)).isEqualTo(DataType.FLOAT);
        assertThat(inverseOf(y, DataType.UINT8)).isEqualTo(DataType.FLOAT);
        assertThat(inverseOf(y, DataType.FLOAT)).isEqualTo(DataType.FLOAT);
        assertThat(inverseOf(y, DataType.INT32)).isEqualTo(DataType.DOUBLE);
        assertThat(inverseOf(y, DataType.INT64)).isEqualTo(DataType.DOUBLE);
        assertThat(inverseOf(y.to(DataType.FLOAT), DataType.FLOAT16)).isEqualTo(DataType.FLOAT);
        assertThat(inverseOf(y.to(DataType.INT64), DataType.FLOAT)).isEqualTo(DataType.FLOAT);
    }

    private static DataType inverseOf(Tensor y, DataType fitted) {
        return Standardizer.fit(Tensor.of(fitted, 1, 2).reshape(2, 1))
                .inverse(y)
                .dtype();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 14.62, 0.1, 1e300, 1e-300, Double.MIN_VALUE, 1.7e308, 1e8, 123456789.123})
    void constantColumnsAreOnlyShifted(double value) {
        Tensor x = Tensor.full(DataType.DOUBLE, value, 1000, 1);

        assertThat(Standardizer.fit(x).transform(x).toDoubleArray()).containsOnly(0);
        assertThat(Standardizer.fit(x).mean().item()).isEqualTo(value);
        assertThat(Standardizer.fit(x).deviation().item()).isOne();
        assertThat(MinMaxScaler.fit(x).transform(x).toDoubleArray()).containsOnly(0);
        assertThat(Standardizer.fit(x)
                        .inverse(Tensor.zeros(DataType.DOUBLE, 1, 1))
                        .item())
                .isEqualTo(value);
    }

    @Test
    void roundingErrorsAreNoDeviationButIntegersAreExact() {
        Tensor rounded = Tensor.of(DataType.DOUBLE, 0.3, 0.1 + 0.2).reshape(2, 1);
        Tensor exact = Tensor.of(DataType.DOUBLE, 0x1p53, 0x1p53 + 2).reshape(2, 1);

        assertThat(Standardizer.fit(rounded).deviation().item()).isOne();
        assertThat(Standardizer.fit(exact).transform(exact).toDoubleArray()).containsExactly(-1, 1);
    }

    /** Far outliers of the dtypes that hold them, below and above the numbers from 1 to 6. */
    static Stream<Arguments> outliers() {
        Stream<Arguments> fractions = DoubleStream.of(1e9, 1e17, 1e300, 1.7e308)
                .mapToObj(far -> Arguments.of(DataType.DOUBLE, Tensor.of(DataType.DOUBLE, -far, far)));
        return Stream.concat(
                fractions,
                Stream.of(
                        Arguments.of(DataType.FLOAT, Tensor.of(DataType.FLOAT, -1e20, 3e38)),
                        Arguments.of(DataType.FLOAT16, Tensor.of(DataType.FLOAT16, -60000, 60000)),
                        Arguments.of(DataType.BFLOAT16, Tensor.of(DataType.BFLOAT16, -3e38, 3e38)),
                        Arguments.of(DataType.INT64, Tensor.of(Long.MIN_VALUE, Long.MAX_VALUE)),
                        Arguments.of(DataType.INT64, Tensor.of(-1L << 54, 1L << 54)),
                        Arguments.of(DataType.INT32, Tensor.of(Integer.MIN_VALUE, Integer.MAX_VALUE))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("outliers")
    void robustScalersDoNotSeeOutliers(DataType dtype, Tensor far) {
        Tensor near = Tensor.of(1, 2, 3, 4, 5, 6).to(dtype).reshape(6, 1);
        double error = dtype == DataType.DOUBLE ? 1e-15 : dtype.isFPType() && dtype.width() == 2 ? 4e-3 : 1e-7;
        for (int i = 0; i < 2; i++) {
            Tensor x = Functions.cat(far.to(dtype).slice(0, i, i + 1).reshape(1, 1), near);
            double median = i == 0 ? 3 : 4; // with the outlier below, 1.5 and 4.5 are the quartiles, else 2.5 and 5.5

            RobustScaler scaler = RobustScaler.fit(x);
            Tensor y = scaler.transform(near);

            Golden.assertClose(
                    y.toDoubleArray(),
                    DoubleStream.of(1, 2, 3, 4, 5, 6).map(v -> (v - median) / 3).toArray(),
                    error);
            Golden.assertClose(scaler.inverse(y).toDoubleArray(), near.toDoubleArray(), 6 * error);
        }
    }

    @Test
    void robustScalersKeepLargeOffsets() {
        Tensor times = Tensor.arange(DataType.DOUBLE, 0, 9).mul(0.125).add(1.7e12);
        Tensor x = Functions.cat(Tensor.full(DataType.DOUBLE, -1e17, 1), times, Tensor.full(DataType.DOUBLE, 1e17, 1));

        Tensor y = RobustScaler.fit(x).transform(times);

        Golden.assertClose(
                y.toDoubleArray(),
                IntStream.range(0, 9).mapToDouble(i -> (i - 4) / 5.0).toArray(),
                1e-15);
    }

    @Test
    void featuresOfVeryDifferentSizesAreScaledEachByItself() {
        Tensor x =
                Tensor.of(DataType.DOUBLE, new double[][] {{0x1p-997, -1.7e308, 7, 1e9}, {0x3p-997, 1.7e308, 7, 1e9 + 1}
                });

        assertThat(Standardizer.fit(x).transform(x).toDoubleArray()).containsExactly(-1, -1, 0, -1, 1, 1, 0, 1);
        assertThat(MinMaxScaler.fit(x).transform(x).toDoubleArray()).containsExactly(0, 0, 0, 0, 1, 1, 0, 1);
        assertThat(Standardizer.fit(x).deviation().toDoubleArray()).containsExactly(0x1p-997, 1.7e308, 1, 0.5);
    }

    @Test
    void whatCannotBeRepresentedIsRefused() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Tensor x = Tensor.of(new double[][] {{1, 2}, {3, wrong}});
            assertThatThrownBy(() -> Standardizer.fit(x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Standardizer: expected finite numbers to fit; got " + wrong
                            + " in feature 1. Drop such samples, or replace them.");
            assertThatThrownBy(() -> MinMaxScaler.fit(x)).isInstanceOf(IllegalArgumentException.class);
        }
        MinMaxScaler tiny = MinMaxScaler.fit(Tensor.of(DataType.FLOAT, 0, 1e-3).reshape(2, 1));
        assertThatThrownBy(
                        () -> tiny.transform(Tensor.of(DataType.FLOAT16, 60000).reshape(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MinMaxScaler: expected numbers whose results float16 can hold; got one whose result "
                        + "overflows. Convert them to a wider dtype, or fit on numbers of their size.");
        MinMaxScaler large =
                MinMaxScaler.fit(Tensor.of(DataType.FLOAT16, -60000, 60000).reshape(2, 1));
        assertThatThrownBy(() -> large.inverse(Tensor.of(DataType.FLOAT16, 2).reshape(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        Tensor missing = Tensor.of(Double.NaN, Double.POSITIVE_INFINITY).reshape(2, 1);
        assertThat(tiny.transform(missing).toDoubleArray()).containsExactly(Double.NaN, Double.POSITIVE_INFINITY);
    }

    @Test
    void gradientsPassThrough() {
        Tensor x = Tensor.of(DataType.FLOAT, new double[][] {{1, 10}}).requiresGrad(true);
        MinMaxScaler scaler = MinMaxScaler.fit(Tensor.of(DataType.FLOAT, new double[][] {{0, 0}, {4, 8}}));

        scaler.transform(x).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(0.25, 0.125);
    }

    @Test
    void otherShapesAreScaledAlike() {
        Tensor vector = Tensor.of(DataType.DOUBLE, 1, 2, 3);
        Tensor pictures = Tensor.arange(24).reshape(2, 3, 4);

        assertThat(MinMaxScaler.fit(vector).transform(vector).toDoubleArray()).containsExactly(0, 0.5, 1);
        assertThat(Standardizer.fit(vector).mean().item()).isEqualTo(2);
        assertThat(Standardizer.fit(pictures).transform(pictures).toDoubleArray())
                .containsOnly(-1, 1);
        assertThat(MinMaxScaler.fit(pictures).transform(Tensor.zeros(0, 3, 4)).shape())
                .containsExactly(0, 3, 4);
        assertThat(MinMaxScaler.fit(Tensor.zeros(2, 0))
                        .transform(Tensor.zeros(5, 0))
                        .shape())
                .containsExactly(5, 0);
    }

    @Test
    void otherFeaturesAreRefused() {
        assertThatThrownBy(() -> Standardizer.fit(TRAIN).transform(Tensor.zeros(2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Standardizer: expected features like those it was fitted on, with (3) after the first "
                        + "dimension; got (2, 4). Fit another one on these.");
        assertThatThrownBy(() -> MinMaxScaler.fit(Tensor.zeros(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "MinMaxScaler: expected at least one sample, shape (N, *); got (0, 3). Give some, in the first dimension.");
    }
}
