package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

class ReduceTest {

    private static final int[] FIRST = {0};
    private static final int[] LAST = {1};
    private static final double NAN = Double.NaN;

    private static INDArray vector(double... values) {
        return Copy.of(DataType.DOUBLE, values, values.length);
    }

    private static double value(INDArray scalar) {
        assertThat(scalar.rank()).isZero();
        return Copy.toDoubles(scalar)[0];
    }

    @Test
    void tenMillionFloatsAreSummedToTheLastDigit() {
        INDArray x = Fill.filled(DataType.FLOAT, 0.1, 10_000_000);

        assertThat(value(Reduce.sum(x, FIRST, false))).isEqualTo((float) (10_000_000 * (double) 0.1f));
    }

    @Test
    void tenMillionRandomFloatsAreSummedWithinAMillionth() {
        INDArray x = Memory.allocate(DataType.FLOAT, 10_000_000);
        Random random = new Random(0);
        Elements elements = Elements.into(x);
        double exact = 0;
        for (int i = 0; i < 10_000_000; i++) {
            float value = random.nextFloat() * (i % 3 == 0 ? 1000 : 1);
            elements.set(i, value);
            exact += value;
        }

        assertThat(value(Reduce.sum(x, FIRST, false))).isCloseTo(exact, within(1e-6 * exact));
    }

    @Test
    void longRowsAndLongColumnsAreSummedAsWell() {
        INDArray x = Fill.filled(DataType.FLOAT, 0.1, 4, 1_000_000);
        float exact = (float) (1_000_000 * (double) 0.1f);

        assertThat(Copy.toDoubles(Reduce.sum(x, LAST, false))).containsOnly(exact);
        assertThat(Copy.toDoubles(Reduce.sum(Views.permute(x, new int[] {1, 0}), FIRST, true)))
                .containsOnly(exact);
        assertThat(Copy.toDoubles(Reduce.sum(x, new int[] {0, 1}, false)))
                .containsOnly((float) (4.0 * 1_000_000 * 0.1f));
    }

    @Test
    void cancellationInFloat64IsSummedInHalves() {
        INDArray x = Memory.allocate(DataType.DOUBLE, 1 << 20);
        Elements elements = Elements.into(x);
        for (int i = 0; i < 1 << 20; i++) {
            elements.set(i, 0.1);
        }

        assertThat(value(Reduce.sum(x, FIRST, false))).isCloseTo((1 << 20) * 0.1, within(1e-9));
    }

    @Test
    void halvesAreSummedWiderThanTheyAreStored() {
        INDArray x = Fill.filled(DataType.FLOAT16, 1, 10_000);

        assertThat(value(Reduce.sum(x, FIRST, false))).isEqualTo(10_000);
    }

    @Test
    void wholeNumbersAndBooleansAreCountedInInt64() {
        INDArray bytes = Fill.filled(DataType.INT8, 100, 1000);
        INDArray truths = Fill.filled(DataType.BOOL, 1, 1000);

        assertThat(Reduce.sum(bytes, FIRST, false).dataType()).isEqualTo(DataType.INT64);
        assertThat(value(Reduce.sum(bytes, FIRST, false))).isEqualTo(100_000);
        assertThat(value(Reduce.sum(truths, FIRST, false))).isEqualTo(1000);
        assertThat(Reduce.prod(truths, FIRST, false).dataType()).isEqualTo(DataType.INT64);
    }

    @Test
    void bigWholeNumbersAreExact() {
        INDArray x = Copy.of(DataType.INT64, new long[] {1L << 53, 1, 1L << 53}, 3);

        assertThat(Copy.toLongs(Reduce.sum(x, FIRST, false))).containsExactly((1L << 54) + 1);
        assertThat(Copy.toLongs(Reduce.max("max", x, FIRST, false))).containsExactly(1L << 53);
    }

    @Test
    void positionsOfBigWholeNumbersAreExact() {
        INDArray x = Copy.of(DataType.INT64, new long[] {1L << 53, (1L << 53) + 1, 5}, 3);

        assertThat(Copy.toLongs(Reduce.argmax("argmax", x, 0, false))).containsExactly(1);
    }

