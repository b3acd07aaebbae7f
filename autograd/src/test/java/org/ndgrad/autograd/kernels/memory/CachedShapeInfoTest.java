package org.ndgrad.autograd.kernels.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;

class CachedShapeInfoTest {

    private static CachedShapeInfo active() {
        Memory.allocate(DataType.FLOAT, 1);
        return (CachedShapeInfo) Nd4j.getShapeInfoProvider();
    }

    @Test
    void itIsActive() {
        assertThat(active()).isInstanceOf(CachedShapeInfo.class);
    }

    @Test
    void equalShapesShareOneDescription() {
        INDArray a = Memory.allocate(DataType.FLOAT, 17, 19);
        INDArray b = Memory.allocate(DataType.FLOAT, 17, 19);

        assertThat(a.shapeInfoDataBuffer()).isSameAs(b.shapeInfoDataBuffer());
    }

    @Test
    void shapesStridesOrdersAndTypesAreToldApart() {
        INDArray a = Memory.allocate(DataType.FLOAT, 17, 17);
        INDArray transposed = Views.permute(a, new int[] {1, 0});
        INDArray wide = Memory.allocate(DataType.DOUBLE, 17, 17);
        INDArray other = Nd4j.createUninitialized(DataType.FLOAT, new long[] {17, 17}, 'f');

        assertThat(transposed.stride()).containsExactly(1, 17);
        assertThat(wide.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(other.ordering()).isEqualTo('f');
        assertThat(a.stride()).containsExactly(17, 1);
    }

    @Test
    void itIsBounded() {
        for (int i = 1; i < 20_000; i++) {
            Memory.escape(Memory.allocate(DataType.BOOL, 1, i));
        }

        assertThat(active().size()).isLessThanOrEqualTo(5000);
    }

    @Test
    void arraysOutliveTheirDescriptionsInTheCache() {
        INDArray x = Copy.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

        active().purgeCache();
        INDArray y = Memory.allocate(DataType.FLOAT, 2, 3);
        Copy.assign(y, x);

        assertThat(x.shape()).containsExactly(2, 3);
        assertThat(Memory.escape(y).sumNumber().doubleValue()).isEqualTo(21);
    }
}
