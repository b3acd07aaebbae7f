package org.ndgrad.autograd.kernels.reduction;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Sums of exponentials along a dimension, shifted by the largest element so that nothing overflows. */
public final class Softmax {

    static final int COST = 8; // of an element, times as much as in a simple loop

    private Softmax() {}

    /** Returns exp(x) / Σ exp(x) along the dimension. */
    public static INDArray softmax(INDArray x, int dim) {
        return normalized(x, dim, false);
    }

    /** Returns x − log Σ exp(x) along the dimension. */
    public static INDArray logSoftmax(INDArray x, int dim) {
        return normalized(x, dim, true);
    }

    private static INDArray normalized(INDArray x, int dim, boolean log) {
        INDArray result = Memory.allocate(DTypes.floating(x.dataType()), x.shape());
        if (!result.isEmpty() && SoftmaxColumns.fit(x, result.dataType(), dim)) {
            SoftmaxColumns.softmax(x, dim, result, log);
        } else if (!result.isEmpty() && x.rank() > 0 && SoftmaxRows.fit(x.dataType(), x.size(dim))) {
            SoftmaxRows.softmax(Views.moveToEnd(x, dim), Views.moveToEnd(result, dim), log);
        } else if (!result.isEmpty() && x.rank() > 0 && SoftmaxShortRows.fit(x.size(dim))) {
            SoftmaxShortRows.softmax(Views.moveToEnd(x, dim), Views.moveToEnd(result, dim), log);
        } else if (!result.isEmpty()) {
            RowLoop.inParallel(x, dim, result, dim, COST, () -> {
                DoubleElements in = DoubleElements.of(x);
                DoubleElements out = DoubleElements.into(result);
                double[] powers = Memory.doubles("softmax", log || x.rank() == 0 ? 1 : x.size(dim));
                return (n, from, step, to, stride) -> {
                    double largest = largest(in, n, from, step);
                    double sum = sum(in, n, from, step, largest, log ? null : powers);
                    double logSum = log ? Math.log(sum) : 0;
                    double[] block = Scratch.ofThread().doubles(0);
                    for (long i = 0; i < n; i += Scratch.BLOCK) {
                        int count = (int) Math.min(Scratch.BLOCK, n - i);
                        if (log) {
                            in.get(from + i * step, step, block, 0, count);
                            for (int j = 0; j < count; j++) {
                                block[j] = block[j] - largest - logSum;
                            }
                        } else {
                            System.arraycopy(powers, (int) i, block, 0, count);
                            for (int j = 0; j < count; j++) {
                                block[j] /= sum;
                            }
                        }
                        out.put(to + i * stride, stride, block, 0, count);
                    }
                };
            });
        }
        return result;
    }

    /** Returns log Σ exp(x) along the dimension, which is gone or of size 1 then; −∞ for no elements. */
    public static INDArray logsumexp(INDArray x, int dim, boolean keepDim) {
        int[] dims = x.rank() == 0 ? new int[0] : new int[] {dim};
        INDArray result = Memory.allocate(DTypes.floating(x.dataType()), Shapes.reduced(x.shape(), dims, keepDim));
        if (x.isEmpty()) {
            Fill.fill(result, Double.NEGATIVE_INFINITY);
            return result;
        }
        if (x.rank() > 0 && SoftmaxRows.fit(x.dataType(), x.size(dim))) {
            SoftmaxRows.logsumexp(Views.moveToEnd(x, dim), result);
            return result;
        }
        if (x.rank() > 0 && SoftmaxShortRows.fit(x.size(dim))) {
            SoftmaxShortRows.logsumexp(Views.moveToEnd(x, dim), result);
            return result;
        }
        RowLoop.inParallel(x, dim, result, dim, COST, () -> {
            DoubleElements in = DoubleElements.of(x);
            Elements out = Elements.into(result);
            return (n, from, step, to, unused) -> {
                double largest = largest(in, n, from, step);
                double shift = Double.isInfinite(largest) ? 0 : largest;
                out.set(to, shift + Math.log(sum(in, n, from, step, shift, null)));
            };
        });
        return result;
    }

    private static double largest(DoubleElements in, long n, long from, long step) {
        double[] block = Scratch.ofThread().doubles(0);
        double largest = Double.NEGATIVE_INFINITY;
        for (long i = 0; i < n; i += Scratch.BLOCK) {
            int count = (int) Math.min(Scratch.BLOCK, n - i);
            in.get(from + i * step, step, block, 0, count);
            largest = Math.max(largest, Reducer.MAX.row(block, 0, count));
        }
        return largest;
    }

    /** Returns Σ exp(x − shift), and stores the terms if there is an array for them. */
    private static double sum(
            DoubleElements in, long n, long from, long step, double shift, double @Nullable [] powers) {
        double[] block = Scratch.ofThread().doubles(0);
        double sum = 0;
        for (long i = 0; i < n; i += Scratch.BLOCK) {
            int count = (int) Math.min(Scratch.BLOCK, n - i);
            in.get(from + i * step, step, block, 0, count);
            Scratch.pad(block, count);
            for (int j = 0; j < count; j++) {
                block[j] -= shift;
            }
            Unary.EXP.doubles.run(block, block, Math.max(count, Scratch.FEW));
            for (int j = 0; j < count; j++) {
                sum += block[j];
            }
            if (powers != null) {
                System.arraycopy(block, 0, powers, (int) i, count);
            }
        }
        return sum;
    }
}
