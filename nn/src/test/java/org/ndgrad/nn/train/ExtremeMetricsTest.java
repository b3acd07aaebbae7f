package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Stateful;

/** Metrics of numbers so large, so small or so near to one another that a plain computation loses them. */
class ExtremeMetricsTest {

    private static Tensor doubles(double... values) {
        return Tensor.of(DataType.DOUBLE, values);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e3, 1e16, -1e16, 1e300, -1e308})
    void lossesOfLogitsDoNotDependOnTheirOffset(double offset) {
        for (double[] logits : new double[][] {{0, 0}, {0, 0, 0}, {0, 1e-3 * Math.abs(offset)}}) {
            Tensor scores = doubles(logits).add(offset).reshape(1, logits.length);
            for (long target = 0; target < logits.length; target++) {
                LogLoss loss = new LogLoss(Scores.LOGITS);

                loss.update(scores, Tensor.of(new long[] {target}));

                double expected = Losses.crossEntropy(scores, Tensor.of(new long[] {target}))
                        .item();
                assertThat(loss.compute()).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
            }
        }
    }

    @Test
    void sureLossesOfLogitsAreNotZero() {
        LogLoss loss = new LogLoss(Scores.LOGITS);

        loss.update(doubles(100, 0).reshape(1, 2), Tensor.of(new long[] {0}));

        assertThat(loss.compute()).isCloseTo(Math.exp(-100), within(1e-58));
    }

    /** Metrics of numbers, with the predictions and targets of samples, and the value. */
    static Stream<Arguments> numbers() {
        long b = 1L << 60;
        long c = 1L << 53;
        return Stream.of(
                of(R2Score::new, longs(b + 2, b + 1, b), longs(b, b + 1, b + 2), -3),
                of(R2Score::new, longs(-b + 2, -b + 1, -b), longs(-b, -b + 1, -b + 2), -3),
                of(MeanSquaredError::new, longs(c + 1, 0), longs(c, 0), 0.5),
                of(MeanSquaredError::new, longs(Long.MAX_VALUE, 0), longs(Long.MAX_VALUE - 3, 0), 4.5),
                of(MeanSquaredError::new, doubles(0x1p53, 0), longs(c + 1, 0), 0.5),
                of(RootMeanSquaredError::new, longs(Long.MIN_VALUE, 0), longs(Long.MIN_VALUE + 3, 3), 3),
                of(MeanAbsoluteError::new, longs(c + 1), longs(c), 1),
                of(MeanAbsolutePercentageError::new, longs(b + 1), longs(b), 0x1p-60),
                of(R2Score::new, doubles(3e-200, 2e-200, 1e-200), doubles(1e-200, 2e-200, 3e-200), -3),
                of(R2Score::new, doubles(1e200, 2e200, 2e200), doubles(1e200, 2e200, 3e200), 0.5),
                of(R2Score::new, doubles(1e-300, 2e200, 2e200), doubles(0, 2e200, 4e200), 0.5),
                of(R2Score::new, doubles(8e307, -4e307), doubles(8e307, -8e307), 0.875),
                of(RootMeanSquaredError::new, doubles(1e200, 1e200), doubles(0, 0), 1e200),
                of(RootMeanSquaredError::new, doubles(1e-200, 1e-200), doubles(0, 0), 1e-200),
                of(RootMeanSquaredError::new, doubles(1e-200, 1e-150, 3, 1e-200), doubles(0, 0, 0, 0), 1.5),
                of(RootMeanSquaredError::new, doubles(3, 1e200, 1e300, 1e200), doubles(0, 0, 0, 0), 5e299),
                of(RootMeanSquaredError::new, doubles(0x1p-1074), doubles(0), 0x1p-1074),
                of(MeanAbsoluteError::new, doubles(1e308, 1e308), doubles(0, 0), 1e308),
                of(MeanAbsoluteError::new, doubles(0x1p-1074, 0x1p-1074), doubles(0, 0), 0x1p-1074),
                of(
                        MeanAbsoluteError::new,
                        doubles(1e308, 5e307).reshape(1, 2),
                        doubles(0, 0).reshape(1, 2),
                        7.5e307),
                of(
                        MeanAbsoluteError::new,
                        doubles(1.5e308, 1.5e308).reshape(1, 2),
                        doubles(0, 0).reshape(1, 2),
                        1.5e308),
                of(MeanSquaredError::new, doubles(1.3e154, 1.3e154, -1.3e154, 1.3e154), doubles(0, 0, 0, 0), 1.69e308),
                of(MeanAbsolutePercentageError::new, doubles(1e308, -1e308), doubles(-1e308, 1e308), 2),
                of(MeanAbsolutePercentageError::new, doubles(1.7e308, 1), doubles(-1.7e308, 2), 1.25),
                of(MeanAbsoluteError::new, doubles(1e308, 0), doubles(-1e308, 0), 1e308),
                of(MeanAbsoluteError::new, doubles(-1.5e308, 1, 0, 2), doubles(1.5e308, 3, 0, 2), 7.5e307),
                of(MeanAbsoluteError::new, doubles(1e308), doubles(-1e308), Double.POSITIVE_INFINITY),
                of(RootMeanSquaredError::new, doubles(1e308, 0, 0, 0), doubles(-1e308, 0, 0, 0), 1e308),
                of(R2Score::new, doubles(1e308, -1e308), doubles(-1e308, 1e308), -3),
                of(R2Score::new, doubles(-1.7e308, 0, 1.7e308), doubles(-1.7e308, 1.7e308, 1.7e308), 0.625),
                of(
                        R2Score::new,
                        doubles(1e308, 3, -1e308, 1).reshape(2, 2),
                        doubles(-1e308, 1, 1e308, 3).reshape(2, 2),
                        -3),
                of(R2Score::new, doubles(0x1p-1074, 0), doubles(0, 0x1p-1074), -3),
                of(
                        R2Score::new,
                        doubles(0x3p-1074, 0x2p-1074, 0x1p-1074),
                        doubles(0x1p-1074, 0x2p-1074, 0x3p-1074),
                        -3),
                of(R2Score::new, doubles(1e-320, 1e-310, 1e300), doubles(0, 0, 2e300), 0.625),
                of(R2Score::new, doubles(0, 0, 1e-100, 0), doubles(0, 0x1p-1074, 2e-100, 0), 2 / 3.0),
                of(MeanSquaredError::new, doubles(1e-200), doubles(0), 0),
                of(MeanSquaredError::new, doubles(1e160), doubles(0), Double.POSITIVE_INFINITY));
    }

    private static Arguments of(Supplier<Metric> metric, Tensor predicted, Tensor targets, double value) {
        return Arguments.of(metric, predicted, targets, value);
    }

    private static Tensor longs(long... values) {
        return Tensor.of(values);
    }

    private static Tensor doubles(double first) {
        return Tensor.full(DataType.DOUBLE, first, 1);
    }

    /** At once, and sample by sample through the state of another metric. */
    @ParameterizedTest(name = "{1} for {2}")
    @MethodSource("numbers")
    void errorsAreThoseOfExactComputation(Supplier<Metric> metric, Tensor predicted, Tensor targets, double value) {
        Metric atOnce = metric.get();
        atOnce.update(predicted, targets);
        assertThat(atOnce.compute()).isCloseTo(value, withinPercentage(1e-13));

        Map<String, ?> state = ((Stateful) metric.get()).stateDict();
        for (long i = 0; i < predicted.size(0); i++) {
            Metric next = metric.get();
            ((Stateful) next).load(state);
            next.update(predicted.slice(0, i, i + 1), targets.slice(0, i, i + 1));
            state = ((Stateful) next).stateDict();
        }
        Metric last = metric.get();
        ((Stateful) last).load(state);
        assertThat(last.compute()).isEqualTo(atOnce.compute());
    }

    @Test
    void integerScoresThatFloat64DoesNotTellApartAreRefused() {
        long big = 1L << 60;
        for (Metric metric : new Metric[] {new RocAuc(), new AveragePrecision()}) {
            assertThatThrownBy(() -> metric.update(longs(big, big + 1), longs(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(": expected integer scores below 2^53, which float64 tells apart; got"
                            + " 1152921504606846976 at position 0. Subtract a constant from them.");

            metric.update(longs(0, (1L << 53) - 2, (1L << 53) - 1), longs(0, 0, 1));
            assertThat(metric.compute()).isEqualTo(1);
        }
    }

    /** Of class 0, samples 1 and 2 are the surest, of class 1 samples 3 and 0; the probabilities are all the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 10, 1e3, 1e16, 1e300})
    void sureSamplesAreRankedByTheirLogits(double scale) {
        Tensor two = Tensor.of(DataType.DOUBLE, new double[][] {{40, 0}, {50, 0}, {60, 0}, {45, 0}})
                .mul(scale);
        Tensor more = Tensor.of(
                        DataType.DOUBLE,
                        new double[][] {{-1, 9, -1}, {-1, 8, -1}, {9, -1, -1}, {8, -1, -1}, {-1, -1, 9}, {-1, 7, 8}})
                .mul(scale);
        for (Metric metric : new Metric[] {new RocAuc(Scores.LOGITS), new AveragePrecision(Scores.LOGITS)}) {
            metric.update(two, longs(1, 0, 0, 1));
            assertThat(metric.compute()).isEqualTo(1);

            metric.reset();
            metric.update(more, longs(1, 2, 0, 1, 2, 2));
            double expected = ranked(metric, more, 0, longs(0, 0, 1, 0, 0, 0))
                    + ranked(metric, more, 1, longs(1, 0, 0, 1, 0, 0))
                    + ranked(metric, more, 2, longs(0, 1, 0, 0, 1, 1));
            assertThat(metric.compute()).isCloseTo(expected / 3, within(1e-15));
        }
    }

    /** Ranks samples by the logarithm of odds of a class, which are those of the highest other logit or near them. */
    private static double ranked(Metric like, Tensor logits, int label, Tensor targets) {
        Metric metric = like instanceof RocAuc ? new RocAuc() : new AveragePrecision();
        Tensor own = logits.select(1, label);
        Tensor others = Functions.cat(List.of(logits.slice(1, 0, label), logits.slice(1, label + 1, 3)), 1);
        metric.update(own.sub(others.logsumexp(1)), targets);
        return metric.compute();
    }

    @Test
    void thresholdsOfLogitsAreProbabilities() {
        Tensor logits = Tensor.of(DataType.DOUBLE, new double[][] {{1, 2, 3}, {0, 4, 2}, {900, 0, -900}});
        RocAuc auc = new RocAuc(Scores.LOGITS);
        auc.update(logits, longs(2, 1, 0));
        RocAuc same = new RocAuc();
        same.update(logits.softmax(1), longs(2, 1, 0));

        for (int label = 0; label < 3; label++) {
            assertThat(auc.curve(label).thresholds())
                    .containsExactly(same.curve(label).thresholds(), within(1e-15));
        }
    }
}
