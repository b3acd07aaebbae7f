package org.ndgrad.nn.train;

import org.ndgrad.nn.Painter;
import org.ndgrad.nn.Picture;

/**
 * Precision beside recall of a class as the threshold of the score goes up, as scikit-learn's
 * {@code precision_recall_curve}. A last point, precision 1 and recall 0, belongs to no threshold.
 */
public final class PrecisionRecallCurve {

    private final double[] precisions;
    private final double[] recalls;
    private final double[] thresholds;
    private final double averagePrecision;

    PrecisionRecallCurve(Ranking.Counts counts) {
        int points = counts.thresholds().length;
        this.precisions = new double[points + 1];
        this.recalls = new double[points + 1];
        this.thresholds = new double[points];
        for (int i = 0; i < points; i++) {
            int k = points - 1 - i;
            precisions[i] = precision(counts, k);
            recalls[i] = (double) counts.positives()[k] / counts.allPositives();
            thresholds[i] = counts.thresholds()[k];
        }
        precisions[points] = 1;
        this.averagePrecision = average(counts);
    }

    private static double precision(Ranking.Counts counts, int i) {
        return (double) counts.positives()[i] / (counts.positives()[i] + counts.negatives()[i]);
    }

    /** Returns the sum of the precisions, each times what recall gains there. */
    static double average(Ranking.Counts counts) {
        double sum = 0;
        long before = 0;
        for (int i = 0; i < counts.thresholds().length; i++) {
            sum += precision(counts, i) * (counts.positives()[i] - before);
            before = counts.positives()[i];
        }
        return sum / before;
    }

    /** Returns y: of the samples with at least the threshold's score, the share that belongs to the class. */
    public double[] precisions() {
        return precisions.clone();
    }

    /** Returns x: of the samples of the class, the share with at least the threshold's score, descending. */
    public double[] recalls() {
        return recalls.clone();
    }

    /** Returns the thresholds, ascending; one less than there are points. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /**
     * Returns the points of the curve, as {@code ClassifierPlots.precisionRecall} draws them.
     *
     * @return pairs of a recall and a precision, shape (points, 2)
     */
    public double[][] points() {
        return Ranking.pairs(recalls, precisions);
    }

    /**
     * Draws the curve with the precision of chance, as {@code ClassifierPlots.precisionRecall} does.
     *
     * @throws IllegalStateException if the module {@code ndgrad-plot} is not there
     */
    public Picture plot() {
        return Painter.of("PrecisionRecallCurve.plot").precisionRecall(points());
    }

    /** Returns the average precision, in [0, 1]. */
    public double averagePrecision() {
        return averagePrecision;
    }

    /** Returns the number of points and the average precision. */
    @Override
    public String toString() {
        return "PrecisionRecallCurve(" + precisions.length + " points, average precision " + averagePrecision + ")";
    }
}
