package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Stateful;

/**
 * The mean of −log p, p the probability that was given to the true class, as scikit-learn's {@code log_loss}.
 *
 * <p>Predictions are of shape (N, C), targets class indices of shape (N); or both of shape (N), or (N, 1): the
 * probability of class 1, and 0 or 1. As scikit-learn has it for float64, a probability counts as at least
 * ε = 2⁻⁵², at most 1 − ε, so that a wrong one that is sure costs 36. What comes from {@linkplain Scores#LOGITS logits}
 * is not bounded so.
 */
public final class LogLoss implements Metric, Stateful {

    private static final double EPSILON = Math.ulp(1.0);
    private static final String SUM = "sum";
    private static final String SAMPLES = "samples";

    private final Scores scores;
    private double sum;
    private long samples;

    /** Returns the loss of probabilities. */
    public LogLoss() {
        this(Scores.PROBABILITIES);
    }

    /**
     * Returns the loss.
     *
     * @param scores what the predictions are
     */
    public LogLoss(Scores scores) {
        this.scores = Checks.given("LogLoss", "scores", scores);
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        double[] losses = Labels.hasClassScores("LogLoss", predicted, targets)
                ? ofClasses(predicted, targets)
                : ofPositives(predicted, targets);
        for (double loss : losses) {
            sum += loss;
        }
        samples += losses.length;
    }

    private double[] ofClasses(Tensor predicted, Tensor targets) {
        int classes = (int) predicted.size(1);
        int[] right = Labels.classes("LogLoss", "targets", targets, classes);
        boolean logits = scores == Scores.LOGITS;
        double[] values =
                logits ? Probabilities.numbers("LogLoss", predicted) : Probabilities.rows("LogLoss", predicted);
        double[] losses = new double[right.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = logits
                    ? Probabilities.logitLoss("LogLoss", values, i * classes, classes, right[i])
                    : loss(values[i * classes + right[i]]);
        }
        return losses;
    }

    private double[] ofPositives(Tensor predicted, Tensor targets) {
        int[] right = Labels.zerosAndOnes("LogLoss", targets);
        double[] losses = Probabilities.numbers("LogLoss", predicted);
        boolean logits = scores == Scores.LOGITS;
        if (!logits) {
            Probabilities.checkEach("LogLoss", losses);
        }
        for (int i = 0; i < losses.length; i++) {
            double p = losses[i];
            if (logits) {
                double margin = right[i] == 1 ? p : -p;
                losses[i] = Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
            } else {
                losses[i] = loss(right[i] == 1 ? p : 1 - p);
            }
        }
        return losses;
    }

    private static double loss(double probability) {
        return -Math.log(Math.max(EPSILON, Math.min(1 - EPSILON, probability)));
    }

    @Override
    public double compute() {
        Share.checkSamples("LogLoss", samples);
        return sum / samples;
    }

    @Override
    public void reset() {
        sum = 0;
        samples = 0;
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(SUM, sum, SAMPLES, samples);
    }

    @Override
    public void load(Map<String, ?> state) {
        MetricState read = new MetricState("LogLoss", state, SUM, SAMPLES);
        double newSum = read.number(SUM);
        long newSamples = read.count(SAMPLES);
        sum = newSum;
        samples = newSamples;
    }

    @Override
    public String name() {
        return "log_loss";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
