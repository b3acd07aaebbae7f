package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.IntStream;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * Measures of how good predictions are. Plain numbers: nothing here is differentiable. A NaN among the predictions is
 * refused, since it is neither right nor wrong.
 */
public final class Metrics {

    private static final int MOST_CLASSES = 10_000;

    private Metrics() {}

    /**
     * Returns the share of samples whose highest score is that of the target class; among equal scores the first
     * counts.
     *
     * @param scores logits or probabilities, shape (N, C) with at least two classes
     * @param targets class indices of an integer dtype, shape (N)
     * @return in [0, 1]
     * @throws IllegalArgumentException if the shapes don't go together, N is 0, there is one score per sample, the
     *     targets are not integers in [0, C), or a score is NaN
     */
    public static double accuracy(Tensor scores, Tensor targets) {
        checkArgument(
                scores.ndim() == 2
                        && targets.ndim() == 1
                        && scores.size(0) == targets.size(0)
                        && Checks.isInteger(targets),
                "accuracy: expected scores of shape (N, C) and integer targets of shape (N); got %s and %s, %s. "
                        + "Drop a dim of size 1 with squeeze(1); use binaryAccuracy for one score per sample.",
                Text.shape(scores),
                Text.shape(targets),
                Text.dtype(targets));
        long[] predicted = classes("accuracy", scores).toLongArray();
        long[] actual = targets.toLongArray();
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] < 0 || actual[i] >= scores.size(1)) {
                throw new IllegalArgumentException("accuracy: expected targets that are class indices in [0, "
                        + scores.size(1) + "); got " + actual[i] + " at position " + i + ". Count the classes from 0.");
            }
        }
        return share("accuracy", predicted, actual);
    }

    /**
     * Returns the share of samples on the right side of a threshold.
     *
     * @param scores one score per sample, shape (*)
     * @param targets 0 or 1, any dtype, shape (*)
     * @param threshold a sample is predicted 1 if its score is at least this: 0.5 for probabilities, 0 for logits
     * @return in [0, 1]
     * @throws IllegalArgumentException if the shapes differ, are empty, a target is neither 0 nor 1, or a score or the
     *     threshold is NaN
     */
    public static double binaryAccuracy(Tensor scores, Tensor targets, double threshold) {
        Checks.sameShape("binaryAccuracy", "targets", targets, "scores", scores);
        checkArgument(
                !Double.isNaN(threshold), "binaryAccuracy: expected a number as threshold; got NaN. Try 0.5, or 0.");
        double[] score = scores.toDoubleArray();
        double[] target = targets.toDoubleArray();
        long[] predicted = new long[score.length];
        long[] actual = new long[score.length];
        for (int i = 0; i < score.length; i++) {
            if (target[i] != 0 && target[i] != 1) {
                throw new IllegalArgumentException("binaryAccuracy: expected targets 0 or 1; got " + target[i]
                        + " at position " + i + ". Use accuracy for class scores.");
            }
            checkNumber("binaryAccuracy", score[i], i);
            predicted[i] = score[i] >= threshold ? 1 : 0;
            actual[i] = (long) target[i];
        }
        return share("binaryAccuracy", predicted, actual);
    }

    /**
     * Returns the class with the highest score for each sample.
     *
     * @param scores logits or probabilities, shape (N, C) with at least two classes
     * @return class indices, shape (N)
     * @throws IllegalArgumentException if there is one score per sample, or a score is NaN
     */
    public static Tensor predictedClasses(Tensor scores) {
        return classes("predictedClasses", scores);
    }

    private static Tensor classes(String who, Tensor scores) {
        checkArgument(
                scores.ndim() < 2 || scores.size(-1) != 1,
                "%s: expected scores of at least two classes, shape (N, C); got %s, in which class 0 is always the"
                        + " highest. For two classes by one logit, use binaryAccuracy(scores.squeeze(1), targets, 0);"
                        + " 0.5 for a probability.",
                who,
                Text.shape(scores));
        return Autograd.noGrad(() -> {
            ValuesAndIndices best = scores.max(-1);
            double[] values = best.values().toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                checkNumber(who, values[i], i);
            }
            return best.indices();
        });
    }

    private static void checkNumber(String who, double score, int sample) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException(who + ": expected scores that are numbers; got NaN for sample " + sample
                    + ". Look at the loss and the inputs: training may have diverged.");
        }
    }

    /**
     * Counts how often each class was predicted for each true class.
     *
     * @param predicted class indices, shape (N)
     * @param targets class indices, shape (N)
     * @param classes number of classes C, at most 10 000
     * @return C × C counts: row is the true class, column the predicted one
     * @throws IllegalArgumentException if the shapes differ, the dtypes are not integer, or there are no classes or too
     *     many
     * @throws IndexOutOfBoundsException if an index is not in [0, C)
     */
    public static long[][] confusionMatrix(Tensor predicted, Tensor targets, int classes) {
        Checks.sameShape("confusionMatrix", "targets", targets, "predicted", predicted);
        checkArgument(
                Checks.isInteger(predicted) && Checks.isInteger(targets),
                "confusionMatrix: expected class indices of an integer dtype; got %s and %s. "
                        + "Use predictedClasses on scores.",
                Text.dtype(predicted),
                Text.dtype(targets));
        checkArgument(classes > 0, "confusionMatrix: expected at least one class; got %s. Give their number.", classes);
        checkArgument(
                classes <= MOST_CLASSES,
                "confusionMatrix: expected at most %s classes; got %s, whose counts would take gigabytes. Give those that"
                        + " there are, or count a part of them.",
                MOST_CLASSES,
                classes);
        long[] columns = predicted.toLongArray();
        long[] rows = targets.toLongArray();
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < rows.length; i++) {
            counts[index(rows[i], classes, i)][index(columns[i], classes, i)]++;
        }
        return counts;
    }

    private static int index(long label, int classes, int position) {
        if (label < 0 || label >= classes) {
            throw new IndexOutOfBoundsException(String.format(
                    "confusionMatrix: expected class indices in [0, %d); got %d at position %d. Give more classes.",
                    classes, label, position));
        }
        return (int) label;
    }

    private static double share(String who, long[] predicted, long[] actual) {
        checkArgument(actual.length > 0, "%s: expected at least one sample; got none. Give some.", who);
        long right = IntStream.range(0, actual.length)
                .filter(i -> predicted[i] == actual[i])
                .count();
        return (double) right / actual.length;
    }
}
