package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two runs of all tests, one is with the vector module. */
class RowReducerTest {

    private static final RowReducer PLAIN = new RowReducer();

    private final float[] floats = new float[1100];
    private final double[] doubles = new double[1100];

    RowReducerTest() {
        Random random = new Random(1);
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = random.nextGaussian() * Math.exp(10 * random.nextGaussian());
            floats[i] = (float) doubles[i];
        }
    }

    @Test
    void vectorsAreUsedWhereTheModuleIs() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

        assertThat(RowReducer.FASTEST.getClass().getSimpleName())
                .isEqualTo(present ? "VectorRowReducer" : "RowReducer");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 8, 9, 31, 32, 33, 40, 47, 64, 100, 1000, 1008})
    void theFastestGivesTheSameBits(int n) {
        for (int at = 0; at < 20; at++) {
            assertThat(RowReducer.FASTEST.sum(floats, at, n)).isEqualTo(PLAIN.sum(floats, at, n));
            assertThat(RowReducer.FASTEST.sum(doubles, at, n)).isEqualTo(PLAIN.sum(doubles, at, n));
            assertThat(RowReducer.FASTEST.largest(floats, at, n)).isEqualTo(PLAIN.largest(floats, at, n));
            assertThat(RowReducer.FASTEST.smallest(floats, at, n)).isEqualTo(PLAIN.smallest(floats, at, n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 64, 65, 191, 192, 1000})
    void extremesOfRowsAreThoseOfEach(int n) {
        int rows = Math.min(5, 1008 / n);
        for (RowReducer reducer : new RowReducer[] {PLAIN, RowReducer.FASTEST}) {
            float[] largest = new float[rows];
            float[] smallest = new float[rows];
            reducer.extremes(floats, n, largest, rows, Reducer.MAX);
            reducer.extremes(floats, n, smallest, rows, Reducer.MIN);
            for (int i = 0; i < rows; i++) {
                float[] row = Arrays.copyOfRange(floats, i * n, (i + 1) * n);
                Arrays.sort(row);

                assertThat(largest[i]).isEqualTo(row[n - 1]);
                assertThat(smallest[i]).isEqualTo(row[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 40, 100})
    void nanWinsWhereverItStands(int n) {
        for (int i = 0; i < n; i++) {
            float value = floats[3 + i];
            floats[3 + i] = Float.NaN;
            for (RowReducer reducer : new RowReducer[] {PLAIN, RowReducer.FASTEST}) {
                assertThat(reducer.sum(floats, 3, n)).isNaN();
                assertThat(reducer.largest(floats, 3, n)).isNaN();
                assertThat(reducer.smallest(floats, 3, n)).isNaN();
            }
            floats[3 + i] = value;
        }
    }

    @Test
    void infinitiesAndTheSignOfZeroAreKept() {
        float[] zeros = new float[50];
        zeros[20] = -0f;

        for (RowReducer reducer : new RowReducer[] {PLAIN, RowReducer.FASTEST}) {
            assertThat(reducer.smallest(zeros, 0, 50)).isEqualTo(-0f);
            assertThat(reducer.largest(zeros, 0, 50)).isEqualTo(0f);
            assertThat(reducer.largest(zeros, 0, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
            assertThat(reducer.smallest(zeros, 0, 0)).isEqualTo(Float.POSITIVE_INFINITY);
        }
    }
}
