package org.ndgrad.autograd.kernels.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Cross-entropy of logits, shape (N, C) and floating, and class indices, shape (N) and integral. Samples with the index
 * that is to be ignored do not count. Floats are computed in float precision, in pieces of whole rows.
 */
public final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * Returns the mean of ln Σ eˣ − xₜ over the samples that count, 0-d; and, as float64 of shape (2, N), the largest x
     * of each sample and ln Σ eˣ of what exceeds it. Their sum would lose the digits of the logarithm beside large x.
     *
     * @throws IndexOutOfBoundsException if an index is neither that of a class nor the one to be ignored
     */
    public static INDArray[] mean(INDArray x, INDArray labels, long ignored) {
        long[] targets = longs(labels);
        int classes = Shapes.toInt("crossEntropy", x.size(1));
        check(targets, classes, ignored);
        double[] parts = Memory.doubles("crossEntropy", 2L * targets.length);
        double sum = 0;
        if (!fits(x)) {
            double[] values = Copy.toDoubles(x);
            logSums(values, classes, parts);
            for (int i = 0; i < targets.length; i++) {
                sum += targets[i] == ignored ? 0 : loss(parts, i, values[i * classes + (int) targets[i]]);
            }
        } else {
            FloatBlocks logits = FloatBlocks.of(0, x, x.shape());
            int most = Math.max(1, Scratch.BLOCK / classes);
            for (int from = 0; from < targets.length; from += most) {
                int rows = Math.min(most, targets.length - from);
                logits.read((long) from * classes, rows * classes);
                float[] values = logits.values();
                logSums(values, classes, rows, parts, from);
                for (int i = 0; i < rows; i++) {
                    long target = targets[from + i];
                    sum += target == ignored ? 0 : loss(parts, from + i, values[i * classes + (int) target]);
                }
            }
        }
        return new INDArray[] {
            Copy.of(x.dataType(), new double[] {sum / kept(targets, ignored)}),
            Copy.of(DataType.DOUBLE, parts, 2, targets.length)
        };
    }

    private static double loss(double[] parts, int sample, double logit) {
        return (parts[sample] - logit) + parts[sample + parts.length / 2];
    }

    /** Whether there are rows of floats that a block holds. */
    private static boolean fits(INDArray x) {
        return x.dataType() == DataType.FLOAT && x.size(1) > 0 && Scratch.fits(x.size(1));
    }

    private static long[] longs(INDArray labels) {
        Allocation allocation = Memory.allocation(labels);
        if (allocation == null || Memory.start(labels) != 0 || !Memory.isContiguous(labels)) {
            return Copy.toLongs(labels);
        }
        return allocation.heap() instanceof long[] values && values.length == labels.length()
                ? values
                : Copy.toLongs(labels);
    }

    private static void check(long[] targets, int classes, long ignored) {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != ignored) {
                checkClass("crossEntropy", targets[i], classes, i);
            }
        }
    }

    /** Refuses a class that the logits do not have. */
    public static void checkClass(String op, long label, long classes, int position) {
        if (label < 0 || label >= classes) {
            throw new IndexOutOfBoundsException(String.format(
                    "%s: expected class indices in [0, %d), since logits have C=%d classes; got %d at position %d. Count"
                            + " classes from 0, or widen the last layer.",
                    op, classes, classes, label, position));
        }
    }

    private static int kept(long[] targets, long ignored) {
        int kept = 0;
        for (long target : targets) {
            kept += target == ignored ? 0 : 1;
        }
        return kept;
    }

    private static void logSums(float[] x, int classes, int rows, double[] parts, int first) {
        float[] powers = Scratch.ofThread().floats(1);
        for (int i = 0; i < rows; i++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                largest = Math.max(largest, x[j]);
            }
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                powers[j] = x[j] - largest;
            }
            parts[first + i] = largest;
        }
        FloatMath.exp(powers, 0, powers, 0, rows * classes);
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                sum += powers[j];
            }
            parts[first + i + parts.length / 2] = Math.log(sum);
        }
    }

    private static void logSums(double[] x, int classes, double[] parts) {
        int samples = parts.length / 2;
        for (int i = 0; i < samples; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                largest = Math.max(largest, x[j]);
            }
            double sum = 0;
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                sum += Math.exp(x[j] - largest);
            }
            parts[i] = largest;
            parts[i + samples] = Math.log(sum);
        }
    }

    /** Returns g (softmax x − 1ₜ) / n for a 0-d g and n samples that count, and 0 for the others. */
    public static INDArray gradient(INDArray g, INDArray x, INDArray labels, INDArray parts, long ignored) {
        long[] targets = longs(labels);
        double[] logs = Copy.toDoubles(parts);
        int classes = Shapes.toInt("crossEntropy", x.size(1));
        double factor = Elements.first(g) / kept(targets, ignored);
        if (!fits(x)) {
            double[] values = Copy.toDoubles(x);
            for (int i = 0; i < targets.length; i++) {
                shift(values, i * classes, classes, logs, i);
                gradient(values, i * classes, classes, targets[i], ignored, factor);
            }
            return Copy.of(x.dataType(), values, x.shape());
        }
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        FloatBlocks logits = FloatBlocks.of(0, x, x.shape());
        FloatBlocks out = FloatBlocks.into(1, result);
        int most = Math.max(1, Scratch.BLOCK / classes);
        for (int from = 0; from < targets.length; from += most) {
            int rows = Math.min(most, targets.length - from);
            logits.read((long) from * classes, rows * classes);
            out.room((long) from * classes, rows * classes);
            float[] values = logits.values();
            float[] to = out.values();
            for (int i = 0; i < rows; i++) {
                double largest = logs[from + i];
                double log = logs[from + i + targets.length];
                for (int j = i * classes; j < (i + 1) * classes; j++) {
                    to[j] = (float) ((values[j] - largest) - log);
                }
            }
            FloatMath.exp(to, 0, to, 0, rows * classes);
            scale(to, (float) factor, rows * classes);
            for (int i = 0; i < rows; i++) {
                long target = targets[from + i];
                if (target == ignored) {
                    Arrays.fill(to, i * classes, (i + 1) * classes, 0);
                } else {
                    to[i * classes + (int) target] -= (float) factor;
                }
            }
            out.write((long) from * classes, rows * classes);
        }
        return result;
    }

    private static void scale(float[] x, float factor, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= factor;
        }
    }

    /** Replaces the logits of one sample by their logarithmic probabilities. */
    private static void shift(double[] x, int start, int classes, double[] parts, int sample) {
        for (int j = start; j < start + classes; j++) {
            x[j] = (x[j] - parts[sample]) - parts[sample + parts.length / 2];
        }
    }

    /** Replaces the logarithmic probabilities of one sample. */
    private static void gradient(double[] x, int start, int classes, long target, long ignored, double factor) {
        for (int j = start; j < start + classes; j++) {
            x[j] = target == ignored ? 0 : factor * Math.exp(x[j]);
        }
        if (target != ignored) {
            x[start + (int) target] -= factor;
        }
    }
}
