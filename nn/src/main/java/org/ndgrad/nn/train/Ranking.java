package org.ndgrad.nn.train;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The scores that samples of a class have for it, and those that other samples have. */
final class Ranking {

    private final ImmutableDoubleArray.Builder positives = ImmutableDoubleArray.builder();
    private final ImmutableDoubleArray.Builder negatives = ImmutableDoubleArray.builder();

    /**
     * How many samples have at least a score, for each score that occurs, the highest first.
     *
     * @param thresholds the scores
     * @param positives how many samples of the class
     * @param negatives how many others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Counts(double[] thresholds, long[] positives, long[] negatives) {

        /** Returns the counts with other thresholds, in the same order. */
        Counts with(DoubleUnaryOperator threshold) {
            return new Counts(Arrays.stream(thresholds).map(threshold).toArray(), positives, negatives);
        }

        long allPositives() {
            return positives.length == 0 ? 0 : positives[positives.length - 1];
        }

        long allNegatives() {
            return negatives.length == 0 ? 0 : negatives[negatives.length - 1];
        }
    }

    /** Returns one of a part of an array, which begins with the positive ones. */
    static Ranking of(double[] scores, int from, int to, long positives) {
        Ranking ranking = new Ranking();
        for (int i = from; i < to; i++) {
            ranking.add(scores[i], i - from < positives);
        }
        return ranking;
    }

    /** Returns all scores, the positive ones first. */
    double[] scores() {
        return Doubles.concat(positives.build().toArray(), negatives.build().toArray());
    }

    long positives() {
        return positives.build().length();
    }

    void add(double score, boolean isPositive) {
        (isPositive ? positives : negatives).add(score);
    }

    /** Sorts both lists and goes through them side by side: equal scores are one threshold. */
    Counts counts() {
        double[] up = sorted(positives);
        double[] down = sorted(negatives);
        double[] thresholds = new double[up.length + down.length];
        long[] upCounts = new long[thresholds.length];
        long[] downCounts = new long[thresholds.length];
        int i = up.length;
        int j = down.length;
        int size = 0;
        while (i > 0 || j > 0) {
            double score = i == 0 ? down[j - 1] : j == 0 ? up[i - 1] : Math.max(up[i - 1], down[j - 1]);
            while (i > 0 && up[i - 1] == score) {
                i--;
            }
            while (j > 0 && down[j - 1] == score) {
                j--;
            }
            thresholds[size] = score;
            upCounts[size] = (long) up.length - i;
            downCounts[size] = (long) down.length - j;
            size++;
        }
        return new Counts(
                Arrays.copyOf(thresholds, size), Arrays.copyOf(upCounts, size), Arrays.copyOf(downCounts, size));
    }

    private static double[] sorted(ImmutableDoubleArray.Builder scores) {
        double[] values = scores.build().toArray();
        Arrays.sort(values);
        return values;
    }

    /** Returns the points of a curve, each x with its y. */
    static double[][] pairs(double[] x, double[] y) {
        double[][] pairs = new double[x.length][];
        Arrays.setAll(pairs, i -> new double[] {x[i], y[i]});
        return pairs;
    }
}
