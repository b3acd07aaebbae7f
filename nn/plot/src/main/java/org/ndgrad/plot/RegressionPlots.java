package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.util.Arrays;

/** Ready-made plots of what a regression predicts. */
public final class RegressionPlots {

    private static final double[] NONE = {};

    private RegressionPlots() {}

    /**
     * Returns the errors of predictions: residuals (target − prediction) over predictions, and the line where they are
     * zero. A shape in them, such as a bow or a funnel, is what the model has not learned.
     *
     * @param predictions shape (N) or (N, 1)
     * @param targets as many numbers
     * @return a scatter plot
     * @throws IllegalArgumentException if these are no numbers in a row, or their lengths differ
     */
    public static Plot residuals(Object predictions, Object targets) {
        double[] predicted = Numbers.series("residuals", "predictions", predictions);
        double[] actual = Numbers.series("residuals", "targets", targets);
        checkLengths("residuals", predicted, actual);
        double[] residuals = new double[predicted.length];
        Arrays.setAll(residuals, i -> actual[i] - predicted[i]);
        return Plot.titled("Residuals")
                .xLabel("prediction")
                .yLabel("target − prediction")
                .horizontalLine("no error", 0)
                .scatter("samples", predicted, residuals);
    }

    /**
     * Returns predictions over targets, and the line where they are equal, on axes of equal units.
     *
     * @param predictions shape (N) or (N, 1)
     * @param targets as many numbers
     * @return a scatter plot
     * @throws IllegalArgumentException if these are no numbers in a row, or their lengths differ
     */
    public static Plot predictedAndActual(Object predictions, Object targets) {
        double[] predicted = Numbers.series("predictedAndActual", "predictions", predictions);
        double[] actual = Numbers.series("predictedAndActual", "targets", targets);
        checkLengths("predictedAndActual", predicted, actual);
        double[] all = Arrays.stream(Doubles.concat(predicted, actual))
                .filter(Double::isFinite)
                .toArray();
        double[] ends = all.length == 0 ? NONE : new double[] {Doubles.min(all), Doubles.max(all)};
        return Plot.titled("Predictions and targets")
                .xLabel("target")
                .yLabel("prediction")
                .size(640, 600)
                .add(Series.dashes("prediction = target", ends, ends))
                .scatter("samples", actual, predicted)
                .equalAspect();
    }

    private static void checkLengths(String who, double[] predicted, double[] actual) {
        checkArgument(
                predicted.length == actual.length,
                "%s: expected as many predictions as targets; got %s and %s. Pass those of the same samples.",
                who,
                predicted.length,
                actual.length);
    }
}
