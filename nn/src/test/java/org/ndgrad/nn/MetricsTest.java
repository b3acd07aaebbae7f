package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class MetricsTest {

    @Test
    void accuracyCountsHighestScores() {
        Tensor scores = Tensor.of(new double[][] {{1, 2}, {3, 0}, {0, 1}, {5, 5}});

        assertThat(Metrics.accuracy(scores, Tensor.of(1, 0, 0, 0))).isEqualTo(0.75);
        assertThat(Metrics.predictedClasses(scores).toLongArray()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void binaryAccuracyComparesWithTheThreshold() {
        Tensor scores = Tensor.of(0.2, 0.5, 0.7, 0.4);
        Tensor targets = Tensor.of(0.0, 1.0, 0.0, 1.0);

        assertThat(Metrics.binaryAccuracy(scores, targets, 0.5)).isEqualTo(0.5);
        assertThat(Metrics.binaryAccuracy(scores, targets, 0)).isEqualTo(0.5);
        assertThat(Metrics.binaryAccuracy(scores, Tensor.of(0, 1, 1, 0), 0.5)).isEqualTo(1);
    }

    @Test
    void confusionMatrixHasTrueClassesAsRows() {
        long[][] counts = Metrics.confusionMatrix(Tensor.of(0, 1, 1, 2), Tensor.of(0, 0, 1, 1), 3);

        assertThat(counts).isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 1}, {0, 0, 0}});
    }

    @Test
    void wrongShapesAndLabelsAreRefused() {
        assertThatThrownBy(() -> Metrics.accuracy(Tensor.zeros(3, 2), Tensor.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected scores of shape (N, C) and integer targets of shape (N); "
                        + "got (3, 2) and (3), float32. Use binaryAccuracy for one score per sample.");
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.zeros(3, 1), Tensor.zeros(3), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "binaryAccuracy: expected targets of the same shape as scores, (3, 1); got (3).");
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.zeros(1), Tensor.of(new long[] {2}), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("binaryAccuracy: expected targets 0 or 1; got 2.0 at position 0.");
        assertThatThrownBy(() -> Metrics.accuracy(Tensor.zeros(0, 2), Tensor.of(new long[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected at least one sample; got none.");
        assertThatThrownBy(() -> Metrics.confusionMatrix(Tensor.of(0, 3), Tensor.of(0, 1), 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("confusionMatrix: expected class indices in [0, 2); got 3 at position 1.");
    }
}
