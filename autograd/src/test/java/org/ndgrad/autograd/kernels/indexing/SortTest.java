package org.ndgrad.autograd.kernels.indexing;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;

/** Orders against Java's own stable sort, for rows with ties, NaN, infinities and both zeros. */
class SortTest {

    private static final double[] SPECIAL = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 0};

    static Stream<double[]> rows() {
        return IntStream.of(1, 2, 15, 16, 17, 33, 64, 1000, 3000).mapToObj(SortTest::row);
    }

    private static double[] row(int count) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToDouble(i -> random.nextInt(8) == 0
                        ? SPECIAL[random.nextInt(SPECIAL.length)]
                        : random.nextInt(count / 2 + 1) - count / 4.0)
                .toArray();
    }

    private static long[] expected(double[] row, boolean descending) {
        Comparator<Integer> order = comparingDouble(i -> row[i] + 0.0);
        return IntStream.range(0, row.length)
                .boxed()
                .sorted(descending ? order.reversed() : order)
                .mapToLong(Integer::longValue)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void positionsAreThoseOfAStableSort(double[] row) {
        INDArray x = Copy.of(DataType.DOUBLE, row, row.length);
        for (boolean descending : new boolean[] {false, true}) {
            long[] order = expected(row, descending);

            assertThat(Copy.toLongs(Sort.first(x, 0, row.length, descending))).isEqualTo(order);
            for (int count : new int[] {1, row.length / 5, row.length / 2}) {
                assertThat(Copy.toLongs(Sort.first(x, 0, count, descending))).isEqualTo(Arrays.copyOf(order, count));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG", "HALF", "INT"})
    void theFirstFewOfManyAreThoseOfAStableSort(DataType type) {
        double[] row = row(5000);
        INDArray x = Copy.cast(Copy.of(DataType.DOUBLE, row, row.length), type);
        double[] held = Copy.toDoubles(x);
        for (boolean descending : new boolean[] {false, true}) {
            long[] order = expected(held, descending);
            for (int count : new int[] {1, 5, 64, 65, 300, 1000, 2000, row.length}) {
                assertThat(Copy.toLongs(Sort.first(x, 0, count, descending))).isEqualTo(Arrays.copyOf(order, count));
            }
        }
        long[] order = expected(held, false);
        for (int k : new int[] {1, 7, 2500, 5000}) {
            assertThat(Copy.toLongs(Sort.kth(x, 0, k))).containsExactly(order[k - 1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 5000})
    void numbersThatDifferInTheirLastBitsOnlyAreOrderedBesideFarOnes(int count) {
        Random random = new Random(count);
        double[] row = IntStream.range(0, count)
                .mapToDouble(i -> 1 + random.nextInt(count) * 0x1p-52)
                .toArray();
        row[count / 2] = -1e300;
        row[count / 3] = 1e300;
        INDArray x = Copy.of(DataType.DOUBLE, row, count);
        for (boolean descending : new boolean[] {false, true}) {
            assertThat(Copy.toLongs(Sort.first(x, 0, count, descending))).isEqualTo(expected(row, descending));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachPlaceIsFoundWithoutSorting(double[] row) {
        INDArray x = Copy.of(DataType.DOUBLE, row, row.length);
        long[] order = expected(row, false);
        for (int k = 1; k <= row.length; k += 1 + row.length / 20) {
            assertThat(Copy.toLongs(Sort.kth(x, 0, k))).containsExactly(order[k - 1]);
        }
    }

    @Test
    void wholeNumbersBeyondThePrecisionOfDoublesAreOrdered() {
        INDArray x = Copy.of(DataType.INT64, new long[] {1L << 60 | 1, 1L << 60, Long.MIN_VALUE, -1}, 4);

        assertThat(Copy.toLongs(Sort.first(x, 0, 4, false))).containsExactly(2, 3, 1, 0);
        assertThat(Copy.toLongs(Sort.first(x, 0, 4, true))).containsExactly(0, 1, 3, 2);
    }

    @Test
    void rowsOfViewsAreSortedAlongTheirDim() {
        INDArray x = Copy.of(DataType.FLOAT, new double[] {3, 1, 2, 0, 5, 4}, 2, 3);

        assertThat(Copy.toLongs(Sort.first(Views.permute(x, new int[] {1, 0}), 0, 3, false)))
                .containsExactly(1, 0, 2, 2, 0, 1);
        assertThat(Copy.toLongs(Sort.first(x, 0, 2, false))).containsExactly(1, 0, 0, 0, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLowerMedianIsTheFirstNanUnlessItIsSkipped(boolean skipNan) {
        double nan = Double.NaN;
        INDArray x = Copy.of(DataType.DOUBLE, new double[] {4, nan, 1, 3, 2, nan, nan, nan, nan, nan, 7, 7}, 3, 4);

        assertThat(Copy.toLongs(Sort.median(x, 1, skipNan)))
                .containsExactly(skipNan ? 3 : 1, skipNan ? 0 : 1, skipNan ? 2 : 0);
    }

    @Test
    void theModeIsTheSmallestMostFrequentElementWhereItWasLast() {
        INDArray x = Copy.of(DataType.DOUBLE, new double[] {3, 1, 1, 3, 1, 3, 5, 4, 6, 9, 8, 7}, 2, 6);

        assertThat(Copy.toLongs(Sort.mode(x, 1))).containsExactly(4, 1);
    }
}
