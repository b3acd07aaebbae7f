package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How tensors are made, what they tell, and how their values come out again. */
class TensorTest {

    private static void assertTensor(Tensor x, DataType dtype, long[] shape, double... values) {
        assertThat(x.dtype()).isEqualTo(dtype);
        assertThat(x.shape()).isEqualTo(shape);
        assertThat(x.toDoubleArray()).containsExactly(values);
        assertThat(x.requiresGrad()).isFalse();
        assertThat(x.isLeaf()).isTrue();
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }

    @Test
    void aNumberIsAScalar() {
        assertTensor(Tensor.of(2.5), DataType.FLOAT, shape(), 2.5);
        assertTensor(Tensor.of(DataType.DOUBLE, 2.5), DataType.DOUBLE, shape(), 2.5);
        assertTensor(Tensor.of(DataType.INT64, 2), DataType.INT64, shape(), 2);
        assertTensor(Tensor.of(5), DataType.INT64, shape(), 5);
        assertTensor(Tensor.of(5L), DataType.INT64, shape(), 5);
        assertTensor(Tensor.of(true), DataType.BOOL, shape(), 1);
    }

    @Test
    void javaArraysAreVectors() {
        assertTensor(Tensor.of(1.0, 2.0), DataType.FLOAT, shape(2), 1, 2);
        assertTensor(Tensor.of(1f, 2f), DataType.FLOAT, shape(2), 1, 2);
        assertTensor(Tensor.of(1, 2), DataType.INT64, shape(2), 1, 2);
        assertTensor(Tensor.of(1L, 2L), DataType.INT64, shape(2), 1, 2);
        assertTensor(Tensor.of(true, false), DataType.BOOL, shape(2), 1, 0);
        assertTensor(Tensor.of(DataType.INT32, 1, 2), DataType.INT32, shape(2), 1, 2);
        assertTensor(Tensor.of(new double[0]), DataType.FLOAT, shape(0));
        assertTensor(Tensor.of(new double[] {7}), DataType.FLOAT, shape(1), 7);
    }

    @Test
    void doublesKeepAllTheirDigitsInFloat64() {
        assertThat(Tensor.of(DataType.DOUBLE, 0.1, 0.2).toDoubleArray()).containsExactly(0.1, 0.2);
        assertThat(Tensor.of(DataType.DOUBLE, new double[][] {{0.1}}).toDoubleArray())
                .containsExactly(0.1);
        assertThat(Tensor.of(0.1).item()).isEqualTo(0.1f);
    }

    @Test
    void longsKeepAllTheirDigits() {
        long big = (1L << 62) + 1;

        assertThat(Tensor.of(big, 0).toLongArray()).containsExactly(big, 0);
        assertThat(Tensor.of(new long[][] {{big}}).toLongArray()).containsExactly(big);
    }

