package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.Processors;

class StandardizeTest {

    private static final double EPS = 1e-5;
    private static final DataType[] TYPES = {DataType.FLOAT, DataType.DOUBLE};

    @AfterEach
    void restore() {
        Processors.restore();
    }

    /** Shapes, and the dims to standardize along. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments(new long[] {7, 1}, 1),
                arguments(new long[] {1013, 3}, 1),
                arguments(new long[] {4099, 10}, 1),
                arguments(new long[] {301, 96}, 1),
                arguments(new long[] {301, 97}, 1),
                arguments(new long[] {11, 2049}, 1),
                arguments(new long[] {11, 5000}, 1),
                arguments(new long[] {13, 3, 5, 2}, 2, 3),
                arguments(new long[] {2, 300_001}, 1),
                arguments(new long[] {300_001}, 0),
                arguments(new long[] {300_001, 1}, 0),
                arguments(new long[] {2, 1}, 0),
                arguments(new long[] {5, 3}, 0),
                arguments(new long[] {40_001, 10}, 0),
                arguments(new long[] {997, 97}, 0),
                arguments(new long[] {333, 1009}, 0),
                arguments(new long[] {7, 5000}, 0),
                arguments(new long[] {3, 5, 1}, 0, 2),
                arguments(new long[] {999, 7, 3}, 0, 2),
                arguments(new long[] {5, 70, 11, 13}, 0, 2, 3),
                arguments(new long[] {50, 3, 2, 2, 96}, 0, 2, 3, 4),
                arguments(new long[] {35, 3, 2049}, 0, 2),
                arguments(new long[] {3, 1, 5000}, 0, 2));
    }

    private static Arguments arguments(long[] shape, int... dims) {
        return Arguments.of(shape, dims);
    }

    private static double[] sample(int seed, double shift, long... shape) {
        return new Random(seed)
                .doubles(Shapes.numel("test", shape), shift - 3, shift + 3)
                .map(x -> (float) x)
                .toArray();
    }

    /** Returns the number of each element's group. */
    private static int[] groups(long[] shape, int[] dims) {
        long[] steps = ReductionLoop.targets(shape, dims);
        long[] strides = Shapes.strides(shape);
        return IntStream.range(0, (int) Shapes.numel("test", shape))
                .map(i -> (int) IntStream.range(0, shape.length)
                        .mapToLong(d -> i / strides[d] % shape[d] * steps[d])
                        .sum())
                .toArray();
    }

    private static double[] means(double[] x, int[] groups) {
        double[] means = new double[Arrays.stream(groups).max().orElseThrow() + 1];
        double size = (double) x.length / means.length;
        for (int i = 0; i < x.length; i++) {
            means[groups[i]] += x[i] / size;
        }
        return means;
    }

