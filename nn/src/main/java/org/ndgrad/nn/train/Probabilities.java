package org.ndgrad.nn.train;

import org.ndgrad.autograd.Tensor;

/** Scores of a batch, checked. */
final class Probabilities {

    /** How far the sum of a sample's probabilities may be from 1, by rounding in softmax. */
    private static final double ROUNDING = 1e-4;

    private static final double HALF_ROUNDING = 0.02;

    private Probabilities() {}

    /** Returns the scores, none of which is NaN. */
    static double[] numbers(String who, Tensor scores) {
        double[] values = scores.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
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

    /**
     * Returns scores of shape (N, C) as probabilities that add up to 1 for each sample.
     *
     * @param kind what they are; logits go through softmax
     */
    static double[] rows(String who, Tensor scores, Scores kind) {
        double[] values = numbers(who, scores);
        int classes = (int) scores.size(1);
        if (kind == Scores.LOGITS) {
            for (int start = 0; start < values.length; start += classes) {
                double all = logSumExp(who, values, start, classes);
                for (int i = start; i < start + classes; i++) {
                    values[i] = Math.exp(values[i] - all);
                }
            }
            return values;
        }
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

    /** Returns the logarithm of the sum of a sample's exponentials. */
    static double logSumExp(String who, double[] logits, int start, int classes) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = start; i < start + classes; i++) {
            highest = Math.max(highest, logits[i]);
        }
        if (Double.isInfinite(highest)) {
            throw new IllegalArgumentException(who + ": expected logits of which the highest is finite; got " + highest
                    + " for sample " + start / classes + ". Look at the inputs: training may have diverged.");
        }
        double sum = 0;
        for (int i = start; i < start + classes; i++) {
            sum += Math.exp(logits[i] - highest);
        }
        return highest + Math.log(sum);
    }
}
