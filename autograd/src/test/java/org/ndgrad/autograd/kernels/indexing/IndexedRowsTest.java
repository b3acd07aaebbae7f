package org.ndgrad.autograd.kernels.indexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Scattering;

/** Reading and writing at random places of short rows, in one thread and in several. */
class IndexedRowsTest {

    private static final Random RANDOM = new Random(5);

    private static Tensor numbers(DataType type, int bound, long... shape) {
        int n = 1;
        for (long size : shape) {
            n *= (int) size;
        }
        return Tensor.of(
                        DataType.DOUBLE,
                        RANDOM.ints(n, 0, bound).asDoubleStream().toArray())
                .to(type)
                .reshape(shape);
    }

    private static double[][] table(Tensor x) {
        double[][] rows = new double[(int) x.size(0)][];
        double[] all = x.contiguous().flatten().toDoubleArray();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(all, i * (int) x.size(1), (i + 1) * (int) x.size(1));
        }
        return rows;
    }

    private static void check(Tensor x, Tensor index, Tensor source) {
        double[][] all = table(x);
        double[][] from = table(source);
        double[][] at = table(index.to(DataType.DOUBLE));
        double[][] read = table(x.gather(1, index));
        double[][] put = table(Scattering.scatter(x, 1, index, source));
        double[][] sums = table(Indexing.scatterAdd(x, 1, index, source));
        for (int r = 0; r < at.length; r++) {
            double[] expectedPut = all[r].clone();
            double[] expectedSums = all[r].clone();
            for (int i = 0; i < at[r].length; i++) {
                assertThat(read[r][i]).isEqualTo(all[r][(int) at[r][i]]);
                expectedPut[(int) at[r][i]] = from[r][i];
                expectedSums[(int) at[r][i]] += from[r][i];
            }
            assertThat(put[r]).isEqualTo(expectedPut);
            assertThat(sums[r]).isEqualTo(expectedSums);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 9, 8", "40, 100, 100", "7, 31, 1500", "1301, 100, 90", "5, 4096, 1024", "2, 600, 3000"})
    void everyTypeIsMoved(int rows, int size, int count) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.INT64, DataType.INT32}) {
            Tensor x = numbers(type, 90, rows, size);
            Tensor index = numbers(DataType.INT64, size, rows, count);
            Tensor source = numbers(type, 90, rows, count);
            check(x, index, source);
            check(x, index.to(DataType.INT32), source);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG"})
    void viewsAreMoved(DataType type) {
        Tensor x = numbers(type, 90, 70, 300);
        Tensor index = numbers(DataType.INT64, 60, 300, 50);
        Tensor source = numbers(type, 90, 300, 50);

        check(x.t(), index, source); // columns
        check(x.flip(0).t(), index, source);
        check(x.narrow(0, 5, 65).t().narrow(0, 20, 200), index.narrow(0, 7, 200), source.narrow(0, 9, 200));
        check(x.select(0, 3).reshape(1, 300).expand(30, 300), index.narrow(0, 0, 30), source.narrow(0, 0, 30));
        check(x.t(), index.select(0, 4).expand(300, 50), source); // one row of positions for all
        check(x.t(), index, source.select(0, 0).expand(300, 50));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG"})
    void onePositionPerColumnHoldsForAllRows(DataType type) {
        Tensor x = numbers(type, 90, 900, 40);
        Tensor index = numbers(DataType.INT64, 40, 30);
        Tensor source = numbers(type, 90, 900, 30);
        Tensor expanded = index.expand(900, 30);

        assertThat(x.indexSelect(1, index).toDoubleArray())
                .isEqualTo(x.gather(1, expanded).toDoubleArray());
        assertThat(x.get(Index.all(), index.sub(40)).toDoubleArray())
                .isEqualTo(x.gather(1, expanded).toDoubleArray());
        assertThat(Scattering.indexAdd(x, 1, index, source).toDoubleArray())
                .isEqualTo(Indexing.scatterAdd(x, 1, expanded, source).toDoubleArray());
        assertThat(Scattering.indexPut(x, source, Scattering.Put.REPLACE, Index.all(), index.sub(40))
                        .toDoubleArray())
                .isEqualTo(Scattering.scatter(x, 1, expanded, source).toDoubleArray());
    }

    @ParameterizedTest
    @CsvSource({"100", "-1", "4294967301", "-4294967291", "9223372036854775807"})
    void whatIsOutOfRangeIsRefused(long bad) {
        Tensor x = numbers(DataType.FLOAT, 90, 50, 100);
        for (int row : new int[] {0, 31, 49}) {
            long[] at = new long[50 * 60];
            at[row * 60 + 59] = bad;
            Tensor index = Tensor.of(at).reshape(50, 60);
            assertThatThrownBy(() -> x.gather(1, index))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining(
                            "gather: expected indices from 0 to 99 along dim 1 of shape (50, 100); got " + bad + ".");
            assertThatThrownBy(() -> x.scatterAdd(1, index, Tensor.zeros(50, 60)))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("got " + bad + ".");
            assertThatThrownBy(() -> x.indexSelect(1, index.select(0, row)))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("got " + bad + ".");
        }
    }
}
