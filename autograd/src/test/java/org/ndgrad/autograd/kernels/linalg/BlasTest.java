package org.ndgrad.autograd.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

class BlasTest {

    private final Random random = new Random(0);

    private INDArray matrix(DataType type, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> random.nextInt(9) - 4);
        return Copy.of(type, values, shape);
    }

    private static double at(INDArray x, long... index) {
        return Memory.escape(x).getDouble(index);
    }

    private static void assertProduct(INDArray a, INDArray b) {
        INDArray c = Products.matmul(a, b);

        assertThat(c.shape()).containsExactly(a.size(0), b.size(1));
        for (long i = 0; i < a.size(0); i++) {
            for (long j = 0; j < b.size(1); j++) {
                double sum = 0;
                for (long k = 0; k < a.size(1); k++) {
                    sum += at(a, i, k) * at(b, k, j);
                }
                assertThat(at(c, i, j)).isEqualTo(sum);
            }
        }
    }

    private static INDArray transposed(INDArray x) {
        return Views.permute(Copy.copy(Views.permute(x, new int[] {1, 0})), new int[] {1, 0});
    }

    private static INDArray strided(INDArray x) {
        INDArray larger = Fill.filled(x.dataType(), 99, 2 * x.size(0), 2 * x.size(1));
        INDArray view = Views.slice(Views.slice(larger, 0, 1, x.size(0), 2), 1, 0, x.size(1), 2);
        Copy.assign(view, x);
        return view;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "LONG", "INT", "SHORT", "BYTE"})
    void everyLayoutOfEveryTypeIsMultiplied(DataType type) {
        for (int[] size : new int[][] {{3, 4, 5}, {1, 4, 5}, {3, 1, 5}, {3, 4, 1}, {1, 1, 1}, {2, 7, 2}}) {
            INDArray a = matrix(type, size[0], size[1]);
            INDArray b = matrix(type, size[1], size[2]);
            for (INDArray left : new INDArray[] {a, transposed(a), strided(a)}) {
                for (INDArray right : new INDArray[] {b, transposed(b), strided(b)}) {
                    assertProduct(left, right);
                }
            }
            assertProduct(Memory.escape(a).dup('f'), Memory.escape(b).dup('f'));
        }
    }

    @Test
    void anExpandedOperandIsMultiplied() {
        INDArray row = matrix(DataType.DOUBLE, 1, 4);

        assertProduct(Views.expand("expand", row, new long[] {3, 4}), matrix(DataType.DOUBLE, 4, 2));
        assertProduct(
                matrix(DataType.DOUBLE, 2, 3),
                Views.expand("expand", matrix(DataType.DOUBLE, 3, 1), new long[] {3, 5}));
    }

    @Test
    void rowsAndColumnsOfALargerMatrixAreMultiplied() {
        INDArray x = matrix(DataType.FLOAT, 6, 7);

        assertProduct(Views.slice(x, 0, 2, 3, 1), Views.permute(x, new int[] {1, 0}));
        assertProduct(Views.slice(x, 1, 2, 3, 1), Views.slice(Views.permute(x, new int[] {1, 0}), 0, 0, 3, 1));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 3", "FLOAT, 40", "DOUBLE, 5", "DOUBLE, 40", "HALF, 12"})
    void matricesOfEveryLayoutAreMultipliedOneByOne(DataType type, int size) {
        INDArray a = matrix(type, 3, 2, size, 17);
        INDArray b = matrix(type, 2, 17, size + 1);
        int[] swapped = {0, 1, 3, 2};
        INDArray other = Views.permute(Copy.copy(Views.permute(a, swapped)), swapped);
        INDArray turned = Views.permute(Copy.copy(Views.permute(a, new int[] {2, 0, 3, 1})), new int[] {1, 3, 0, 2});
        INDArray part = Views.slice(matrix(type, 2, 20, size + 1), 1, 2, 17, 1);
        for (INDArray left : new INDArray[] {a, other, turned, Views.slice(a, 0, 1, 2, 1)}) {
            for (INDArray right : new INDArray[] {b, part}) {
                INDArray product = Products.matmul(left, right);
                for (int i = 0; i < left.size(0); i++) {
                    for (int j = 0; j < 2; j++) {
                        INDArray one = Views.select(Views.select(left, 0, i), 0, j);
                        INDArray expected = Products.matmul(one, Views.select(right, 0, j));
                        assertThat(Copy.toDoubles(Views.select(Views.select(product, 0, i), 0, j)))
                                .containsExactly(Copy.toDoubles(expected));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "1, 3", "3, 1"})
    void batchesBroadcast(long sizeA, long sizeB) {
        INDArray a = matrix(DataType.DOUBLE, sizeA, 3, 4);
        INDArray b = matrix(DataType.DOUBLE, 2, sizeB, 4, 2);

        INDArray c = Products.matmul(a, b);

        long batch = Math.max(sizeA, sizeB);
        assertThat(c.shape()).containsExactly(2, batch, 3, 2);
        for (long i = 0; i < 2; i++) {
            for (long j = 0; j < batch; j++) {
                INDArray single = Products.matmul(
                        Views.select(a, 0, sizeA == 1 ? 0 : j),
                        Views.select(Views.select(b, 0, i), 0, sizeB == 1 ? 0 : j));
                assertThat(Copy.toDoubles(Views.select(Views.select(c, 0, i), 0, j)))
                        .isEqualTo(Copy.toDoubles(single));
            }
        }
    }

    @Test
    void nothingToSumIsZero() {
        INDArray c = Products.matmul(Memory.allocate(DataType.FLOAT, 2, 0), Memory.allocate(DataType.FLOAT, 0, 3));

        assertThat(c.shape()).containsExactly(2, 3);
        assertThat(Copy.toDoubles(c)).containsOnly(0);
    }

    @Test
    void noRowsGiveNoRows() {
        INDArray b = matrix(DataType.FLOAT, 4, 3);

        assertThat(Products.matmul(Memory.allocate(DataType.FLOAT, 0, 4), b).shape())
                .containsExactly(0, 3);
        assertThat(Products.matmul(Memory.allocate(DataType.FLOAT, 5, 0, 2, 4), b)
                        .shape())
                .containsExactly(5, 0, 2, 3);
    }

    @Test
    void integersAreMultipliedExactly() {
        INDArray a = Copy.of(DataType.INT64, new long[] {(1L << 53) + 1, 1}, 1, 2);
        INDArray b = Copy.of(DataType.INT64, new long[] {1, 1}, 2, 1);

        assertThat(Copy.toLongs(Products.matmul(a, b))).containsExactly((1L << 53) + 2);
    }

    @Test
    void halvesAreMultipliedWiderThanTheyAreStored() {
        INDArray a = Fill.filled(DataType.FLOAT16, 1, 1, 4096);
        INDArray b = Fill.filled(DataType.FLOAT16, 1, 4096, 1);

        assertThat(Copy.toDoubles(Products.matmul(a, b))).containsExactly(4096);
    }

    @Test
    void nanAndInfinityPassThrough() {
        INDArray a = Copy.of(DataType.DOUBLE, new double[] {0, 1}, 1, 2);
        INDArray b = Copy.of(DataType.DOUBLE, new double[] {Double.POSITIVE_INFINITY, 1}, 2, 1);

        assertThat(Copy.toDoubles(Products.matmul(a, b))).containsExactly(Double.NaN);
    }

    @Test
    void largeMatricesAreMultiplied() {
        INDArray a = Fill.filled(DataType.FLOAT, 0.5, 300, 257);
        INDArray b = Fill.filled(DataType.FLOAT, 0.25, 257, 129);

        assertThat(Copy.toDoubles(Products.matmul(a, b))).containsOnly(257 * 0.125);
    }

    /** The same elements in memory of all kinds: a Java array, lent, ND4J's own, and views of them. */
    private static List<INDArray> everywhere(INDArray x) {
        int last = x.rank() - 1;
        int[] swapped = IntStream.rangeClosed(0, last).toArray();
        swapped[last] = last - 1;
        swapped[last - 1] = last;
        INDArray escaped = Copy.copy(x);
        Memory.escape(escaped);
        INDArray columns = Views.permute(Copy.copy(Views.permute(x, swapped)), swapped);
        INDArray escapedColumns = Copy.copy(Views.permute(x, swapped));
        Memory.escape(escapedColumns);
        INDArray wide = Fill.filled(x.dataType(), 99, Shapes.append(Shapes.batch(x.shape()), x.size(-2), 3100));
        INDArray part = Views.slice(wide, last, 7, x.size(-1), 3);
        Copy.assign(part, x);
        return List.of(
                x,
                escaped,
                Memory.escape(Copy.copy(x)),
                Memory.escape(Copy.copy(x)).dup('f'),
                columns,
                Views.permute(escapedColumns, swapped),
                part);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 15, 2, 11", "DOUBLE, 15, 2, 11", "FLOAT, 3, 40, 5", "DOUBLE, 7, 13, 9", "FLOAT, 1, 1000, 1",
        "FLOAT, 16, 16, 4", "FLOAT, 12, 12, 12", "DOUBLE, 12, 12, 12", "FLOAT, 2, 3, 1", "HALF, 5, 17, 6"
    })
    void bitsDoNotDependOnWhereTheMatricesLie(DataType type, int n, int k, int m) {
        INDArray a = normal(type, n, k);
        INDArray b = normal(type, k, m);
        INDArray bias = normal(type, 1, m);
        INDArray row = Views.select(bias, 0, 0);
        boolean isLinear = Products.supports(type, type);
        double[] product = Copy.toDoubles(Products.matmul(a, b));
        double[] mapped = isLinear ? Copy.toDoubles(Products.product(a, b)) : product;
        INDArray turned = Views.permute(b, new int[] {1, 0});
        double[] affine = isLinear ? Copy.toDoubles(Products.affine(a, turned, row)) : product;

        for (INDArray left : everywhere(a)) {
            for (INDArray right : everywhere(b)) {
                assertThat(Copy.toDoubles(Products.matmul(left, right))).isEqualTo(product);
                if (!isLinear) {
                    continue;
                }
                INDArray across = Views.permute(right, new int[] {1, 0});
                assertThat(Copy.toDoubles(Products.product(left, right))).isEqualTo(mapped);
                assertThat(Copy.toDoubles(Products.rightTransposed(left, across)))
                        .isEqualTo(mapped);
                assertThat(Copy.toDoubles(Products.leftTransposed(Views.permute(left, new int[] {1, 0}), right)))
                        .isEqualTo(mapped);
                for (INDArray added : everywhere(bias)) {
                    assertThat(Copy.toDoubles(Products.affine(left, across, Views.select(added, 0, 0))))
                            .isEqualTo(affine);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3, 5, 11, 7",
        "DOUBLE, 3, 5, 11, 7",
        "FLOAT, 3, 5, 4, 6",
        "DOUBLE, 2, 3, 11, 5",
        "FLOAT, 700, 3, 20, 5",
        "FLOAT, 3, 20, 21, 22"
    })
    void bitsOfManyProductsDoNotDependOnWhereTheMatricesLie(DataType type, int count, int n, int k, int m) {
        INDArray a = normal(type, 2, count, n, k);
        INDArray b = normal(type, count, k, m);
        double[] expected = Copy.toDoubles(Products.matmul(a, b));

        for (INDArray left : everywhere(a)) {
            for (INDArray right : everywhere(b)) {
                assertThat(Copy.toDoubles(Products.matmul(left, right))).isEqualTo(expected);
            }
        }
    }

    @Test
    void nd4jMultipliesInTheSameProcess() throws Exception {
        INDArray a = matrix(DataType.FLOAT, 130, 140);
        INDArray b = matrix(DataType.FLOAT, 140, 150);
        INDArray x = Memory.escape(Copy.copy(a));
        INDArray y = Memory.escape(Copy.copy(b));
        double[] expected = Copy.toDoubles(Products.matmul(a, b));
        Callable<Boolean> theirs =
                () -> Arrays.equals(expected, x.mmul(y).dup('c').data().asDouble());
        Callable<Boolean> ours = () -> Arrays.equals(expected, Copy.toDoubles(Products.matmul(a, b)));

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 50; i++) {
                Future<Boolean> first = threads.submit(i % 2 == 0 ? theirs : ours);
                Future<Boolean> second = threads.submit(ours);
                assertThat(theirs.call()).isTrue();
                assertThat(first.get()).isTrue();
                assertThat(second.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private INDArray normal(DataType type, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Copy.of(type, values, shape);
    }
}
