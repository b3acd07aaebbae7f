package org.ndgrad.autograd.kernels.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.ops.Joining;

class MemoryTest {

    private static INDArray vector(double... values) {
        return Copy.of(DataType.DOUBLE, values, values.length);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00048828125, 1.0", // ties go to the even one, down
        "1.00146484375, 1.001953125", // and up
        "65504, 65504",
        "65519, 65504",
        "65520, Infinity",
        "-1e9, -Infinity",
        "6e-8, 5.9604644775390625e-8",
        "1e-9, 0",
        "0.1, 0.0999755859375",
        "NaN, NaN"
    })
    void float16IsRoundedToTheNearest(double value, double stored) {
        assertThat(Copy.toDoubles(Copy.cast(vector(value), DataType.FLOAT16))).containsExactly(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00390625, 1.0", // ties go to the even one, down
        "1.01171875, 1.015625", // and up
        "1.005859375, 1.0078125",
        "-1.005859375, -1.0078125",
        "3.4e38, Infinity",
        "0.1, 0.10009765625",
        "NaN, NaN"
    })
    void bfloat16IsRoundedToTheNearest(double value, double stored) {
        assertThat(Copy.toDoubles(Copy.cast(vector(value), DataType.BFLOAT16))).containsExactly(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 2147483648, -2147483648",
        "SHORT, 40000, -25536",
        "BYTE, 200, -56",
        "UBYTE, 260, 4",
        "UBYTE, -1, 255"
    })
    void integersWrapAround(DataType type, long value, long stored) {
        INDArray x = Copy.of(DataType.INT64, new long[] {value}, 1);

        assertThat(Copy.toLongs(Copy.cast(x, type))).containsExactly(stored);
    }

    @Test
    void fractionsAreTruncatedTowardsZero() {
        INDArray x = vector(2.9, -2.9, 0.5, -0.5);

        assertThat(Copy.toLongs(Copy.cast(x, DataType.INT64))).containsExactly(2, -2, 0, 0);
        assertThat(Copy.toLongs(Copy.cast(x, DataType.INT8))).containsExactly(2, -2, 0, 0);
    }

    @Test
    void everythingButZeroIsTrue() {
        INDArray x = vector(0, -0.0, 0.1, -3, Double.NaN);

        assertThat(Copy.toDoubles(Copy.cast(x, DataType.BOOL))).containsExactly(0, 0, 1, 1, 1);
        assertThat(Copy.toDoubles(Copy.cast(Copy.of(DataType.INT64, new long[] {0, 256, 1L << 40}, 3), DataType.BOOL)))
                .containsExactly(0, 1, 1);
    }

    @Test
    void bigWholeNumbersKeepTheirDigits() {
        long big = (1L << 62) + 1;
        INDArray x = Copy.of(DataType.INT64, new long[] {big}, 1);

        assertThat(Copy.toLongs(Copy.copy(x))).containsExactly(big);
        assertThat(Copy.toLongs(Views.flip(x, new int[] {0}))).containsExactly(big);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "LONG", "INT", "SHORT", "BYTE", "UBYTE", "BOOL"})
    void emptiesAndScalarsOfEveryTypeAreMadeAndRead(DataType type) {
        assertThat(Copy.toDoubles(Memory.allocate(type, 0))).isEmpty();
        assertThat(Memory.allocate(type, 2, 0, 3).shape()).containsExactly(2, 0, 3);
        assertThat(Copy.copy(Memory.allocate(type, 2, 0, 3)).dataType()).isEqualTo(type);
        assertThat(Fill.filled(type, 1).shape()).isEmpty();
        assertThat(Copy.toDoubles(Fill.filled(type, 1))).containsExactly(1);
        assertThat(Copy.toLongs(Fill.filled(type, 1, 2))).containsExactly(1, 1);
    }

    @Test
    void viewsShareMemoryAndCopiesDoNot() {
        INDArray x = Fill.filled(DataType.FLOAT, 1, 4, 4);

        assertThat(Memory.shared(x, Views.select(x, 0, 1))).isTrue();
        assertThat(Memory.shared(Views.select(x, 0, 1), Views.permute(x, new int[] {1, 0})))
                .isTrue();
        assertThat(Memory.shared(x, Copy.copy(x))).isFalse();
        assertThat(Memory.shared(Views.select(x, 0, 1), Views.select(Copy.copy(x), 0, 1)))
                .isFalse();
    }

    @Test
    void viewsOfNd4jViewsReadTheRightElements() {
        INDArray base = Nd4j.arange(24).reshape(4, 6);
        INDArray row = base.getRow(2);
        INDArray part = Views.slice(row, 0, 1, 2, 3);

        assertThat(Copy.toDoubles(row)).containsExactly(12, 13, 14, 15, 16, 17);
        assertThat(Copy.toDoubles(part)).containsExactly(13, 16);
        assertThat(Copy.toDoubles(base.getColumn(1))).containsExactly(1, 7, 13, 19);
    }

    @Test
    void assigningBetweenOverlappingViewsReadsBeforeItWrites() {
        INDArray x = vector(1, 2, 3, 4);

        Copy.assign(Views.slice(x, 0, 1, 3, 1), Views.slice(x, 0, 0, 3, 1));

        assertThat(Copy.toDoubles(x)).containsExactly(1, 1, 2, 3);
    }

    @Test
    void assigningAMatrixToItsTransposeReadsBeforeItWrites() {
        INDArray x = Copy.of(DataType.DOUBLE, new double[] {1, 2, 3, 4}, 2, 2);

        Copy.assign(x, Views.permute(x, new int[] {1, 0}));

        assertThat(Copy.toDoubles(x)).containsExactly(1, 3, 2, 4);
    }

    @Test
    void contiguousIsTheArrayItselfIfItCanBe() {
        INDArray x = Fill.filled(DataType.FLOAT, 1, 3, 4);

        assertThat(Copy.contiguous(x)).isSameAs(x);
        assertThat(Memory.isContiguous(Views.slice(x, 0, 1, 2, 1))).isTrue();
        assertThat(Memory.isContiguous(Views.slice(x, 1, 1, 2, 1))).isFalse();
        assertThat(Memory.isContiguous(Views.expand("expand", Views.slice(x, 0, 0, 1, 1), new long[] {3, 4})))
                .isFalse();
    }

    @Test
    void joiningDoesNotHandMemoryOut() {
        Tensor x = Tensor.ones(2, 3);
        Allocation allocation = Objects.requireNonNull(Memory.allocation(Memory.array(x)));
        Object heap = allocation.heap();

        Joining.cat(ImmutableList.of(x, x), 0);

        assertThat(allocation.heap()).isSameAs(heap);
    }
}
