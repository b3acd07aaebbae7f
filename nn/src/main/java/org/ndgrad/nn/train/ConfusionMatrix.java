package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Painter;
import org.ndgrad.nn.Picture;

/**
 * How often each class was predicted for each true class, added up batch by batch, as scikit-learn's
 * {@code confusion_matrix}: the row is the true class, the column the predicted one.
 *
 * <p>Predictions and targets are those of {@link Accuracy}. It is no {@link Metric}, since it is not one number;
 * {@link #plot} shows it.
 */
public final class ConfusionMatrix {

    private static final int MOST_CLASSES = 10_000;

    private final long[][] counts;
    private final Scores scores;

    /**
     * Returns counts of 0; where there is one score per sample, it is a probability.
     *
     * @param classes C, 2 to 10 000
     * @throws IllegalArgumentException if there are fewer or more
     */
    public ConfusionMatrix(int classes) {
        this(classes, Scores.PROBABILITIES);
    }

    /**
     * Returns counts of 0.
     *
     * @param classes C, 2 to 10 000
     * @param scores what one score per sample is: class 1 is predicted from a probability of 0.5, or a logit of 0
     * @throws IllegalArgumentException if there are fewer classes or more
     */
    public ConfusionMatrix(int classes, Scores scores) {
        checkArgument(
                classes >= 2,
                "ConfusionMatrix: expected at least 2 classes; got %s. Give their number, the third is class 2.",
                classes);
        checkArgument(
                classes <= MOST_CLASSES,
                "ConfusionMatrix: expected at most %s classes; got %s, whose counts would take gigabytes. Give those that"
                        + " there are, or count a part of them.",
                MOST_CLASSES,
                classes);
        this.counts = new long[classes][classes];
        this.scores = Checks.given("ConfusionMatrix", "scores", scores);
    }

    /**
     * Adds a batch.
     *
     * @param predicted scores or classes
     * @param targets class indices
     * @throws IllegalArgumentException if they do not go together, a score is NaN, or a class is not in [0, C)
     */
    public void update(Tensor predicted, Tensor targets) {
        Labels labels = Labels.of("ConfusionMatrix", predicted, targets, scores, 0.5);
        checkArgument(
                labels.classes() <= counts.length,
                "ConfusionMatrix: expected %s classes; got %s. Give it as many as there are.",
                counts.length,
                labels.classes());
        for (int i = 0; i < labels.targets().length; i++) {
            counts[labels.targets()[i]][labels.predicted()[i]]++;
        }
    }

    /**
     * Returns the counts since the last {@link #reset}.
     *
     * @return C × C counts, in the array's first dimension the true class
     */
    public long[][] compute() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /**
     * Returns the counts as shares.
     *
     * @param by what they are divided by; a row or column without samples is 0, as scikit-learn has it
     * @return C × C numbers in [0, 1]
     */
    public double[][] normalized(NormalizeBy by) {
        int classes = counts.length;
        double[][] shares = new double[classes][classes];
        long[] rowSums =
                Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).toArray();
        long[] columnSums = new long[classes];
        Arrays.setAll(
                columnSums, c -> Arrays.stream(counts).mapToLong(row -> row[c]).sum());
        long all = Arrays.stream(rowSums).sum();
        for (int row = 0; row < classes; row++) {
            for (int column = 0; column < classes; column++) {
                long divisor = switch (by) {
                    case TRUE_CLASS -> rowSums[row];
                    case PREDICTED_CLASS -> columnSums[column];
                    case ALL -> all;
                };
                shares[row][column] = divisor == 0 ? 0 : (double) counts[row][column] / divisor;
            }
        }
        return shares;
    }

    /**
     * Draws the counts as {@code ClassifierPlots.confusionMatrix} does.
     *
     * @param names the names of the classes; their indices if left out
     * @throws IllegalArgumentException if there is a name for some classes only
     * @throws IllegalStateException if the module {@code ndgrad-plot} is not there
     */
    public Picture plot(String... names) {
        return Painter.of("ConfusionMatrix.plot").confusionMatrix(compute(), names);
    }

    /** Forgets all batches. */
    public void reset() {
        Arrays.stream(counts).forEach(row -> Arrays.fill(row, 0));
    }

    /** Returns the counts in rows, as {@code [[5, 1], [0, 4]]}. */
    @Override
    public String toString() {
        return Arrays.deepToString(counts);
    }
}
