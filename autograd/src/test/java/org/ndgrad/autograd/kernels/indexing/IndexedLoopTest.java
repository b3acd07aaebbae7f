package org.ndgrad.autograd.kernels.indexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Embeddings;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.Repeating;
import org.ndgrad.autograd.ops.Scattering;

/** Reading and writing at random places, of Java arrays, native memory and views, in one thread and in several. */
class IndexedLoopTest {

    /** A size that is a Java array, one that is native memory, and one that several threads share. */
    private static final int[] SIZES = {300, 5_000, 120_001};

    private static int[] random(int count, int bound) {
        return new Random(count).ints(count, 0, bound).toArray();
    }

    private static Tensor index(int... index) {
        return Tensor.of(DataType.INT64, Arrays.stream(index).asDoubleStream().toArray());
    }

    /** Small whole numbers, which all types hold. */
    private static Tensor numbers(DataType type, int n) {
        return Tensor.of(
                        DataType.DOUBLE,
                        Arrays.stream(random(n, 90)).asDoubleStream().toArray())
                .to(type);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG", "INT", "BYTE", "HALF", "BFLOAT16"})
    void readsWhatAnIndexNames(DataType type) {
        for (int n : SIZES) {
            int[] at = random(n, n);
            Tensor x = numbers(type, n);
            double[] all = x.toDoubleArray();
            double[] expected = Arrays.stream(at).mapToDouble(i -> all[i]).toArray();

            assertThat(x.indexSelect(0, index(at)).toDoubleArray()).isEqualTo(expected);
            assertThat(x.gather(0, index(at)).toDoubleArray()).isEqualTo(expected);
            assertThat(x.get(index(at)).toDoubleArray()).isEqualTo(expected);
            assertThat(Indexing.take(x, index(at).to(DataType.INT32)).toDoubleArray())
                    .isEqualTo(expected);
            assertThat(x.get(index(Arrays.stream(at).map(i -> i - n).toArray())).toDoubleArray())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG", "BFLOAT16"})
    void readsViewsByRowAndColumn(DataType type) {
        int rows = 400;
        int columns = 70;
        Tensor x = numbers(type, rows * columns).reshape(rows, columns).t(); // shape (70, 400)
        double[][] all = new double[columns][];
        for (int c = 0; c < columns; c++) {
            all[c] = x.select(0, c).toDoubleArray();
        }
        int[] some = random(90, columns);
        int[] others = random(90, rows);
        Tensor taken = x.indexSelect(0, index(some));
        Tensor across = x.get(Index.all(), index(others));
        Tensor pairs = x.get(index(some), index(others));
        Tensor flat = Indexing.take(
                x, index(Arrays.stream(some).map(c -> c * rows + 7).toArray()));
        Tensor table = Embeddings.embedding(index(others).reshape(9, 10), x.t());
        for (int i = 0; i < 90; i++) {
            assertThat(taken.select(0, i).toDoubleArray()).isEqualTo(all[some[i]]);
            assertThat(pairs.select(0, i).item()).isEqualTo(all[some[i]][others[i]]);
            assertThat(flat.select(0, i).item()).isEqualTo(all[some[i]][7]);
            for (int c = 0; c < columns; c++) {
                assertThat(across.select(0, c).select(0, i).item()).isEqualTo(all[c][others[i]]);
                assertThat(table.reshape(90, columns).select(0, i).select(0, c).item())
                        .isEqualTo(all[c][others[i]]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG", "INT"})
    void writesOneAfterAnother(DataType type) {
        for (int n : SIZES) {
            int[] at = random(n, n / 3);
            Tensor values = numbers(type, n);
            double[] all = values.toDoubleArray();
            double[] sums = new double[n];
            double[] last = new double[n];
            double[] largest = new double[n];
            for (int i = 0; i < n; i++) {
                sums[at[i]] += all[i];
                last[at[i]] = all[i];
                largest[at[i]] = Math.max(largest[at[i]], all[i]);
            }
            Tensor zeros = Tensor.zeros(type, n);

            assertThat(Indexing.scatterAdd(zeros, 0, index(at), values).toDoubleArray())
                    .isEqualTo(sums);
            assertThat(Scattering.indexAdd(zeros, 0, index(at), values).toDoubleArray())
                    .isEqualTo(sums);
            assertThat(Scattering.scatter(zeros, 0, index(at), values).toDoubleArray())
                    .isEqualTo(last);
            assertThat(Scattering.indexPut(zeros, values, Scattering.Put.REPLACE, index(at))
                            .toDoubleArray())
                    .isEqualTo(last);
            assertThat(Scattering.scatterReduce(zeros, 0, index(at), values, org.ndgrad.autograd.Reduce.AMAX)
                            .toDoubleArray())
                    .isEqualTo(largest);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void gradientsOfRowsAreAddedUp(DataType type) {
        int[] at = random(3_000, 50);
        Tensor table = numbers(type, 50 * 20).reshape(50, 20).requiresGrad(true);
        Embeddings.embedding(index(at), table).sum().backward();

        double[] counts = new double[50];
        Arrays.stream(at).forEach(i -> counts[i]++);
        for (int row = 0; row < 50; row++) {
            double[] expected = new double[20];
            Arrays.fill(expected, counts[row]);
            assertThat(table.grad().select(0, row).toDoubleArray()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG", "INT"})
    void shortRowsAreReadAndAddedUp(DataType type) {
        int n = 4_000;
        int columns = 3;
        int[] at = random(n, n);
        Tensor x = numbers(type, n * columns).reshape(n, columns);
        double[] all = x.toDoubleArray();
        double[] read = new double[n * columns];
        double[] sums = new double[n * columns];
        for (int i = 0; i < read.length; i++) {
            int from = at[i / columns] * columns + i % columns;
            read[i] = all[from];
            sums[from] += all[i];
        }
        Tensor negative = index(Arrays.stream(at).map(i -> i - n).toArray());

        assertThat(x.indexSelect(0, index(at)).toDoubleArray()).isEqualTo(read);
        assertThat(x.get(negative).toDoubleArray()).isEqualTo(read);
        assertThat(Scattering.indexAdd(Tensor.zeros(type, n, columns), 0, index(at), x)
                        .toDoubleArray())
                .isEqualTo(sums);
    }

    /** Of an array and of one whose rows, or their elements, lie apart. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG", "INT", "BOOL", "BFLOAT16"})
    void rowsOfAnyWidthAreRead(DataType type) {
        for (int columns = 1; columns < 10; columns++) {
            for (int n : new int[] {7, 3_000}) {
                int[] at = random(n, n);
                Tensor x = numbers(type, n * columns).reshape(n, columns);
                double[] all = x.toDoubleArray();
                double[] read = new double[n * columns];
                for (int i = 0; i < read.length; i++) {
                    read[i] = all[at[i / columns] * columns + i % columns];
                }
                Tensor apart = Joining.cat(List.of(numbers(type, n).reshape(n, 1), x), 1);
                Tensor every = Repeating.repeatInterleave(x, 2, 1);

                assertThat(x.indexSelect(0, index(at)).toDoubleArray()).isEqualTo(read);
                assertThat(apart.slice(1, 1, columns + 1)
                                .indexSelect(0, index(at))
                                .toDoubleArray())
                        .isEqualTo(read);
                assertThat(every.slice(1, 0, 2 * columns, 2)
                                .indexSelect(0, index(at))
                                .toDoubleArray())
                        .isEqualTo(read);
                assertThat(x.t().contiguous().t().indexSelect(0, index(at)).toDoubleArray())
                        .isEqualTo(read);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 70})
    void sumsOfFloatsAreRoundedOnce(int columns) {
        Tensor start = Tensor.full(DataType.FLOAT, 1 << 24, 1, columns);
        Tensor sums = Scattering.indexAdd(start, 0, index(new int[5_000]), Tensor.ones(DataType.FLOAT, 5_000, columns));

        double[] expected = new double[columns];
        Arrays.fill(expected, (1 << 24) + 5_000);
        assertThat(sums.toDoubleArray()).isEqualTo(expected);
    }

    @Test
    void nothingIsWrittenInPlaceIfAnIndexIsOutOfRange() {
        Tensor x = numbers(DataType.FLOAT, 5_000);
        double[] before = x.toDoubleArray();
        int[] at = random(5_000, 5_000);
        at[4_990] = 5_000;

        assertThatThrownBy(() -> Indexing.set(x, Tensor.of(DataType.FLOAT, 100), index(at)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("got 5000.");
        assertThat(x.toDoubleArray()).isEqualTo(before);
    }

    @Test
    void anIndexIsCheckedWhereNothingIsRead() {
        assertThatThrownBy(() -> Tensor.zeros(3, 0).indexSelect(0, index(5)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("got 5.");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "LONG"})
    void refusesWhatIsOutOfRangeWhereverItStands(DataType type) {
        for (int n : SIZES) {
            for (int bad : new int[] {n, -1}) {
                int[] at = random(n, n);
                at[n - 5] = bad;
                assertThatThrownBy(() -> numbers(type, n).indexSelect(0, index(at)))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("got " + bad + ".");
                assertThatThrownBy(() -> numbers(type, n).gather(0, index(at)))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("got " + bad + ".");
            }
        }
    }
}
