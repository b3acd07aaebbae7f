package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Whatever numbers are in, they are drawn. */
class NumbersTest {

    private static final double[] ONE_TWO = {1, 2};

    @Test
    void seriesAreOfAnyType() {
        for (Object numbers : List.of(
                ONE_TWO,
                new float[] {1, 2},
                new int[] {1, 2},
                new long[] {1, 2},
                new short[] {1, 2},
                new byte[] {1, 2},
                new Double[] {1.0, 2.0},
                List.of(1, 2L),
                List.of(1f, new BigDecimal("2")),
                Collections.unmodifiableCollection(List.of(1.0, 2.0)),
                List.of(Tensor.of(1.0), Tensor.of(2L)),
                new Tensor[] {Tensor.of(1.0), Tensor.of(2.0).reshape(1, 1)},
                Tensor.of(1.0, 2.0),
                Tensor.of(DataType.DOUBLE, 1, 2).requiresGrad(true),
                Tensor.of(1.0, 2.0).requiresGrad(true).mul(1),
                Tensor.of(DataType.FLOAT16, 1, 2),
                Tensor.of(DataType.BFLOAT16, 1, 2),
                Tensor.of(1, 2),
                Tensor.of(1L, 2L).reshape(2, 1),
                Tensor.of(1L, 2L).reshape(1, 1, 2))) {
            assertThat(Numbers.series("line", "a", numbers)).containsExactly(1, 2);
        }
    }

    @Test
    void oneNumberAndTruthValuesAreSeries() {
        assertThat(Numbers.series("line", "a", 3)).containsExactly(3);
        assertThat(Numbers.series("line", "a", Tensor.of(3.0))).containsExactly(3);
        assertThat(Numbers.series("line", "a", Tensor.zeros(0))).isEmpty();
        assertThat(Numbers.series("line", "a", new boolean[] {true, false})).containsExactly(1, 0);
        assertThat(Numbers.series("line", "a", Tensor.of(true, false))).containsExactly(1, 0);
        assertThat(Numbers.series("line", "a", Set.of())).isEmpty();
    }

    @Test
    void matricesAreOfAnyType() {
        double[][] rows = {{1, 2}, {3, 4}};
        for (Object matrix : List.of(
                rows,
                new int[][] {{1, 2}, {3, 4}},
                new long[][] {{1, 2}, {3, 4}},
                new float[][] {{1, 2}, {3, 4}},
                List.of(List.of(1, 2), new double[] {3, 4}),
                List.of(Tensor.of(1.0, 2.0), Tensor.of(3.0, 4.0)),
                Tensor.of(new double[][] {{1, 2}, {3, 4}}),
                Tensor.of(new double[][] {{1, 3}, {2, 4}}).t())) {
            assertThat(Arrays.deepToString(Numbers.matrix("heatMap", "m", matrix)))
                    .isEqualTo(Arrays.deepToString(rows));
        }
    }

    @Test
    void classesAreWholeNumbersOrOneHotRows() {
        assertThat(Numbers.classes("scatter", "classes", Tensor.of(new double[][] {{0, 1}, {1, 0}})))
                .containsExactly(1, 0);
        assertThat(Numbers.classes("scatter", "classes", Tensor.of(0.0, 1.0).reshape(2, 1)))
                .containsExactly(0, 1);
        assertThat(Numbers.classes("scatter", "classes", new int[][] {{0, 0, 1}}))
                .containsExactly(2);
        assertError(
                () -> Numbers.classes("scatter", "classes", new double[] {0.5}),
                "scatter: expected class indices 0, 1, … as 'classes'; got 0.5 at position 0. Pass whole numbers.");
    }

    @Test
    void whatIsDrawnIsACopy() {
        double[] values = {1, 2};
        Numbers.series("line", "a", values)[0] = 5;

        assertThat(values).containsExactly(1, 2);
    }

    @Test
    void whatIsNoNumberIsRefused() {
        Plot plot = Plot.titled("");
        assertError(
                () -> plot.line("a", "text"),
                "line: expected numbers as 'a'; got String. Pass a tensor, a list, or an array such as double[] or");
        assertError(
                () -> plot.line("a", List.of(1, "b")),
                "line: expected numbers as 'a'; got String among them. Pass a tensor");
        assertError(
                () -> plot.line("a", Arrays.asList(1, null)), "line: expected numbers as 'a'; got null among them.");
        assertError(
                () -> plot.line("a", new double[][] {{1, 2}}),
                "line: expected numbers as 'a'; got double[] among them.");
        assertError(
                () -> plot.line("a", Tensor.zeros(2, 3)),
                "line: expected numbers in a row for 'a'; got a tensor of shape (2, 3). Choose a row or a column of it.");
        assertError(
                () -> plot.line("a", List.of(Tensor.zeros(2))),
                "line: expected numbers as 'a'; got a tensor of shape (2) among them.");
        assertError(() -> plot.line("a", new char[] {'a'}), "line: expected numbers as 'a'; got char[].");
        assertError(
                () -> plot.scatter("a", Tensor.zeros(4, 3)),
                "scatter: expected points of shape (N, 2); got a tensor of shape (4, 3). Choose two of the features.");
        for (Object x : List.of(Tensor.zeros(4), new double[4], new int[4], List.of(1, 2))) {
            assertError(() -> plot.scatter(x, x), "Pass rows of two numbers, or a name before two series: scatter(");
        }
        assertError(() -> plot.line("a", (double[]) null), "line: expected numbers as 'a'; got null. Pass a tensor");
        assertError(() -> plot.scatter((Object) null, new int[0]), "scatter: expected a matrix as 'points'; got null.");
        assertError(
                () -> ClassifierPlots.confusionMatrix(Tensor.zeros(4)),
                "confusionMatrix: expected a matrix as 'counts'; got a tensor of shape (4).");
        assertError(
                () -> ClassifierPlots.confusionMatrix(new int[] {1, 2}),
                "confusionMatrix: expected a matrix as 'counts'; got int[]. Pass a tensor of two dimensions");
        assertError(
                () -> Numbers.matrix("heatMap", "m", List.of(ONE_TWO, List.of(1))),
                "heatMap: expected rows of one length in 'm'; got 2 and 1. Cut or fill the rows.");
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
