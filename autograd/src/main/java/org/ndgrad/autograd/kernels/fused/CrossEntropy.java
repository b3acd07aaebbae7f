package org.ndgrad.autograd.kernels.fused;

import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Cross-entropy of logits, shape (N, C) and floating, and class indices, shape (N) and integral. Samples with the index
 * that is to be ignored do not count. Powers of float32 are float32, their sums float64.
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
        int samples = targets.length;
        double[] largest = Memory.doubles("crossEntropy", samples);
        double[] sums = Memory.doubles("crossEntropy", samples);
        double[] chosen = Memory.doubles("crossEntropy", samples);
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        walk(samples, classes, () -> {
            LogitBlocks logits = LogitBlocks.of(x, x);
            return (row, rows, part) -> {
                for (int c = 0; c < classes; c += part) {
                    int n = Math.min(part, classes - c);
                    logits.read((long) row * classes + c, rows * n);
                    logits.raise(rows, n, largest, row);
                }
                for (int c = 0; c < classes; c += part) {
                    int n = Math.min(part, classes - c);
                    if (n < classes) {
                        logits.read((long) row * classes + c, n);
                    }
                    logits.addPowers(rows, n, largest, sums, row);
                    for (int r = 0; r < rows; r++) {
                        long target = targets[row + r] - c;
                        if (target >= 0 && target < n) {
                            chosen[row + r] = logits.get(r * n + (int) target);
                        }
                    }
                }
            };
        });
        double[] parts = Memory.doubles("crossEntropy", 2L * samples);
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            parts[i] = largest[i];
            parts[i + samples] = Math.log(sums[i]);
            sum += targets[i] == ignored ? 0 : (largest[i] - chosen[i]) + parts[i + samples];
        }
        return new INDArray[] {
            Copy.of(x.dataType(), new double[] {sum / kept(targets, ignored)}),
            Copy.of(DataType.DOUBLE, parts, 2, samples)
        };
    }

    /** What is done with samples in one thread. */
    private interface Visitor {
        /**
         * Visits rows of logits.
         *
         * @param rows how many, more than one only if a block holds them
         * @param part how many of a row's logits to handle at once, all if a block holds them
         */
        void visit(int first, int rows, int part);
    }

    private static void walk(int samples, int classes, Supplier<Visitor> ofThread) {
        if (classes == 0) {
            return;
        }
        int most = Math.max(1, Scratch.BLOCK / classes);
        int part = Scratch.fits(classes) ? classes : Scratch.BLOCK;
        Parallel.rows(samples, classes, (from, to) -> {
            Visitor visitor = ofThread.get();
            for (int row = (int) from; row < to; row += most) {
                visitor.visit(row, (int) Math.min(most, to - row), part);
            }
        });
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

    /** Returns g (softmax x − 1ₜ) / n for a 0-d g and n samples that count, and 0 for the others. */
    public static INDArray gradient(INDArray g, INDArray x, INDArray labels, INDArray parts, long ignored) {
        long[] targets = longs(labels);
        int samples = targets.length;
        int classes = Shapes.toInt("crossEntropy", x.size(1));
        double factor = Elements.first(g) / kept(targets, ignored);
        double[] largest = Copy.toDoubles(parts);
        double[] factors = new double[samples];
        Arrays.setAll(factors, i -> factor * Math.exp(-largest[i + samples]));
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        walk(samples, classes, () -> {
            LogitBlocks logits = LogitBlocks.of(x, result);
            return (row, rows, part) -> {
                for (int c = 0; c < classes; c += part) {
                    int n = Math.min(part, classes - c);
                    long at = (long) row * classes + c;
                    logits.read(at, rows * n);
                    logits.room(at, rows * n);
                    logits.powers(rows, n, largest, factors, row);
                    for (int r = 0; r < rows; r++) {
                        long target = targets[row + r] - c;
                        if (targets[row + r] == ignored) {
                            logits.clear(r * n, (r + 1) * n);
                        } else if (target >= 0 && target < n) {
                            logits.subtract(r * n + (int) target, factor);
                        }
                    }
                    logits.write(at, rows * n);
                }
            };
        });
        return result;
    }
}
