package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Metrics;

/**
 * The predicted and the true class of each sample of a batch.
 *
 * @param classes how many classes there are, by the scores, or at least, by the highest index
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Labels(int[] predicted, int[] targets, int classes) {

    /** Beyond this, an index is hardly one of a class, and counts take too much memory. */
    private static final int MOST_CLASSES = 1_000_000;

    /**
     * Reads a batch: scores of shape (N, C) and targets of shape (N), or both of shape (N), or (N, 1): one score of a
     * floating dtype per sample, or classes of an integer dtype or booleans.
     *
     * @param threshold of the probability, for one score per sample
     */
    static Labels of(String who, Tensor predicted, Tensor targets, Scores scores, double threshold) {
        if (hasClassScores(who, predicted, targets)) {
            int columns = (int) predicted.size(1);
            int[] right = classes(who, "targets", targets, columns);
            return new Labels(right.length == 0 ? right : highest(who, predicted), right, columns);
        }
        if (predicted.dtype().isFPType()) {
            return new Labels(aboveThreshold(who, predicted, scores, threshold), zerosAndOnes(who, targets), 2);
        }
        int[] guesses = classes(who, "predictions", predicted, MOST_CLASSES);
        int[] right = classes(who, "targets", targets, MOST_CLASSES);
        int highest = IntStream.concat(Arrays.stream(guesses), Arrays.stream(right))
                .max()
                .orElse(-1);
        return new Labels(guesses, right, highest + 1);
    }

    /** Returns whether there is a score for each class, and not one per sample; refuses what is neither. */
    static boolean hasClassScores(String who, Tensor scores, Tensor targets) {
        boolean classScores =
                scores.ndim() == 2 && scores.size(1) > 1 && targets.ndim() == 1 && targets.size(0) == scores.size(0);
        boolean single = scores.ndim() >= 1
                && scores.numel() == scores.size(0)
                && Arrays.equals(scores.shape(), targets.shape());
        checkArgument(
                classScores || single,
                "%s: expected predictions of shape (N, C) for classes of shape (N), or both of shape (N); got %s and %s."
                        + " Drop a dim of size 1 with squeeze(1); use flatten() where each element is decided alone.",
                who,
                Text.shape(scores),
                Text.shape(targets));
        return classScores;
    }

    private static int[] highest(String who, Tensor scores) {
        if (scores.dtype().isFPType()) {
            Probabilities.numbers(who, scores);
        }
        return Arrays.stream(Metrics.predictedClasses(scores).toLongArray())
                .mapToInt(c -> (int) c)
                .toArray();
    }

    private static int[] aboveThreshold(String who, Tensor predicted, Scores scores, double threshold) {
        double[] values = Probabilities.numbers(who, predicted);
        if (scores == Scores.PROBABILITIES) {
            Probabilities.checkEach(who, values);
        }
        double least = scores == Scores.LOGITS ? Math.log(threshold / (1 - threshold)) : threshold;
        return Arrays.stream(values).mapToInt(value -> value >= least ? 1 : 0).toArray();
    }

    /** Returns targets of one score per sample. */
    static int[] zerosAndOnes(String who, Tensor targets) {
        double[] values = targets.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0 && values[i] != 1) {
                throw new IllegalArgumentException(who + ": expected targets 0 or 1 for one score per sample; got "
                        + values[i] + " at position " + i + ". Give scores of shape (N, C) for more classes.");
            }
        }
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }

    /** Returns class indices, of any dtype. */
    static int[] classes(String who, String name, Tensor tensor, int classes) {
        double[] values = tensor.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] < classes && values[i] == Math.rint(values[i]))) {
                throw new IllegalArgumentException(who + ": expected " + name + " that are class indices in [0, "
                        + classes + "); got " + values[i] + " at position " + i + ". Count the classes from 0.");
            }
        }
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }
}