    @Test
    void nanWinsInMaxAndMin() {
        INDArray x = vector(1, NAN, 2);

        assertThat(value(Reduce.max("max", x, FIRST, false))).isNaN();
        assertThat(value(Reduce.min("min", x, FIRST, false))).isNaN();
    }

    @Test
    void thePositionOfTheFirstNanIsThatOfTheLargestAndTheSmallest() {
        INDArray x = vector(1, NAN, 2, NAN);

        assertThat(value(Reduce.argmax("argmax", x, 0, false))).isEqualTo(1);
        assertThat(value(Reduce.argmin("argmin", x, 0, false))).isEqualTo(1);
    }

    @Test
    void positionsInLongRowsAreThoseOfTheFirst() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double[] values = new Random(4).doubles(10_000, -1, 1).toArray();
            values[3000] = 2;
            values[3001] = -2;
            values[4500] = 2;
            values[9000] = -2;
            INDArray x = Copy.of(type, values, values.length);
            assertThat(value(Reduce.argmax("argmax", x, 0, false))).isEqualTo(3000);
            assertThat(value(Reduce.argmin("argmin", x, 0, false))).isEqualTo(3001);

            values[9500] = NAN;
            values[9600] = 3;
            INDArray y = Copy.of(type, values, values.length);
            assertThat(value(Reduce.argmax("argmax", y, 0, false))).isEqualTo(9500);
            assertThat(value(Reduce.argmin("argmin", y, 0, false))).isEqualTo(9500);
        }
        double[] zeros = new double[3000];
        zeros[0] = -0.0;
        assertThat(value(Reduce.argmax("argmax", vector(zeros), 0, false))).isZero();
    }

    @Test
    void tiesGoToTheFirst() {
        assertThat(value(Reduce.argmax("argmax", vector(1, 3, 3), 0, false))).isEqualTo(1);
        assertThat(value(Reduce.argmin("argmin", vector(2, 1, 1), 0, false))).isEqualTo(1);
        assertThat(value(Reduce.argmax("argmax", vector(-0.0, 0.0), 0, false))).isZero();
    }

    @Test
    void infinitiesAreOrdinaryValues() {
        double inf = Double.POSITIVE_INFINITY;

        assertThat(value(Reduce.max("max", vector(-inf, -inf), FIRST, false))).isEqualTo(-inf);
        assertThat(value(Reduce.argmax("argmax", vector(-inf, -inf), 0, false))).isZero();
        assertThat(value(Reduce.sum(vector(inf, 1), FIRST, false))).isEqualTo(inf);
        assertThat(value(Reduce.sum(vector(inf, -inf), FIRST, false))).isNaN();
    }

    @Test
    void nothingSumsToZeroAndMultipliesToOne() {
        INDArray x = Memory.allocate(DataType.DOUBLE, 0, 3);

        assertThat(Copy.toDoubles(Reduce.sum(x, FIRST, false))).containsExactly(0, 0, 0);
        assertThat(Copy.toDoubles(Reduce.prod(x, FIRST, true))).containsExactly(1, 1, 1);
        assertThat(Copy.toDoubles(Reduce.any(x, FIRST, false))).containsExactly(0, 0, 0);
        assertThat(Copy.toDoubles(Reduce.all(x, FIRST, false))).containsExactly(1, 1, 1);
        assertThat(Reduce.sum(x, LAST, false).shape()).containsExactly(0);
    }

    @Test
    void nothingHasNoLargestElement() {
        INDArray x = Memory.allocate(DataType.DOUBLE, 0, 3);

        assertThatIllegalArgumentException().isThrownBy(() -> Reduce.max("max", x, FIRST, false));
        assertThatIllegalArgumentException().isThrownBy(() -> Reduce.argmax("argmax", x, 0, false));
        assertThat(Reduce.max("max", x, LAST, false).shape()).containsExactly(0);
    }

    @Test
    void aScalarIsReducedOverNothing() {
        INDArray x = Copy.of(DataType.DOUBLE, new double[] {5});

        assertThat(value(Reduce.sum(x, new int[0], false))).isEqualTo(5);
        assertThat(value(Reduce.max("max", x, new int[0], true))).isEqualTo(5);
        assertThat(value(Reduce.argmax("argmax", x, 0, false))).isZero();
    }
}
