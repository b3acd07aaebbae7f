package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.Processors;

class SoftmaxColumnsTest {

    @AfterEach
    void restore() {
        Processors.restore();
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                Arguments.of(0, new long[] {2, 8}),
                Arguments.of(0, new long[] {5000, 9}),
                Arguments.of(0, new long[] {300, 64}),
                Arguments.of(1, new long[] {3, 50, 7, 11}),
                Arguments.of(0, new long[] {7, 2100}));
    }

    private static INDArray sample(DataType type, long... shape) {
        double[] values = new Random(0)
                .doubles(Shapes.numel("test", shape), -3, 3)
                .map(x -> (float) x)
                .toArray();
        values[1] = Double.NaN;
        values[2] = Double.POSITIVE_INFINITY;
        values[3] = Double.NEGATIVE_INFINITY;
        values[4] = 1e30;
        return Copy.of(type, values, shape);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void columnsAreWhatRowsAre(int dim, long[] shape) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = sample(type, shape);
            assertThat(SoftmaxColumns.fit(x, type, dim)).isTrue();
            INDArray rows = Copy.cast(Views.moveToEnd(x, dim), DataType.DOUBLE);
            double most = type == DataType.FLOAT ? 1e-6 : 1e-14;
            for (boolean log : new boolean[] {false, true}) {
                INDArray y = log ? Softmax.logSoftmax(x, dim) : Softmax.softmax(x, dim);
                INDArray z = log ? Softmax.logSoftmax(rows, shape.length - 1) : Softmax.softmax(rows, shape.length - 1);
                double[] values = Copy.toDoubles(Views.moveToEnd(y, dim));
                double[] expected = Copy.toDoubles(z);
                for (int i = 0; i < values.length; i++) {
                    if (Double.isFinite(expected[i])) {
                        assertThat(values[i]).isCloseTo(expected[i], within(most * Math.max(1, Math.abs(expected[i]))));
                    } else {
                        assertThat(values[i]).isEqualTo(Double.valueOf(expected[i]));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void bitsDoNotDependOnThreads(int dim, long[] shape) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray x = sample(type, shape);
            Processors.set(1);
            double[] alone = Copy.toDoubles(Softmax.softmax(x, dim));
            for (int processors : new int[] {2, 3, 8}) {
                Processors.set(processors);

                assertThat(Copy.toDoubles(Softmax.softmax(x, dim))).containsExactly(alone);
            }
        }
    }
}
