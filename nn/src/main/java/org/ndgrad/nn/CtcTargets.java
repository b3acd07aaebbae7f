package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** The targets of {@link Losses#ctcLoss}, checked, with blanks around their labels, and the lengths of the inputs. */
final class CtcTargets {

    private static final long MOST_SUMS = Integer.MAX_VALUE - 8; // what a Java array holds

    private final int[][] labels;
    private final long[] inputLengths;

    private CtcTargets(int[][] labels, long[] inputLengths) {
        this.labels = labels;
        this.inputLengths = inputLengths;
    }

    /**
     * Reads targets.
     *
     * @param logProbabilities shape (T, N, C)
     */
    static CtcTargets of(Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor lengths, int blank) {
        long batch = logProbabilities.size(1);
        long classes = logProbabilities.size(2);
        checkArgument(
                blank >= 0 && blank < classes,
                "ctcLoss: expected a blank from 0 to %s; got %s. Choose one of the classes.",
                classes - 1,
                blank);
        long[] inputs = lengths("inputLengths", inputLengths, batch, logProbabilities.size(0));
        checkArgument(
                Checks.isInteger(targets) && (targets.ndim() == 1 || targets.ndim() == 2),
                "ctcLoss: expected targets of an integer dtype, padded to shape (N, S) or one behind the other in one dim;"
                        + " got %s, %s. Convert with to(DataType.INT64) or reshape.",
                Text.shape(targets),
                Text.dtype(targets));
        boolean padded = targets.ndim() == 2;
        long[] sizes = lengths("targetLengths", lengths, batch, padded ? targets.size(1) : targets.numel());
        long total = Arrays.stream(sizes).sum();
        checkArgument(
                padded ? targets.size(0) == batch : targets.numel() == total,
                "ctcLoss: expected targets of shape (%s, S), or the %s labels that targetLengths count; got shape %s."
                        + " Check the lengths.",
                batch,
                total,
                Text.shape(targets));
        for (int n = 0; n < sizes.length; n++) {
            checkArgument(
                    inputs[n] <= MOST_SUMS / (2 * sizes[n] + 1),
                    "ctcLoss: expected at most %s pairs of a step and a place, of which a target has one for each label and"
                            + " each blank around it; got %s steps times %s places of sample %s. Split the sequence.",
                    MOST_SUMS,
                    inputs[n],
                    2 * sizes[n] + 1,
                    n);
        }
        long[] all = targets.toLongArray();
        int[][] labels = new int[(int) batch][];
        int start = 0;
        for (int n = 0; n < batch; n++) {
            int from = padded ? n * (int) targets.size(1) : start;
            labels[n] = new int[2 * (int) sizes[n] + 1];
            Arrays.fill(labels[n], blank);
            for (int s = 0; s < sizes[n]; s++) {
                Checks.classIndex("ctcLoss", all[from + s], classes, from + s);
                labels[n][2 * s + 1] = (int) all[from + s];
            }
            start += (int) sizes[n];
        }
        return new CtcTargets(labels, inputs);
    }

    private static long[] lengths(String name, Tensor lengths, long batch, long most) {
        checkArgument(
                Checks.isInteger(lengths) && lengths.ndim() <= 1 && lengths.numel() == batch,
                "ctcLoss: expected %s of an integer dtype, one for each of %s samples; got %s, %s. Give one per sample.",
                name,
                batch,
                Text.shape(lengths),
                Text.dtype(lengths));
        long[] values = lengths.toLongArray();
        for (long value : values) {
            checkArgument(
                    value >= 0 && value <= most,
                    "ctcLoss: expected %s from 0 to %s; got %s. Count steps or labels of each sample.",
                    name,
                    most,
                    value);
        }
        return values;
    }

    /** Returns the labels of a sample with blanks before, between and behind them. */
    int[] labels(int n) {
        return labels[n];
    }

    int inputLength(int n) {
        return (int) inputLengths[n];
    }

    /** Returns how many labels each sample has, at least 1. */
    double[] divisors() {
        return Arrays.stream(labels)
                .mapToDouble(each -> Math.max(1, each.length / 2))
                .toArray();
    }
}
