package org.ndgrad.autograd.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Gather;
import org.ndgrad.autograd.kernels.indexing.Sort;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.reduction.Reduce;
import org.ndgrad.autograd.kernels.reduction.Scan;

/** What is done to many rows at a time, or from far apart in memory, is the same as what is done to one row. */
class LongWaysTest {

    private static final int ROWS = 130;
    private static final int COLUMNS = 1100; // more than a block

    private static final double[] SPECIAL = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 0};

    /** Numbers of all sizes, whose products and sums leave the range; some columns are plain, some not finite. */
    private static INDArray matrix(DataType type) {
        Random random = new Random(5);
        double[] values = new double[ROWS * COLUMNS];
        Arrays.setAll(values, i -> {
            int column = i % COLUMNS;
            double plain = random.nextInt(9) - 4 + (column % 2 == 0 ? 0.5 : 0);
            boolean isSpecial = column % 7 == 0 && random.nextInt(40) == 0;
            double far = column % 5 == 0 ? Math.pow(2, random.nextInt(1800) - 900) : 1;
            return isSpecial ? SPECIAL[random.nextInt(SPECIAL.length)] : plain * far;
        });
        return Copy.cast(Copy.of(DataType.DOUBLE, values, ROWS, COLUMNS), type);
    }

    private static INDArray column(INDArray x, int number) {
        return Copy.copy(Views.select(x, 1, number));
    }

    private static void assertAlongDim0(INDArray x, Function<INDArray, INDArray> alongDim0) {
        INDArray together = alongDim0.apply(x);
        for (int i = 0; i < COLUMNS; i += 13) {
            double[] alone = Copy.toDoubles(alongDim0.apply(column(x, i)));
            assertThat(Copy.toDoubles(column(together, i))).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG", "INT"})
    void runningResultsOfColumns(DataType type) {
        INDArray x = matrix(type);

        assertAlongDim0(x, v -> Scan.sum(v, 0, false));
        assertAlongDim0(x, v -> Scan.sum(v, 0, true));
        assertAlongDim0(x, v -> Scan.prod(v, 0));
        assertAlongDim0(x, v -> Scan.argmax(v, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG", "INT"})
    void recordsOfColumns(DataType type) {
        INDArray x = matrix(type);

        assertAlongDim0(x, v -> Reduce.argmax("argmax", v, 0, true));
        assertAlongDim0(x, v -> Reduce.argmin("argmin", v, 0, true));
        assertAlongDim0(x, v -> Reduce.max("amax", v, new int[] {0}, true));
        assertAlongDim0(x, v -> Reduce.min("amin", v, new int[] {0}, true));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"LONG", "INT", "BOOL"})
    void wholeNumbersOfColumns(DataType type) {
        INDArray x = matrix(type);

        assertAlongDim0(x, v -> Reduce.sum(v, new int[] {0}, true));
        assertAlongDim0(x, v -> Reduce.prod(v, new int[] {0}, true));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG"})
    void selectionsOfColumns(DataType type) {
        INDArray x = matrix(type);

        assertAlongDim0(x, v -> Sort.first(v, 0, ROWS, true));
        assertAlongDim0(x, v -> Sort.first(v, 0, 3, false));
        assertAlongDim0(x, v -> Sort.median(v, 0, true));
        assertAlongDim0(x, v -> Sort.mode(v, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG", "INT", "HALF", "BOOL"})
    void copiesAlongStrides(DataType type) {
        INDArray x = matrix(type);
        double[] all = Copy.toDoubles(x);

        double[] turned = Copy.toDoubles(Copy.copy(Views.permute(x, new int[] {1, 0})));
        assertThat(turned).isEqualTo(picked(COLUMNS * ROWS, i -> all[i % ROWS * COLUMNS + i / ROWS]));
        double[] twice = Copy.toDoubles(Copy.copy(Views.expand(
                "expand", Views.reshape(x, new long[] {ROWS, COLUMNS, 1}), new long[] {ROWS, COLUMNS, 2})));
        assertThat(twice).isEqualTo(picked(2 * COLUMNS * ROWS, i -> all[i / 2]));
        double[] odd = Copy.toDoubles(Copy.copy(Views.slice(x, 1, 1, COLUMNS / 2, 2)));
        int half = COLUMNS / 2;
        assertThat(odd).isEqualTo(picked(half * ROWS, i -> all[i / half * COLUMNS + 2 * (i % half) + 1]));
        double[] flipped = Copy.toDoubles(Views.flip(x, new int[] {0, 1}));
        assertThat(flipped).isEqualTo(picked(COLUMNS * ROWS, i -> all[all.length - 1 - i]));
        double[] lower = Copy.toDoubles(Views.band(x, Long.MIN_VALUE, 3));
        assertThat(lower).isEqualTo(picked(COLUMNS * ROWS, i -> i % COLUMNS - i / COLUMNS <= 3 ? all[i] : 0));
        double[] upper = Copy.toDoubles(Views.band(Views.permute(x, new int[] {1, 0}), -2, Long.MAX_VALUE));
        assertThat(upper).isEqualTo(picked(COLUMNS * ROWS, i -> i % ROWS - i / ROWS >= -2 ? turned[i] : 0));
    }

    private static double[] picked(int count, IntToDoubleFunction element) {
        return IntStream.range(0, count).mapToDouble(element).toArray();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "LONG", "BOOL"})
    void positionsOfWhatIsNotZero(DataType type) {
        INDArray x = Views.permute(matrix(type), new int[] {1, 0});
        double[] all = Copy.toDoubles(x);
        long[] expected = IntStream.range(0, all.length)
                .filter(i -> all[i] != 0)
                .mapToLong(i -> i)
                .toArray();

        INDArray positions = Gather.nonzero(x);

        assertThat(Copy.toLongs(positions)).isEqualTo(expected);
        assertThat(Copy.toLongs(Gather.coordinates(positions, new long[] {11, 100, ROWS})))
                .isEqualTo(Arrays.stream(expected)
                        .flatMap(p -> Arrays.stream(new long[] {p / (100 * ROWS), p / ROWS % 100, p % ROWS}))
                        .toArray());
    }
}
