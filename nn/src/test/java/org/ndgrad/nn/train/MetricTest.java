package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** What metrics take, refuse and say. Their values are checked by GoldenMetricsTest. */
class MetricTest {

    private static final String DIVERGED = " Look at the loss and the inputs: training may have diverged.";

    /** Metrics of one score per sample, with a batch that they take. */
    static Stream<Metric> binary() {
        return Stream.of(
                new Accuracy(),
                new Precision(),
                new Recall(),
                new F1Score(),
                new LogLoss(),
                new RocAuc(),
                new AveragePrecision());
    }

    static Stream<Metric> regression() {
        return Stream.of(
                new MeanAbsoluteError(),
                new MeanSquaredError(),
                new RootMeanSquaredError(),
                new MeanAbsolutePercentageError(),
                new R2Score());
    }

    static Stream<Metric> ofClasses() {
        return Stream.of(
                new Accuracy(),
                new TopKAccuracy(2),
                new F1Score(Average.MACRO),
                new LogLoss(Scores.LOGITS),
                new RocAuc(Scores.LOGITS),
                new AveragePrecision(Scores.LOGITS));
    }

    @Test
    void namesAreThoseOfScikitLearn() {
        assertThat(Stream.concat(binary(), regression()).map(Metric::name))
                .containsExactly(
                        "accuracy",
                        "precision",
                        "recall",
                        "f1",
                        "log_loss",
                        "roc_auc",
                        "average_precision",
                        "mean_absolute_error",
                        "mean_squared_error",
                        "root_mean_squared_error",
                        "mean_absolute_percentage_error",
                        "r2");
        assertThat(new F1Score(Average.MACRO).name()).isEqualTo("f1_macro");
        assertThat(new TopKAccuracy(5).name()).isEqualTo("top_5_accuracy");
    }

