package org.ndgrad.nn.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Scores of a batch, checked. */
final class Probabilities {

    /** How far the sum of a sample's probabilities may be from 1, by rounding in softmax. */
    private static final double ROUNDING = 1e-4;

    private static final double HALF_ROUNDING = 0.02;
    private static final double EXACT_BELOW = 0x1p53;

    private Probabilities() {}

    /** Returns the scores, none of which is NaN or was rounded. */
    static double[] numbers(String who, Tensor scores) {
        double[] values = scores.toDoubleArray();
        boolean mayRound = scores.dtype() == DataType.INT64;
        for (int i = 0; i < values.length; i++) {
            if (mayRound && Math.abs(values[i]) >= EXACT_BELOW) {
                throw new IllegalArgumentException(
                        who + ": expected integer scores below 2^53, which float64 tells apart; got "
                                + scores.toLongArray()[i] + " at position " + i + ". Subtract a constant from them.");
            }
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException(who + ": expected scores that are numbers; got NaN at position " + i
                        + ". Look at the loss and the inputs: training may have diverged.");
            }
        }
        return values;
    }

    static void checkEach(String who, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException(who + ": expected probabilities in [0, 1]; got " + values[i]
                        + " at position " + i + ". Use Scores.LOGITS for what has not gone through sigmoid or softmax,"
                        + " and an integer dtype for classes.");
            }
        }
    }

    /** Returns scores of shape (N, C), checked as probabilities that add up to 1 for each sample. */
    static double[] rows(String who, Tensor scores) {
        double[] values = numbers(who, scores);
        int classes = (int) scores.size(1);
        checkEach(who, values);
        boolean half = scores.dtype().isFPType() && scores.dtype().width() == 2;
        for (int start = 0; start < values.length; start += classes) {
            double sum = 0;
            for (int i = start; i < start + classes; i++) {
                sum += values[i];
            }
            if (Math.abs(sum - 1) > (half ? HALF_ROUNDING : ROUNDING)) {
                throw new IllegalArgumentException(
                        who + ": expected probabilities that add up to 1 for each sample; got "
                                + sum + " for sample " + start / classes + ". Apply softmax(1) to the logits, or use"
                                + " Scores.LOGITS.");
            }
        }
        return values;
    }

    /**
     * Returns the logarithm of p / (1 − p), p what softmax makes of logits of shape (N, C): in the order of p, but
     * apart where p is so near to 0 or 1 that float64 does not tell.
     */
    static double[] logOdds(String who, Tensor logits) {
        double[] values = numbers(who, logits);
        int classes = (int) logits.size(1);
        for (int start = 0; start < values.length; start += classes) {
            toLogOdds(values, start, start + classes, highest(who, values, start, classes));
        }
        return values;
    }

    /** Each logit is measured from the logarithm of the sum of the exponentials of all others. */
    private static void toLogOdds(double[] logits, int start, int end, int top) {
        double highest = logits[top];
        double second = Double.NEGATIVE_INFINITY;
        for (int i = start; i < end; i++) {
            second = i == top ? second : Math.max(second, logits[i]);
        }
        double belowHighest = 0;
        double belowSecond = 0;
        for (int i = start; i < end; i++) {
            belowHighest += i == top ? 0 : Math.exp(logits[i] - highest);
            belowSecond += i == top || second == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logits[i] - second);
        }
        for (int i = start; i < end; i++) {
            double above = logits[i] - highest;
            logits[i] = i == top
                    ? highest - second - Math.log(Math.max(1, belowSecond))
                    : above - Math.log1p(Math.max(0, belowHighest - Math.exp(above)));
        }
    }

    /** Returns the probability of its {@link #logOdds}. */
    static double ofLogOdds(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** Returns −log of the probability that softmax gives to one of a sample's classes. */
    static double logitLoss(String who, double[] logits, int start, int classes, int own) {
        int top = highest(who, logits, start, classes);
        double others = 0;
        for (int i = start; i < start + classes; i++) {
            others += i == top ? 0 : Math.exp(logits[i] - logits[top]);
        }
        return logits[top] - logits[start + own] + Math.log1p(others);
    }

    /** Returns where the highest logit of a sample is. */
    private static int highest(String who, double[] logits, int start, int classes) {
        int highest = start;
        for (int i = start; i < start + classes; i++) {
            highest = logits[i] > logits[highest] ? i : highest;
        }
        if (Double.isInfinite(logits[highest])) {
            throw new IllegalArgumentException(who + ": expected logits of which the highest is finite; got "
                    + logits[highest] + " for sample " + start / classes
                    + ". Look at the inputs: training may have diverged.");
        }
        return highest;
    }
}
