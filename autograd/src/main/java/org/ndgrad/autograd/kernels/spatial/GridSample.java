package org.ndgrad.autograd.kernels.spatial;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * The sum Σ g[n, c, o] · w[n, o, k] · x[n, c, i], i being the element named by {@code indices[n, o, k]}, derived by g
 * and by x. As it is linear in each, derivatives of these are again of this kind; {@link GridSlopes} are those by
 * what the weights depend on.
 *
 * <p>Indices are given row-major; −1 stands for an element that is 0.
 */
public final class GridSample {

    private GridSample() {}

    /** Returns the derivative by g: a weighted sum of elements, shape (N, C, O). */
    public static INDArray values(INDArray x, INDArray w, ImmutableIntArray indices) {
        INDArray result = Memory.allocate(x.dataType(), x.size(0), x.size(1), w.size(1));
        if (result.isEmpty()) {
            return result;
        }
        Elements in = Elements.of(x);
        Elements out = Elements.into(result);
        int around = (int) w.size(2);
        int positions = (int) w.size(1);
        long step = Memory.stride(x, 2);
        for (long n = 0; n < x.size(0); n++) {
            double[] weights = Copy.toDoubles(Views.select(w, 0, n));
            int first = (int) n * weights.length;
            for (long c = 0; c < x.size(1); c++) {
                long from = n * Memory.stride(x, 0) + c * Memory.stride(x, 1);
                long to = n * Memory.stride(result, 0) + c * Memory.stride(result, 1);
                for (int o = 0; o < positions; o++) {
                    double sum = 0;
                    for (int k = o * around; k < (o + 1) * around; k++) {
                        int index = indices.get(first + k);
                        sum += index < 0 ? 0 : weights[k] * in.get(from + index * step);
                    }
                    out.set(to + o, sum);
                }
            }
        }
        return result;
    }

    /** Returns the derivative by x: the gradient added to the elements that it came from, shape (N, C, size). */
    public static INDArray scattered(INDArray g, INDArray w, ImmutableIntArray indices, long size) {
        INDArray result = Fill.filled(g.dataType(), 0, g.size(0), g.size(1), size);
        if (result.isEmpty() || g.isEmpty()) {
            return result;
        }
        Elements in = Elements.of(g);
        Elements out = Elements.into(result);
        int around = (int) w.size(2);
        long step = Memory.stride(g, 2);
        double[] sums = Memory.doubles("gridSample", size);
        for (long n = 0; n < g.size(0); n++) {
            double[] weights = Copy.toDoubles(Views.select(w, 0, n));
            int first = (int) n * weights.length;
            for (long c = 0; c < g.size(1); c++) {
                Arrays.fill(sums, 0);
                long from = n * Memory.stride(g, 0) + c * Memory.stride(g, 1);
                for (int o = 0; o < g.size(2); o++) {
                    double gradient = in.get(from + o * step);
                    for (int k = o * around; k < (o + 1) * around; k++) {
                        if (indices.get(first + k) >= 0) {
                            sums[indices.get(first + k)] += weights[k] * gradient;
                        }
                    }
                }
                long to = n * Memory.stride(result, 0) + c * Memory.stride(result, 1);
                for (int i = 0; i < sums.length; i++) {
                    out.set(to + i, sums[i]);
                }
            }
        }
        return result;
    }
}
