package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.spatial.GridNeighbors;
import org.ndgrad.autograd.kernels.spatial.GridSample;
import org.ndgrad.autograd.kernels.spatial.GridSlopes;

/**
 * The sum Σ g[n, c, o] · w[n, o, k] · x[n, c, i], i being {@code indices[n, o, k]} and w functions of the fractions of
 * positions, derived by g, x and the fractions, and these derivatives again.
 *
 * @param indices as {@link GridSample} has them
 * @param taps how many elements along each dim belong to a position
 */
record GridBlend(ImmutableIntArray indices, int taps) {

    /** y = the elements around positions, weighted; ∂L/∂x = g distributed with the weights. */
    Tensor values(Tensor x, Tensor fractions) {
        return values(x, fractions, new int[(int) fractions.size(2)]);
    }

    /** Orders say which derivative of the weights to take, by dim. */
    private Tensor values(Tensor x, Tensor fractions, int[] orders) {
        return values(x, fractions, weights(fractions, orders), orders);
    }

    private Tensor values(Tensor x, Tensor fractions, Tensor w, int[] orders) {
        int derived = IntStream.range(0, orders.length)
                .filter(d -> orders[d] > 0)
                .findFirst()
                .orElse(-1);
        INDArray values = derived < 0
                ? GridSample.values(array(x), array(w), indices)
                : new GridSlopes(indices, taps).values(array(x), array(w), derived);
        long size = x.size(2);
        return Op.pure("gridSample", values)
                .wrt(x, g -> scattered(g, fractions, w, orders, size), fractions, w)
                .wrt(fractions, g -> slopes(g, x, fractions, orders), x, fractions)
                .tensor();
    }

    /** y = the sum derived by x; ∂L/∂g = the elements of g weighted. */
    private Tensor scattered(Tensor g, Tensor fractions, Tensor w, int[] orders, long size) {
        return Op.pure("gridSampleBackward", GridSample.scattered(array(g), array(w), indices, size))
                .wrt(g, h -> values(h, fractions, w, orders), fractions, w)
                .wrt(fractions, h -> slopes(g, h, fractions, orders), g, fractions)
                .tensor();
    }

    /** y = the sum derived by the fractions; each derivative of it is a sum over the fractions' dims. */
    private Tensor slopes(Tensor g, Tensor x, Tensor fractions, int[] orders) {
        int dims = orders.length;
        List<Tensor> w = IntStream.range(0, dims)
                .mapToObj(d -> weights(fractions, next(orders, d)))
                .toList();
        INDArray products = new GridSlopes(indices, taps)
                .products(array(g), array(x), w.stream().map(Memory::array).toList());
        long size = x.size(2);
        return Op.pure("gridSampleBackward", products)
                .wrt(
                        g,
                        h -> sum(
                                h,
                                dims,
                                (part, d) ->
                                        values(x, fractions, next(orders, d)).mul(part)),
                        x,
                        fractions)
                .wrt(
                        x,
                        h -> sum(h, dims, (part, d) -> {
                            int[] next = next(orders, d);
                            return scattered(g.mul(part), fractions, weights(fractions, next), next, size);
                        }),
                        g,
                        fractions)
                .wrt(
                        fractions,
                        h -> sum(h, dims, (part, d) -> slopes(g.mul(part), x, fractions, next(orders, d))),
                        g,
                        x,
                        fractions)
                .tensor();
    }

    private Tensor weights(Tensor fractions, int[] orders) {
        return Op.pure("gridWeights", GridNeighbors.weights(array(fractions), taps, orders))
                .tensor();
    }

    private static int[] next(int[] orders, int dim) {
        int[] next = orders.clone();
        next[dim]++;
        return next;
    }

    /** Returns the sum over dims of a function of that dim's part of h. */
    private static Tensor sum(Tensor h, int dims, BiFunction<Tensor, Integer, Tensor> ofPart) {
        return IntStream.range(0, dims)
                .mapToObj(d -> ofPart.apply(h.select(2, d).unsqueeze(1), d))
                .reduce(Tensor::add)
                .orElseThrow();
    }
}