    private static double[] products(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).toArray();
    }

    private static void assertClose(INDArray actual, double[] expected, DataType type) {
        double[] values = Copy.toDoubles(actual);
        double most = type == DataType.FLOAT ? 1e-6 : 1e-11;
        double[] off = IntStream.range(0, expected.length)
                .filter(i -> !(Double.isNaN(values[i]) && Double.isNaN(expected[i])))
                .mapToDouble(i -> Math.abs(values[i] - expected[i]) / Math.max(1, Math.abs(expected[i])))
                .toArray();
        assertThat(Arrays.stream(off).max().orElse(0)).isLessThan(most);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isWhatPlainLoopsCompute(long[] shape, int[] dims) {
        int[] groups = groups(shape, dims);
        double[] g = sample(1, 0, shape);
        for (double shift : new double[] {0, 1000}) {
            double[] x = sample(0, shift, shape);
            for (boolean centered : new boolean[] {true, false}) {
                double[] mean = centered ? means(x, groups) : new double[x.length];
                double[] off = IntStream.range(0, x.length)
                        .mapToDouble(i -> x[i] - mean[groups[i]])
                        .toArray();
                double[] variance = means(products(off, off), groups);
                double[] scale =
                        Arrays.stream(variance).map(v -> 1 / Math.sqrt(v + EPS)).toArray();
                for (DataType type : TYPES) {
                    Standardize.Standardized found =
                            Standardize.standardize(Copy.of(type, x, shape), dims, EPS, centered);

                    assertClose(found.mean(), Arrays.copyOf(mean, scale.length), type);
                    assertClose(found.variance(), variance, type);
                    assertClose(found.scale(), scale, type);
                    double[] y = IntStream.range(0, x.length)
                            .mapToDouble(i -> off[i] * scale[groups[i]])
                            .toArray();
                    assertClose(found.values(), y, type);

                    INDArray back = Standardize.backward(
                            Copy.of(type, g, shape), found.values(), found.scale(), dims, centered);

                    double[] rounded = Copy.toDoubles(found.values());
                    double[] factor = Copy.toDoubles(found.scale());
                    double[] ofG = centered ? means(g, groups) : new double[x.length];
                    double[] slope = means(products(g, rounded), groups);
                    double[] expected = IntStream.range(0, x.length)
                            .mapToDouble(
                                    i -> factor[groups[i]] * (g[i] - ofG[groups[i]] - rounded[i] * slope[groups[i]]))
                            .toArray();
                    assertClose(back, expected, type);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bitsDoNotDependOnThreads(long[] shape, int[] dims) {
        for (DataType type : TYPES) {
            INDArray x = Copy.of(type, sample(0, 5, shape), shape);
            INDArray g = Copy.of(type, sample(1, 0, shape), shape);
            Processors.set(1);
            Standardize.Standardized alone = Standardize.standardize(x, dims, EPS, true);
            INDArray back = Standardize.backward(g, alone.values(), alone.scale(), dims, true);
            for (int processors : new int[] {2, 3, 8}) {
                Processors.set(processors);

                Standardize.Standardized found = Standardize.standardize(x, dims, EPS, true);

                assertSame(found.values(), alone.values());
                assertSame(found.mean(), alone.mean());
                assertSame(found.scale(), alone.scale());
                assertSame(Standardize.backward(g, alone.values(), alone.scale(), dims, true), back);
            }
        }
    }

    private static void assertSame(INDArray actual, INDArray expected) {
        assertSame(Copy.toDoubles(actual), Copy.toDoubles(expected));
    }

    /** Unlike AssertJ's comparison, this one is over soon where many elements differ. */
    private static void assertSame(double[] actual, double[] expected) {
        int at = Arrays.mismatch(actual, expected);

        assertThat(at)
                .as(() -> "where %s is not %s".formatted(actual[at], expected[at]))
                .isNegative();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void stridesDoNotMatter(long[] shape, int[] dims) {
        for (DataType type : TYPES) {
            INDArray x = Copy.of(type, sample(0, 1, shape), shape);
            INDArray g = Copy.of(type, sample(1, 0, shape), shape);
            Standardize.Standardized found = Standardize.standardize(x, dims, EPS, true);

            Standardize.Standardized other = Standardize.standardize(backwards(x), dims, EPS, true);

            assertSame(other.values(), found.values());
            assertSame(
                    Standardize.backward(backwards(g), backwards(found.values()), found.scale(), dims, true),
                    Standardize.backward(g, found.values(), found.scale(), dims, true));
        }
    }

    /** Returns an equal array whose last dim is the outermost in memory. */
    private static INDArray backwards(INDArray x) {
        int[] dims = IntStream.range(0, x.rank()).map(d -> x.rank() - 1 - d).toArray();
        return Views.permute(Copy.copy(Views.permute(x, dims)), dims);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsNotFiniteStaysInItsGroup(long[] shape, int[] dims) {
        int[] groups = groups(shape, dims);
        int wrong = groups[groups.length / 2];
        IntPredicate isOther = i -> groups[i] != wrong;
        double[] clean = sample(0, 1, shape);
        for (DataType type : TYPES) {
            Standardize.Standardized expected = Standardize.standardize(Copy.of(type, clean, shape), dims, EPS, true);
            INDArray g = Copy.of(type, sample(1, 0, shape), shape);
            INDArray ofClean = Standardize.backward(g, expected.values(), expected.scale(), dims, true);
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                double[] x = clean.clone();
                x[groups.length / 2] = value;

                Standardize.Standardized found = Standardize.standardize(Copy.of(type, x, shape), dims, EPS, true);
                INDArray back = Standardize.backward(g, found.values(), found.scale(), dims, true);

                assertSame(only(found.values(), isOther), only(expected.values(), isOther));
                assertSame(only(back, isOther), only(ofClean, isOther));
                assertThat(Arrays.stream(only(found.values(), isOther.negate())))
                        .allMatch(v -> v.isNaN());
                assertThat(Arrays.stream(only(back, isOther.negate()))).allMatch(v -> v.isNaN());
            }
        }
    }

    private static double[] only(INDArray x, IntPredicate which) {
        double[] values = Copy.toDoubles(x);
        return IntStream.range(0, values.length)
                .filter(which)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void squaresMayLeaveTheRange(long[] shape, int[] dims) {
        double[] x = sample(0, 1, shape);
        INDArray expected = Standardize.standardize(Copy.of(DataType.DOUBLE, x, shape), dims, 0, true)
                .values();
        for (double factor : new double[] {0x1p1000, 0x1p-1000}) {
            INDArray scaled = Copy.of(
                    DataType.DOUBLE, Arrays.stream(x).map(v -> v * factor).toArray(), shape);

            Standardize.Standardized found = Standardize.standardize(scaled, dims, 0, true);

            assertClose(found.values(), Copy.toDoubles(expected), DataType.DOUBLE);
        }
    }

    @Test
    void dimsBetweenOthersAreRefused() {
        INDArray x = Copy.of(DataType.FLOAT, new double[8], 2, 2, 2);

        assertThatThrownBy(() -> Standardize.standardize(x, new int[] {1}, EPS, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("standardize: expected dims to keep that are neighbors; got others than (1) of (2, 2, 2)."
                        + " Permute the array.");
    }
}
