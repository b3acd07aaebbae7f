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
import org.ndgrad.autograd.kernels.DTypes;
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

    /** Beside the middle between two numbers by less than float32 can tell, so that rounding twice goes astray. */
    @ParameterizedTest
    @CsvSource({
        "HALF, 0x1.002p0, 0x1p-40, 0x1.004p0",
        "HALF, 0x1.002p0, -0x1p-40, 0x1p0",
        "HALF, 0x1.002p0, 0, 0x1p0",
        "HALF, -0x1.002p0, -0x1p-52, -0x1.004p0",
        "HALF, 0x1.8p-24, -0x1p-60, 0x1p-24", // subnormal ones
        "HALF, 0x1p-25, 0x1p-70, 0x1p-24",
        "HALF, 0x1p-25, 0, 0",
        "HALF, 0x1.ffep15, -0x1p-20, 0x1.ffcp15", // the largest, and infinity
        "HALF, 0x1.ffep15, 0, Infinity",
        "BFLOAT16, 0x1.01p0, 0x1p-40, 0x1.02p0",
        "BFLOAT16, 0x1.01p0, -0x1p-40, 0x1p0",
        "BFLOAT16, 0x1.01p0, 0, 0x1p0",
        "BFLOAT16, 0x1p-134, 0x1p-180, 0x1p-133",
        "BFLOAT16, 0x1p-134, 0, 0",
        "BFLOAT16, 0x1.ffp127, -0x1p80, 0x1.fep127",
        "BFLOAT16, 1e300, 1, Infinity"
    })
    void doublesAreRoundedToHalfTypesOnce(DataType type, double middle, double more, double stored) {
        INDArray x = Copy.of(DataType.DOUBLE, new double[] {middle + more}, 1);

        assertThat(Copy.toDoubles(Copy.cast(x, type))).containsExactly(stored);
        assertThat(Copy.toDoubles(Copy.of(type, new double[] {middle + more}, 1)))
                .containsExactly(stored);
        assertThat(Copy.toDoubles(Fill.filled(type, middle + more, 2))).containsExactly(stored, stored);
        assertThat(DTypes.held(type, middle + more)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1152921573326323713, 0x1.000002p60", // 2^60 + 2^36 + 1
        "FLOAT, 1152921573326323712, 0x1p60",
        "FLOAT, -1152921573326323713, -0x1.000002p60",
        "BFLOAT16, 1157425104234217473, 0x1.02p60", // 2^60 + 2^52 + 1
        "BFLOAT16, 1157425104234217472, 0x1p60",
        "BFLOAT16, 9223372036854775807, 0x1p63",
        "DOUBLE, 9007199254740993, 9007199254740992"
    })
    void wholeNumbersAreRoundedOnce(DataType type, long value, double stored) {
        INDArray x = Copy.of(DataType.INT64, new long[] {value}, 1);

        assertThat(Copy.toDoubles(Copy.cast(x, type))).containsExactly(stored);
        assertThat(Copy.toDoubles(Copy.of(type, new long[] {value}, 1))).containsExactly(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, 2, 0x1.ffcp0",
        "HALF, 1.0001, 1",
        "HALF, 0, -0x1p-24",
        "HALF, -1, -0x1.004p0",
        "BFLOAT16, 1, 0x1.fep-1",
        "BFLOAT16, 3, 0x1.7ep1",
        "FLOAT, 1, 0x1.fffffep-1",
        "DOUBLE, 1, 0x1.fffffffffffffp-1"
    })
    void theLargestNumberBelowABoundIsFound(DataType type, double bound, double below) {
        assertThat(DTypes.below(type, bound)).isEqualTo(below);
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
