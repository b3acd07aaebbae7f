package org.ndgrad.autograd.kernels.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.reduction.PowerRows;

/**
 * Cross-entropy of logits, shape (N, C) and floating, and class indices, shape (N) and integral. Samples with the index
 * that is to be ignored do not count. Powers of float32 are float32, their sums float64.
 */
public final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * Returns the mean of ln Σ eˣ − xₜ over the samples that count, 0-d; and, as float64 of shape (2, N), the largest x
     * of each sample, m, and Σ eˣ⁻ᵐ − 1. One number would lose the digits of the sum beside a large x.
     *
     * @throws IndexOutOfBoundsException if an index is neither that of a class nor the one to be ignored
     */
    public static INDArray[] mean(INDArray x, INDArray labels, long ignored) {
        long[] targets = longs(labels);
        int classes = Shapes.toInt("crossEntropy", x.size(1));
        check(targets, classes, ignored);
        int samples = targets.length;
        double[] parts = Memory.doubles("crossEntropy", 2L * samples);
        double[] losses = Memory.doubles("crossEntropy", samples);
        Elements logits = Elements.of(x);
        long next = Memory.stride(x, 0);
        long step = Memory.stride(x, 1);
        PowerRows.walk(samples, classes, x.dataType(), () -> {
            PowerRows powers = PowerRows.of(x, null, x.dataType());
            return (first, rows) -> {
                powers.sum(first, rows, false);
                for (int r = 0; r < rows; r++) {
                    int sample = (int) first + r;
                    long target = targets[sample];
                    parts[sample] = powers.largest(r);
                    parts[sample + samples] = powers.sumLessOne(r);
                    if (target != ignored) {
                        double chosen = logits.get(sample * next + target * step);
                        losses[sample] = (powers.largest(r) - chosen) + powers.logSum(r);
                    }
                }
            };
        });
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        return new INDArray[] {
            Copy.of(x.dataType(), new double[] {sum / kept(targets, ignored)}),
            Copy.of(DataType.DOUBLE, parts, 2, samples)
        };
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
        double[] found = Copy.toDoubles(parts); // the largest, then the sums
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        PowerRows.walk(samples, classes, x.dataType(), () -> {
            PowerRows powers = PowerRows.of(x, result, x.dataType());
            return (first, rows) -> {
                double[] largest = Arrays.copyOfRange(found, (int) first, (int) first + rows);
                double[] others = Arrays.copyOfRange(found, (int) first + samples, (int) first + samples + rows);
                double[] factors = new double[rows];
                Arrays.setAll(factors, r -> factor / (1 + others[r]));
                for (int c = 0; c < classes; c += powers.part()) {
                    int count = powers.count(c);
                    long at = first * classes + c;
                    powers.read(at, rows * count);
                    powers.room(at, rows * count);
                    powers.power(rows, count, largest);
                    powers.scale(rows, count, factors);
                    for (int r = 0; r < rows; r++) {
                        long target = targets[(int) first + r];
                        if (target == ignored) {
                            powers.fill(r * count, (r + 1) * count, 0);
                        } else if (target >= c && target < c + count) {
                            lessOne(powers, (int) (target - c) + r * count, largest[r], factors[r] * others[r], factor);
                        }
                    }
                    powers.write(at, rows * count);
                }
            };
        });
        return result;
    }

    /** Subtracts a factor from that many times a share; of the largest element, the rest has the digits. */
    private static void lessOne(PowerRows powers, int place, double largest, double rest, double factor) {
        if (powers.get(place) == largest) {
            powers.fill(place, place + 1, -rest);
        } else {
            powers.subtract(place, factor);
        }
    }
}
