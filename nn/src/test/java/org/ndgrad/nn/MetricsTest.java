package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.train.ConfusionMatrix;

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

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE})
    void accuracyRefusesTargetsThatAreNoClasses(long wrong) {
        assertThatThrownBy(() -> Metrics.accuracy(Tensor.zeros(2, 3), Tensor.of(2L, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected targets that are class indices in [0, 3); got " + wrong
                        + " at position 1. Count the classes from 0.");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void predictionsThatAreNaNAreRefused(DataType dtype) {
        Tensor scores = Tensor.of(dtype, new double[][] {{1, 2}, {0, Double.NaN}, {Double.NaN, 1}});
        Tensor one = Tensor.of(dtype, 0.2, 0.5, Double.NaN, 0.4);
        String advice = ". Look at the loss and the inputs: training may have diverged.";

        assertThatThrownBy(() -> Metrics.accuracy(scores, Tensor.of(1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected scores that are numbers; got NaN for sample 1" + advice);
        assertThatThrownBy(() -> Metrics.predictedClasses(scores))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predictedClasses: expected scores that are numbers; got NaN for sample 1" + advice);
        assertThatThrownBy(() -> Metrics.binaryAccuracy(one, Tensor.of(0, 1, 1, 1), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("binaryAccuracy: expected scores that are numbers; got NaN for sample 2" + advice);
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.of(0.5), Tensor.of(1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threshold");
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.of(0.5), Tensor.of(Double.NaN), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets 0 or 1; got NaN");
    }

    @Test
    void infiniteScoresAreNumbers() {
        double infinity = Double.POSITIVE_INFINITY;
        Tensor scores = Tensor.of(new double[][] {{1, infinity}, {-infinity, 0}, {-infinity, -infinity}});

        assertThat(Metrics.accuracy(scores, Tensor.of(1, 1, 0))).isOne();
        assertThat(Metrics.binaryAccuracy(Tensor.of(infinity, -infinity), Tensor.of(1, 0), 0))
                .isOne();
    }

    @Test
    void wrongShapesAndLabelsAreRefused() {
        assertThatThrownBy(() -> Metrics.accuracy(Tensor.zeros(3, 2), Tensor.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected scores of shape (N, C) and integer targets of shape (N); "
                        + "got (3, 2) and (3), float32. Drop a dim of size 1 with squeeze(1); use binaryAccuracy for"
                        + " one score per sample.");
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.zeros(3, 1), Tensor.zeros(3), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "binaryAccuracy: expected targets of the same shape as scores, (3, 1); got (3).");
        assertThatThrownBy(() -> Metrics.binaryAccuracy(Tensor.zeros(1), Tensor.of(new long[] {2}), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("binaryAccuracy: expected targets 0 or 1; got 2.0 at position 0.");
        assertThatThrownBy(() -> Metrics.accuracy(Tensor.zeros(0, 2), Tensor.of(new long[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accuracy: expected at least one sample; got none. Give some.");
        assertThatThrownBy(() -> Metrics.confusionMatrix(Tensor.of(0, 3), Tensor.of(0, 1), 2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        "confusionMatrix: expected class indices in [0, 2); got 3 at position 1. Give more classes.");
    }

    @Test
    void oneScorePerSampleIsRefusedWhereClassesAreAsked() {
        Tensor logits = Tensor.of(new double[][] {{3}, {-3}});

        assertThatThrownBy(() -> Metrics.accuracy(logits, Tensor.of(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "accuracy: expected scores of at least two classes, shape (N, C); got (2, 1), in which class 0"
                                + " is always the highest. For two classes by one logit, use"
                                + " binaryAccuracy(scores.squeeze(1), targets, 0); 0.5 for a probability.");
        assertThatThrownBy(() -> Metrics.predictedClasses(logits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("predictedClasses: expected scores of at least two classes");
        assertThat(Metrics.binaryAccuracy(logits.squeeze(1), Tensor.of(1, 0), 0))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_001, 100_000, Integer.MAX_VALUE})
    void countsBeyondMemoryAreRefused(int classes) {
        Tensor none = Tensor.zeros(DataType.INT64, 0);
        String expected = ": expected at most 10000 classes; got " + classes + ", whose counts would take gigabytes."
                + " Give those that there are, or count a part of them.";

        assertThatThrownBy(() -> Metrics.confusionMatrix(none, none, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confusionMatrix" + expected);
        assertThatThrownBy(() -> new ConfusionMatrix(classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ConfusionMatrix" + expected);
    }
}