    @ParameterizedTest
    @MethodSource({"binary", "regression"})
    void nothingIsSaidOfNoSamples(Metric metric) {
        String who = metric.getClass().getSimpleName();
        assertThatThrownBy(metric::compute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(who + ": expected at least (one sample; got none|two samples; got 0)\\. Call .*");

        metric.update(Tensor.zeros(0), Tensor.zeros(0));
        assertThatThrownBy(metric::compute).isInstanceOf(IllegalStateException.class);

        metric.update(Tensor.of(0.25, 0.75), Tensor.of(0, 1));
        double value = metric.compute();
        metric.update(Tensor.zeros(0), Tensor.zeros(0));
        assertThat(metric.compute()).isEqualTo(value);

        metric.reset();
        assertThatThrownBy(metric::compute).isInstanceOf(IllegalStateException.class);
        metric.update(Tensor.of(0.25, 0.75), Tensor.of(0, 1));
        assertThat(metric.compute()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void noRowsAreTaken(Metric metric) {
        metric.update(Tensor.zeros(0, 3), Tensor.zeros(DataType.INT64, 0));

        assertThatThrownBy(metric::compute).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource({"binary", "regression"})
    void whatIsRefusedChangesNothing(Metric metric) {
        metric.update(Tensor.of(0.25, 0.75, 0.5), Tensor.of(0, 1, 0));
        double value = metric.compute();

        assertThatThrownBy(() -> metric.update(Tensor.of(0.5, 0.25, Double.NaN), Tensor.of(0, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(metric.getClass().getSimpleName() + ": expected ")
                .hasMessageContaining("; got NaN at position 2." + DIVERGED);
        assertThatThrownBy(() -> metric.update(Tensor.of(0.5, 0.25), Tensor.of(0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got NaN at position 1");
        assertThatThrownBy(() -> metric.update(Tensor.zeros(2, 1), Tensor.zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(2, 1)")
                .hasMessageContaining("(2)");
        assertThatThrownBy(() -> metric.update(Tensor.of(0.5), Tensor.of(1)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(metric.compute()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource({"binary", "regression"})
    void oneColumnIsOneValuePerSample(Metric metric) {
        metric.update(Tensor.of(0.25, 0.75, 0.5), Tensor.of(0, 1, 0));
        double value = metric.compute();
        metric.reset();
        metric.update(
                Tensor.of(0.25, 0.75, 0.5).reshape(3, 1), Tensor.of(0, 1, 0).reshape(3, 1));

        assertThat(metric.compute()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void scoresOfClassesAreChecked(Metric metric) {
        String who = metric.getClass().getSimpleName();
        assertThatThrownBy(() ->
                        metric.update(Tensor.of(new double[][] {{1, 2, 3}, {1, Double.NaN, 3}}), Tensor.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(who + ": expected scores that are numbers; got NaN at position 4.")
                .hasMessageEndingWith(DIVERGED);
        assertThatThrownBy(() -> metric.update(Tensor.zeros(2, 3), Tensor.of(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(who + ": expected targets that are class indices in [0, 3); got 3.0 at position 1. Count"
                        + " the classes from 0.");
        assertThatThrownBy(() -> metric.update(Tensor.zeros(2, 3), Tensor.of(0, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got -1.0");
        assertThatThrownBy(() -> metric.update(Tensor.zeros(2, 3), Tensor.of(0, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0.5");
        assertThatThrownBy(() -> metric.update(Tensor.zeros(2, 3), Tensor.zeros(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(who + ": expected predictions of shape (N, C) for classes of shape (N), or both of shape"
                        + " (N); got (2, 3) and (2, 3). Drop a dim of size 1 with squeeze(1); use flatten() where each"
                        + " element is decided alone.");
    }

    @Test
    void scoresAreWhatTheyAreSaidToBe() {
        assertThatThrownBy(() -> new Accuracy().update(Tensor.of(0.5, -2.0), Tensor.of(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Accuracy: expected probabilities in [0, 1]; got -2.0 at position 1. Use Scores.LOGITS for"
                        + " what has not gone through sigmoid or softmax, and an integer dtype for classes.");
        assertThatThrownBy(() -> new RocAuc().update(Tensor.of(new double[][] {{0.5, 0.25}}), Tensor.of(new int[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RocAuc: expected probabilities that add up to 1 for each sample; got 0.75 for sample 0."
                        + " Apply softmax(1) to the logits, or use Scores.LOGITS.");
        assertThatThrownBy(() -> new LogLoss(Scores.LOGITS)
                        .update(Tensor.of(new double[][] {{0, 1}, {Double.POSITIVE_INFINITY, 0}}), Tensor.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LogLoss: expected logits of which the highest is finite; got Infinity for sample 1. Look"
                        + " at the inputs: training may have diverged.");
        assertThatThrownBy(() -> new Accuracy().update(Tensor.of(new double[] {0.5}), Tensor.of(new int[] {2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Accuracy: expected targets 0 or 1 for one score per sample; got 2.0 at position 0. Give"
                        + " scores of shape (N, C) for more classes.");
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void probabilitiesOfAllTypesAddUpToOne(DataType dtype) {
        Tensor logits = Tensor.of(dtype, new double[][] {{1, 2, 3, 0.1, 0.2, 0.3}, {5, 0, 0, 0, 0, 0}});
        var loss = new LogLoss();
        loss.update(logits.softmax(1), Tensor.of(2, 0));
        var same = new LogLoss(Scores.LOGITS);
        same.update(logits, Tensor.of(2, 0));

        assertThat(loss.compute()).isCloseTo(same.compute(), within(0.01));
    }

    @Test
    void sureLossesAreBoundedForProbabilitiesAlone() {
        var bounded = new LogLoss();
        bounded.update(Tensor.of(new double[][] {{0, 1}}), Tensor.of(new int[] {0}));
        var logits = new LogLoss(Scores.LOGITS);
        logits.update(Tensor.of(new double[][] {{0, 1000}}), Tensor.of(new int[] {0}));
        var one = new LogLoss(Scores.LOGITS);
        one.update(Tensor.of(-1000.0, 1000.0), Tensor.of(1, 1));

        assertThat(bounded.compute()).isEqualTo(52 * Math.log(2));
        assertThat(logits.compute()).isEqualTo(1000);
        assertThat(one.compute()).isEqualTo(500);
    }

    @Test
    void classesAreTakenFromIntegersAndBooleans() {
        var accuracy = new Accuracy();
        accuracy.update(Tensor.of(2, 0, 7), Tensor.of(2, 1, 7));
        accuracy.update(Tensor.of(0.2, 0.7).gt(0.5), Tensor.of(0.0, 1.0));

        assertThat(accuracy.compute()).isEqualTo(0.8);
        assertThatThrownBy(() -> accuracy.update(Tensor.of(new int[] {-1}), Tensor.of(new int[] {0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected predictions that are class indices in [0, 1000000); got -1.0");
    }

    @Test
    void thresholdIsOfTheProbability() {
        PrecisionRecallOptions options = PrecisionRecallOptions.defaults().withThreshold(0.25);
        var recall = new Recall(options);
        var ofLogits = new Recall(options.withScores(Scores.LOGITS));
        Tensor p = Tensor.of(DataType.DOUBLE, 0.24, 0.26, 0.9);
        recall.update(p, Tensor.of(1, 1, 1));
        ofLogits.update(p.logit(), Tensor.of(1, 1, 1));

        assertThat(recall.compute()).isEqualTo(2.0 / 3).isEqualTo(ofLogits.compute());
        assertThatThrownBy(() -> options.withThreshold(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "PrecisionRecallOptions: expected a threshold of the probability in [0, 1]; got NaN.");
    }

    @Test
    void oneOfTwoClassesIsNoChoiceOfThree() {
        String message =
                "F1Score: expected two classes, of which it looks at class 1; got 3. Choose Average.MACRO, MICRO"
                        + " or WEIGHTED.";
        assertThatThrownBy(() -> new F1Score().update(Tensor.zeros(2, 3), Tensor.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> new F1Score().update(Tensor.of(0, 1), Tensor.of(0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNotDefinedIsSaid() {
        var auc = new RocAuc();
        auc.update(Tensor.of(0.2, 0.4), Tensor.of(1, 1));
        assertThatThrownBy(auc::compute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("RocAuc: expected samples of class 1 and others; got 2 and 0 others, for which it is not"
                        + " defined. Give more samples, or a stratified part of them.");
        var precision = new AveragePrecision();
        precision.update(Tensor.eye(3), Tensor.of(0, 1, 0));
        assertThatThrownBy(precision::compute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("AveragePrecision: expected samples of class 2; got 0 and 3 others, for which it is not"
                        + " defined. Give more samples, or a stratified part of them.");
        assertThat(precision.curve(0).averagePrecision()).isEqualTo(0.5 * 1 + 0.5 * 2 / 3);
        assertThatThrownBy(precision::curve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("AveragePrecision: expected one score per sample; got those of 3 classes. Name one, as in"
                        + " curve(0).");
        assertThatThrownBy(() -> precision.curve(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AveragePrecision: expected a class in [0, 3); got 3. Count from 0.");
        assertThatThrownBy(() -> precision.update(Tensor.eye(2), Tensor.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AveragePrecision: expected scores for as many classes as before, 3; got (2, 2). Call"
                        + " reset() before other data.");
        var r2 = new R2Score();
        r2.update(Tensor.of(new double[] {1.0}), Tensor.of(new double[] {1.0}));
        assertThatThrownBy(r2::compute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("R2Score: expected at least two samples; got 1. Call update with more before compute.");
        var left = new Precision(PrecisionRecallOptions.defaults().withZeroDivision(ZeroDivision.LEAVE_OUT));
        left.update(Tensor.of(0, 0), Tensor.of(0, 1));
        assertThatThrownBy(left::compute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Precision: expected a class whose value is not 0 / 0; got none");
    }

    @Test
    void aDivisionByZeroIsLoggedOnce() {
        var records = new ArrayList<LogRecord>();
        Logger logger = Logger.getLogger(ClassCounts.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            var precision = new Precision(Average.MACRO);
            precision.update(Tensor.of(0, 0), Tensor.of(0, 1));
            assertThat(precision.compute()).isEqualTo(0.25);
            assertThat(precision.compute()).isEqualTo(0.25);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(records).hasSize(1);
        assertThat(List.of(records.get(0).getParameters())).containsExactly("Precision", 1, "never predicted");
    }

    @Test
    void outputsAreAsManyAsBefore() {
        var error = new RootMeanSquaredError();
        error.update(Tensor.zeros(2, 3), Tensor.ones(2, 3));

        assertThatThrownBy(() -> error.update(Tensor.zeros(2), Tensor.zeros(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RootMeanSquaredError: expected as many outputs as before, 3; got shape (2). Call reset()"
                        + " before other data.");
        assertThatThrownBy(() -> error.update(Tensor.zeros(2, 1, 3), Tensor.zeros(2, 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "RootMeanSquaredError: expected values of shape (N) or (N, D); got (2, 1, 3). Call flatten(1)");
    }

    @Test
    void confusionMatrixCountsAndForgets() {
        var matrix = new ConfusionMatrix(3);
        matrix.update(Tensor.of(new double[][] {{0, 5, 1}, {9, 5, 1}}), Tensor.of(0, 0));
        matrix.update(Tensor.of(new int[] {2}), Tensor.of(new int[] {1}));

        assertThat(matrix.compute()).isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 0, 1}, {0, 0, 0}});
        assertThat(matrix).hasToString("[[1, 1, 0], [0, 0, 1], [0, 0, 0]]");
        assertThatThrownBy(() -> matrix.update(Tensor.of(new int[] {3}), Tensor.of(new int[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ConfusionMatrix: expected 3 classes; got 4. Give it as many as there are.");
        assertThatThrownBy(() -> new ConfusionMatrix(1)).isInstanceOf(IllegalArgumentException.class);
        matrix.reset();
        assertThat(matrix.normalized(NormalizeBy.ALL)).isDeepEqualTo(new double[3][3]);
    }

    @Test
    void topKNeedsMoreClasses() {
        assertThatThrownBy(() -> new TopKAccuracy(3).update(Tensor.zeros(1, 3), Tensor.of(new int[] {0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TopKAccuracy: expected scores of more than 3 classes, shape (N, C); got (1, 3), in which"
                        + " any class is among the first 3. Choose a smaller k.");
        assertThatThrownBy(() -> new TopKAccuracy(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void curvesGiveTheirPoints() {
        var auc = new RocAuc();
        auc.update(Tensor.of(0.1, 0.4, 0.35, 0.8), Tensor.of(0, 0, 1, 1));
        var precision = new AveragePrecision();
        precision.update(Tensor.of(0.1, 0.8), Tensor.of(0, 1));

        assertThat(auc.curve().points()).isDeepEqualTo(new double[][] {{0, 0}, {0, 0.5}, {0.5, 0.5}, {0.5, 1}, {1, 1}});
        assertThat(precision.curve().points()).isDeepEqualTo(new double[][] {{1, 0.5}, {1, 1}, {0, 1}});
    }
}
