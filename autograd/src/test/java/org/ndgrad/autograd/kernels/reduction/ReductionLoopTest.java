package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
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
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Reducer;

class ReductionLoopTest {

    @AfterEach
    void restore() {
        Processors.restore();
    }

    static Stream<Arguments> reductions() {
        return Stream.of(
                Arguments.of(new int[] {0}, new long[] {300_000}),
                Arguments.of(new int[] {0}, new long[] {40_000, 10}), // narrow columns
                Arguments.of(new int[] {0}, new long[] {200, 2100}), // and wide
                Arguments.of(new int[] {1}, new long[] {40_000, 10}), // short rows
                Arguments.of(new int[] {1}, new long[] {3, 150_000}), // and long
                Arguments.of(new int[] {0, 2, 3}, new long[] {40, 6, 30, 40}),
                Arguments.of(new int[] {1}, new long[] {40, 60, 130}),
                Arguments.of(new int[] {0, 1}, new long[] {600, 601}));
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void resultsDependNeitherOnThreadsNorMuchOnTheLayout(int[] dims, long[] shape) {
        List<INDArray> layouts = List.of(
                sample(shape),
                Views.permute(sample(reversed(shape)), back(shape.length)),
                Views.slice(sample(Shapes.with(shape, 0, 2 * shape[0])), 0, 1, shape[0], 2));
        for (INDArray x : layouts) {
            double[] exact = inRowMajorOrder(x, dims);
            Processors.set(1);
            double[] sums = ReductionLoop.reduce(x, dims, Reducer.SUM);
            double[] variances = Copy.toDoubles(Reduce.variance(x, 1, dims, false));
            for (int processors : new int[] {2, 3, 8}) {
                Processors.set(processors);

                assertThat(ReductionLoop.reduce(x, dims, Reducer.SUM)).containsExactly(sums);
                assertThat(Copy.toDoubles(Reduce.variance(x, 1, dims, false))).containsExactly(variances);
            }
            for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).isCloseTo(exact[i], within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void extremesAreThoseOfAPlainLoop(int[] dims, long[] shape) {
        INDArray floats = sample(shape);
        double[] values = Copy.toDoubles(floats);
        values[values.length / 3] = Double.NaN;
        values[values.length - 1] = Double.NEGATIVE_INFINITY;
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
            INDArray x = Copy.of(type, values, shape);

            assertThat(Copy.toDoubles(Reduce.max("max", x, dims, false)))
                    .containsExactly(plainly(x, dims, Double.NEGATIVE_INFINITY, Math::max));
            assertThat(Copy.toDoubles(Reduce.min("min", x, dims, false)))
                    .containsExactly(plainly(x, dims, Double.POSITIVE_INFINITY, Math::min));
        }
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void extremesOfWholeNumbersAreThoseOfAPlainLoop(int[] dims, long[] shape) {
        long[] values = new Random(1).longs(Shapes.numel("test", shape)).toArray();
        values[0] = Long.MIN_VALUE;
        values[values.length / 2] = Long.MAX_VALUE;
        INDArray x = Copy.of(DataType.INT64, values, shape);
        long[] largest = new long[(int) Shapes.numel("test", Shapes.reduced(shape, dims, false))];
        long[] smallest = largest.clone();
        Arrays.fill(largest, Long.MIN_VALUE);
        Arrays.fill(smallest, Long.MAX_VALUE);
        StridedLoop.over(shape, new long[][] {x.stride(), ReductionLoop.targets(shape, dims)}, (n, o, s) -> {
            for (long i = 0; i < n; i++) {
                int to = (int) (o[1] + i * s[1]);
                largest[to] = Math.max(largest[to], values[(int) (o[0] + i * s[0])]);
                smallest[to] = Math.min(smallest[to], values[(int) (o[0] + i * s[0])]);
            }
        });

        assertThat(Copy.toLongs(Reduce.max("max", x, dims, false))).containsExactly(largest);
        assertThat(Copy.toLongs(Reduce.min("min", x, dims, false))).containsExactly(smallest);
    }

    private static double[] inRowMajorOrder(INDArray x, int[] dims) {
        return plainly(x, dims, 0, Double::sum);
    }

    /** Reduces in row-major order. */
    private static double[] plainly(INDArray x, int[] dims, double initial, DoubleBinaryOperator f) {
        double[] results = new double[(int) Shapes.numel("test", Shapes.reduced(x.shape(), dims, false))];
        Arrays.fill(results, initial);
        double[] elements = Copy.toDoubles(x);
        long[][] strides = {Shapes.strides(x.shape()), ReductionLoop.targets(x.shape(), dims)};
        StridedLoop.over(x.shape(), strides, (n, o, s) -> {
            for (long i = 0; i < n; i++) {
                int to = (int) (o[1] + i * s[1]);
                results[to] = f.applyAsDouble(results[to], elements[(int) (o[0] + i * s[0])]);
            }
        });
        return results;
    }

    private static INDArray sample(long... shape) {
        Random random = new Random(0);
        return Copy.of(
                DataType.FLOAT,
                random.doubles(Shapes.numel("test", shape), -1, 1).toArray(),
                shape);
    }

    private static long[] reversed(long[] shape) {
        long[] result = new long[shape.length];
        for (int d = 0; d < shape.length; d++) {
            result[d] = shape[shape.length - 1 - d];
        }
        return result;
    }

    private static int[] back(int ndim) {
        int[] dims = new int[ndim];
        for (int d = 0; d < ndim; d++) {
            dims[d] = ndim - 1 - d;
        }
        return dims;
    }
}
