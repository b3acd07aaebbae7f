package org.ndgrad.nn.train;

import java.util.Arrays;
import org.ndgrad.nn.Painter;
import org.ndgrad.nn.Picture;

/**
 * How many samples of a class are found, and how many others are taken for it, as the threshold of the score goes down;
 * as scikit-learn's {@code roc_curve}. The first point is (0, 0), at an infinite threshold, the last (1, 1). Points on
 * a line between others are left out.
 */
public final class RocCurve {

    private final double[] falsePositiveRates;
    private final double[] truePositiveRates;
    private final double[] thresholds;
    private final double auc;

    RocCurve(Ranking.Counts counts) {
        int points = counts.thresholds().length;
        double[] fpr = new double[points + 1];
        double[] tpr = new double[points + 1];
        double[] least = new double[points + 1];
        least[0] = Double.POSITIVE_INFINITY;
        int size = 1;
        for (int i = 0; i < points; i++) {
            boolean inner = i > 0 && i < points - 1;
            if (!inner || bends(counts.positives(), i) || bends(counts.negatives(), i)) {
                fpr[size] = (double) counts.negatives()[i] / counts.allNegatives();
                tpr[size] = (double) counts.positives()[i] / counts.allPositives();
                least[size] = counts.thresholds()[i];
                size++;
            }
        }
        this.falsePositiveRates = Arrays.copyOf(fpr, size);
        this.truePositiveRates = Arrays.copyOf(tpr, size);
        this.thresholds = Arrays.copyOf(least, size);
        this.auc = area(counts);
    }

    private static boolean bends(long[] counts, int i) {
        return counts[i + 1] - counts[i] != counts[i] - counts[i - 1];
    }

    /** Returns the area under the curve, from whole numbers. */
    static double area(Ranking.Counts counts) {
        double twice = 0;
        long up = 0;
        long right = 0;
        for (int i = 0; i < counts.thresholds().length; i++) {
            twice += (double) (counts.negatives()[i] - right) * (counts.positives()[i] + up);
            up = counts.positives()[i];
            right = counts.negatives()[i];
        }
        return twice / 2 / up / right;
    }

    /** Returns x: of the other samples, the share with at least the threshold's score, ascending. */
    public double[] falsePositiveRates() {
        return falsePositiveRates.clone();
    }

    /** Returns y: of the samples of the class, the share with at least the threshold's score, ascending. */
    public double[] truePositiveRates() {
        return truePositiveRates.clone();
    }

    /** Returns the thresholds, descending from infinity. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /**
     * Returns the points of the curve, as {@code ClassifierPlots.roc} draws them.
     *
     * @return pairs of a false and a true positive rate, shape (points, 2)
     */
    public double[][] points() {
        return Ranking.pairs(falsePositiveRates, truePositiveRates);
    }

    /**
     * Draws the curve with the diagonal of chance, as {@code ClassifierPlots.roc} does.
     *
     * @throws IllegalStateException if the module {@code ndgrad-plot} is not there
     */
    public Picture plot() {
        return Painter.of("RocCurve.plot").roc(points());
    }

    /** Returns the area under the curve, in [0, 1]. */
    public double auc() {
        return auc;
    }

    /** Returns the number of points and the area. */
    @Override
    public String toString() {
        return "RocCurve(" + thresholds.length + " points, AUC " + auc + ")";
    }
}