    @Test
    void nestedArraysGiveAsManyDims() {
        assertTensor(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}), DataType.FLOAT, shape(2, 3), 1, 2, 3, 4, 5, 6);
        assertTensor(Tensor.of(new int[][][] {{{1}, {2}}}), DataType.INT64, shape(1, 2, 1), 1, 2);
        assertTensor(
                Tensor.of(new float[][][][] {{{{1, 2}}}, {{{3, 4}}}}), DataType.FLOAT, shape(2, 1, 1, 2), 1, 2, 3, 4);
        assertTensor(Tensor.of(new long[][][][][] {{{{{5}}}}}), DataType.INT64, shape(1, 1, 1, 1, 1), 5);
        assertTensor(Tensor.of(new boolean[][] {{true}, {false}}), DataType.BOOL, shape(2, 1), 1, 0);
        assertTensor(Tensor.of(new short[][] {{1}, {2}}), DataType.INT64, shape(2, 1), 1, 2);
    }

    @Test
    void nestedArraysAreConvertedIfAsked() {
        assertTensor(Tensor.of(DataType.DOUBLE, new int[][] {{1}, {2}}), DataType.DOUBLE, shape(2, 1), 1, 2);
        assertTensor(Tensor.of(DataType.FLOAT, new boolean[][] {{true, false}}), DataType.FLOAT, shape(1, 2), 1, 0);
        assertTensor(Tensor.of(DataType.INT64, new double[][] {{1.9, -1.9}}), DataType.INT64, shape(1, 2), 1, -1);
    }

    @Test
    void listsAreNestedArrays() {
        assertTensor(Tensor.of(List.of(1.5, 2.5f, 3)), DataType.FLOAT, shape(3), 1.5, 2.5, 3);
        assertTensor(Tensor.of(List.of(List.of(1, 2), List.of(3L, 4))), DataType.INT64, shape(2, 2), 1, 2, 3, 4);
        assertTensor(Tensor.of(List.of(List.of(true), List.of(false))), DataType.BOOL, shape(2, 1), 1, 0);
        assertTensor(Tensor.of(List.of(Long.MAX_VALUE)), DataType.INT64, shape(1), Long.MAX_VALUE);
        assertTensor(Tensor.of(DataType.DOUBLE, List.of(1, 2)), DataType.DOUBLE, shape(2), 1, 2);
        assertThat(Tensor.of(List.of(List.of(), List.of())).shape()).containsExactly(2, 0);
        Tensor x = Tensor.randn(new Rng(0), 2, 3, 2);
        assertThat(Tensor.of(x.tolist()).equal(x)).isTrue();
        assertThat(Tensor.of(List.of(Long.MAX_VALUE)).itemLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void emptyNestedArraysKeepTheirShape() {
        assertThat(Tensor.of(new double[3][0]).shape()).containsExactly(3, 0);
        assertThat(Tensor.of(new double[0][]).shape()).containsExactly(0, 0);
        assertThat(Tensor.of(new double[2][3][0]).shape()).containsExactly(2, 3, 0);
    }

    @Test
    void aJavaArrayIsCopied() {
        double[] values = {1, 2};
        Tensor x = Tensor.of(values);

        values[0] = 9;

        assertThat(x.toDoubleArray()).containsExactly(1, 2);
    }

    @Test
    void anNd4jArraySharesItsMemory() {
        INDArray array = Nd4j.create(new double[][] {{1, 2}, {3, 4}});
        Tensor x = Tensor.of(array);

        array.putScalar(0, 1, 7);
        x.mul_(10);

        assertThat(x.toDoubleArray()).containsExactly(10, 70, 30, 40);
        assertThat(array.getDouble(1, 0)).isEqualTo(30);
        assertThat(x.toINDArray()).isSameAs(array);
    }

    @Test
    void nd4jArraysOfAnyOrderAndViewsAreReadInTheirOrder() {
        INDArray columns = Nd4j.create(new double[][] {{1, 2, 3}, {4, 5, 6}}).dup('f');

        assertThat(Tensor.of(columns).toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Tensor.of(columns.transpose()).toDoubleArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Tensor.of(columns.getRow(1)).toDoubleArray()).containsExactly(4, 5, 6);
        assertThat(Tensor.of(columns.getColumn(2)).mul(2).toDoubleArray()).containsExactly(6, 12);
        assertThat(Tensor.of(Nd4j.scalar(5.0)).shape()).isEmpty();
        assertThat(Tensor.of(Nd4j.empty(DataType.FLOAT)).numel()).isZero();
    }

    @Test
    void changesOfAViewOfAnNd4jArrayReachTheArray() {
        INDArray array = Nd4j.zeros(DataType.FLOAT, 3, 3);

        Tensor.of(array.getColumn(1)).add_(5);

        assertThat(array.getDouble(2, 1)).isEqualTo(5);
        assertThat(array.sumNumber().doubleValue()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "LONG", "INT", "SHORT", "BYTE", "UBYTE", "BOOL"})
    void constantTensorsComeInEveryType(DataType dtype) {
        assertTensor(Tensor.zeros(dtype, 2, 1), dtype, shape(2, 1), 0, 0);
        assertTensor(Tensor.ones(dtype), dtype, shape(), 1);
        assertTensor(Tensor.full(dtype, 1, 2), dtype, shape(2), 1, 1);
        assertTensor(Tensor.onesLike(Tensor.zeros(dtype, 2)), dtype, shape(2), 1, 1);
        assertTensor(Tensor.zerosLike(Tensor.ones(dtype, 2)), dtype, shape(2), 0, 0);
        assertTensor(Tensor.zeros(dtype, 2, 0), dtype, shape(2, 0));
    }

    @Test
    void likenessesOfLeavesAreConstants() {
        Tensor x = Tensor.ones(2).requiresGrad(true);

        assertThat(Tensor.zerosLike(x).requiresGrad()).isFalse();
        assertThat(Tensor.onesLike(x).requiresGrad()).isFalse();
    }

    @Test
    void sequencesAreEvenlySpaced() {
        assertTensor(Tensor.arange(3), DataType.INT64, shape(3), 0, 1, 2);
        assertTensor(Tensor.arange(0), DataType.INT64, shape(0));
        assertTensor(Tensor.arange(1, 2, 0.25), DataType.FLOAT, shape(4), 1, 1.25, 1.5, 1.75);
        assertTensor(Tensor.arange(1, 0, -0.5), DataType.FLOAT, shape(2), 1, 0.5);
        assertTensor(Tensor.arange(1, 1, 1), DataType.INT64, shape(0));
        assertTensor(Tensor.linspace(DataType.DOUBLE, -1, 1, 5), DataType.DOUBLE, shape(5), -1, -0.5, 0, 0.5, 1);
        assertTensor(Tensor.linspace(DataType.DOUBLE, 3, 9, 1), DataType.DOUBLE, shape(1), 3);
        assertTensor(Tensor.linspace(DataType.DOUBLE, 3, 9, 0), DataType.DOUBLE, shape(0));
    }

    @Test
    void linspaceEndsExactlyAtItsEnd() {
        double[] values = Tensor.linspace(DataType.DOUBLE, 0, 0.7, 8).toDoubleArray();

        assertThat(values[7]).isEqualTo(0.7);
        assertThat(values[0]).isZero();
    }

    @Test
    void theIdentityMatrixHasOnesOnItsDiagonal() {
        assertTensor(Tensor.eye(DataType.DOUBLE, 2), DataType.DOUBLE, shape(2, 2), 1, 0, 0, 1);
        assertTensor(Tensor.eye(DataType.FLOAT, 1), DataType.FLOAT, shape(1, 1), 1);
        assertTensor(Tensor.eye(DataType.FLOAT, 0), DataType.FLOAT, shape(0, 0));
    }

    @Test
    void factsAreThoseOfTheShape() {
        Tensor x = Tensor.zeros(2, 3, 4);

        assertThat(x.ndim()).isEqualTo(3);
        assertThat(x.numel()).isEqualTo(24);
        assertThat(x.size(1)).isEqualTo(3);
        assertThat(x.size(-1)).isEqualTo(4);
        assertThat(Tensor.zeros(2, 0).numel()).isZero();
        assertThat(Tensor.of(1.0).ndim()).isZero();
        assertThat(Tensor.of(1.0).numel()).isEqualTo(1);
    }

    @Test
    void theShapeThatIsHandedOutIsACopy() {
        Tensor x = Tensor.zeros(2, 3);

        x.shape()[0] = 99;

        assertThat(x.shape()).containsExactly(2, 3);
    }

    @Test
    void slicesAreCutToTheSizeAsInPython() {
        Tensor x = Tensor.arange(5);

        assertThat(x.slice(0, -100, 100).toLongArray()).containsExactly(0, 1, 2, 3, 4);
        assertThat(x.slice(0, -2, Long.MAX_VALUE).toLongArray()).containsExactly(3, 4);
        assertThat(x.slice(0, Long.MIN_VALUE, -3).toLongArray()).containsExactly(0, 1);
        assertThat(x.slice(0, 3, 1).numel()).isZero();
        assertThat(x.slice(0, 1, 5, 3).toLongArray()).containsExactly(1, 4);
    }

    @Test
    void aStepMayLeadFarBeyondTheEnd() {
        assertThat(Tensor.arange(5).slice(0, 1, 5, Long.MAX_VALUE).toLongArray())
                .containsExactly(1);
    }

    @Test
    void itemReadsTheOneElement() {
        assertThat(Tensor.of(2.5).item()).isEqualTo(2.5);
        assertThat(Tensor.of(new long[][] {{7}}).item()).isEqualTo(7);
        assertThat(Tensor.of(true, false).select(0, 0).item()).isEqualTo(1);
        assertThat(Tensor.ones(2).requiresGrad(true).sum().item()).isEqualTo(2);
    }

    @Test
    void arraysAreReadInRowMajorOrder() {
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}}).t();

        assertThat(x.toDoubleArray()).containsExactly(1, 3, 2, 4);
        assertThat(x.add(0.5).neg().toLongArray()).containsExactly(-1, -3, -2, -4);
    }

    @Test
    void theArrayOfADetachedTensorSharesItsMemory() {
        Tensor x = Tensor.ones(2).requiresGrad(true);

        x.detach().toINDArray().putScalar(0, 5);

        assertThat(x.toDoubleArray()).containsExactly(5, 1);
    }
}
