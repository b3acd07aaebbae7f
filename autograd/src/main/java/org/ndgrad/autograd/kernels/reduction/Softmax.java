package org.ndgrad.autograd.kernels.reduction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Sums of exponentials along a dimension, shifted by the largest element so that nothing overflows. */
public final class Softmax {

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
        if (!result.isEmpty() && x.rank() > 0 && SoftmaxRows.fit(x.dataType(), x.size(dim))) {
            SoftmaxRows.softmax(Views.moveToEnd(x, dim), Views.moveToEnd(result, dim), log);
        } else if (!result.isEmpty()) {
            Elements in = Elements.of(x);
            Elements out = Elements.into(result);
            double[] powers = Memory.doubles("softmax", log || x.rank() == 0 ? 1 : x.size(dim));
            RowLoop.of(x, dim, result, dim, (n, from, step, to, stride) -> {
                double largest = largest(in, n, from, step);
                if (log) {
                    double logSum = Math.log(sum(in, n, from, step, largest));
                    for (long i = 0; i < n; i++) {
                        out.set(to + i * stride, in.get(from + i * step) - largest - logSum);
                    }
                } else {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        powers[i] = Math.exp(in.get(from + i * step) - largest);
                        sum += powers[i];
                    }
                    for (int i = 0; i < n; i++) {
                        out.set(to + i * stride, powers[i] / sum);
                    }
                }
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
        Elements in = Elements.of(x);
        Elements out = Elements.into(result);
        RowLoop.of(x, dim, result, dim, (n, from, step, to, unused) -> {
            double largest = largest(in, n, from, step);
            double shift = Double.isInfinite(largest) ? 0 : largest;
            out.set(to, shift + Math.log(sum(in, n, from, step, shift)));
        });
        return result;
    }

    private static double largest(Elements in, long n, long from, long step) {
        double largest = Double.NEGATIVE_INFINITY;
        for (long i = 0; i < n; i++) {
            largest = Math.max(largest, in.get(from + i * step));
        }
        return largest;
    }

    private static double sum(Elements in, long n, long from, long step, double shift) {
        double sum = 0;
        for (long i = 0; i < n; i++) {
            sum += Math.exp(in.get(from + i * step) - shift);
        }
        return sum;
    }
}
