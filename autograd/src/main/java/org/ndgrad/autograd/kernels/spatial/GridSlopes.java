package org.ndgrad.autograd.kernels.spatial;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Weighted sums as of {@link GridSample} whose weights are derivatives along a dim, and therefore add up to 0 along it.
 *
 * <p>They are taken of the differences of neighbors: Σ wₖ xₖ = Σ eₖ (xₖ₊₁ − xₖ) with eₖ = −Σ wⱼ over j ≤ k. What the
 * elements have in common, which may be a million times as large, then takes no digits of the sum.
 */
public final class GridSlopes {

    private final ImmutableIntArray indices;
    private final int taps;

    /**
     * Makes slopes around positions.
     *
     * @param indices as {@link GridSample} has them
     * @param taps how many elements along each dim belong to a position
     */
    public GridSlopes(ImmutableIntArray indices, int taps) {
        this.indices = indices;
        this.taps = taps;
    }

    /**
     * Returns Σ w[n, o, k] · x[n, c, i] over k, i being {@code indices[n, o, k]}, shape (N, C, O).
     *
     * @param w derivatives along the dim
     * @param dim counts from 0, the fastest one first
     */
    public INDArray values(INDArray x, INDArray w, int dim) {
        INDArray result = Memory.allocate(x.dataType(), x.size(0), x.size(1), w.size(1));
        if (result.isEmpty()) {
            return result;
        }
        Elements in = Elements.of(x);
        Elements out = Elements.into(result);
        int positions = (int) w.size(1);
        double[] elements = new double[(int) w.size(2)];
        for (long n = 0; n < x.size(0); n++) {
            double[] weights = ofDifferences(Views.select(w, 0, n), dim);
            for (long c = 0; c < x.size(1); c++) {
                long from = n * Memory.stride(x, 0) + c * Memory.stride(x, 1);
                long to = n * Memory.stride(result, 0) + c * Memory.stride(result, 1);
                for (int o = 0; o < positions; o++) {
                    read(in, from, Memory.stride(x, 2), n * positions + o, elements);
                    out.set(to + o, sum(elements, weights, o, distance(dim)));
                }
            }
        }
        return result;
    }

    /**
     * Returns Σ g[n, c, o] · w[n, o, k] · x[n, c, i] over c, k, i being {@code indices[n, o, k]}, shape (N, O, dims).
     *
     * @param w per dim, derivatives along it, the fastest dim first
     */
    public INDArray products(INDArray g, INDArray x, List<INDArray> w) {
        int dims = w.size();
        int positions = (int) g.size(2);
        INDArray result = Fill.filled(x.dataType(), 0, x.size(0), positions, dims);
        if (result.isEmpty() || x.isEmpty()) {
            return result;
        }
        Elements gradients = Elements.of(g);
        Elements in = Elements.of(x);
        Elements out = Elements.into(result);
        double[] elements = new double[(int) w.get(0).size(2)];
        double[] sums = Memory.doubles("gridSample", (long) positions * dims);
        double[][] weights = new double[dims][];
        for (long n = 0; n < x.size(0); n++) {
            for (int d = 0; d < dims; d++) {
                weights[d] = ofDifferences(Views.select(w.get(d), 0, n), d);
            }
            Arrays.fill(sums, 0);
            for (long c = 0; c < x.size(1); c++) {
                long from = n * Memory.stride(x, 0) + c * Memory.stride(x, 1);
                long at = n * Memory.stride(g, 0) + c * Memory.stride(g, 1);
                for (int o = 0; o < positions; o++) {
                    read(in, from, Memory.stride(x, 2), n * positions + o, elements);
                    double gradient = gradients.get(at + o * Memory.stride(g, 2));
                    for (int d = 0; d < dims; d++) {
                        sums[o * dims + d] += gradient * sum(elements, weights[d], o, distance(d));
                    }
                }
            }
            for (int i = 0; i < sums.length; i++) {
                out.set(n * sums.length + i, sums[i]);
            }
        }
        return result;
    }

    /** Returns how far apart neighbors along a dim are among the elements around a position. */
    private int distance(int dim) {
        int distance = 1;
        for (int d = 0; d < dim; d++) {
            distance *= taps;
        }
        return distance;
    }

    /** Returns the weight of the difference to the next element along the dim in the place of each element's. */
    private double[] ofDifferences(INDArray ofElements, int dim) {
        double[] w = Copy.toDoubles(ofElements);
        int distance = distance(dim);
        for (int first = 0; first < w.length; first += taps * distance) {
            for (int k = first; k < first + taps * distance; k++) {
                w[k] = (k < first + distance ? 0 : w[k - distance]) - w[k];
            }
        }
        return w;
    }

    private void read(Elements in, long from, long step, long position, double[] elements) {
        int first = (int) position * elements.length;
        for (int k = 0; k < elements.length; k++) {
            int index = indices.get(first + k);
            elements[k] = index < 0 ? 0 : in.get(from + index * step);
        }
    }

    private double sum(double[] elements, double[] weights, int position, int distance) {
        int at = position * elements.length;
        double sum = 0;
        for (int first = 0; first < elements.length; first += taps * distance) {
            for (int k = first; k < first + (taps - 1) * distance; k++) {
                sum += weights[at + k] * (elements[k + distance] - elements[k]);
            }
        }
        return sum;
    }
}
