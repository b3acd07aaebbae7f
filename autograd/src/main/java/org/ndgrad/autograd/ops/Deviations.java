package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** Slopes of {@link Reductions#var} and {@link Reductions#std}, which fit where squares of differences do not. */
final class Deviations {

    private Deviations() {}

    static Tensor varBackward(Tensor g, Tensor y, Tensor x, int[] dims, double freedom) {
        int[] over = Shapes.dims("var", dims, x.ndim());
        Tensor factors =
                Scaled.factors(y.reshape(Shapes.reduced(x.shape(), over, true)).sqrt());
        return freedom <= 0 || Scaled.isOne(factors)
                ? g.mul(varSlope(x, dims, freedom))
                : g.mul(varSlope(x.mul(factors), dims, freedom)).div(factors); // differences may not fit
    }

    /** Beyond the last degree of freedom PyTorch's derivatives mean nothing; these are the same. */
    private static Tensor varSlope(Tensor x, int[] dims, double freedom) {
        Tensor mean = x.mean(dims, KeepDim.YES);
        boolean all = dims.length == 0 || x.ndim() == 0;
        return freedom <= 0 && all
                ? Comparison.where(x.eq(mean), Tensor.of(x.dtype(), Double.NaN), Tensor.of(x.dtype(), 1.0 / 0))
                : centered(x, dims).mul(2 / freedom);
    }

    /** Returns x − mean x, and takes off what rounding has left of the mean: beside a large one, it counts. */
    private static Tensor centered(Tensor x, int[] dims) {
        Tensor near = x.sub(x.detach().mean(dims, KeepDim.YES));
        Tensor rest = near.mean(dims, KeepDim.YES);
        return near.sub(Comparison.where(Comparison.isfinite(rest), rest, Tensor.of(rest.dtype(), 0)));
    }

    static Tensor stdBackward(Tensor g, Tensor y, Tensor x, int[] dims, double freedom) {
        int[] over = Shapes.dims("std", dims, x.ndim());
        Tensor kept = y.reshape(Shapes.reduced(x.shape(), over, true));
        Tensor factors = Scaled.factors(kept);
        Tensor slope = Reductions.spread(Comparison.maskedFill(g, y.eq(0), 0), over, x.shape());
        if (freedom <= 0) {
            return slope.div(safe(kept).mul(2)).mul(varSlope(x, dims, freedom));
        }
        boolean plain = Scaled.isOne(factors);
        Tensor other = plain ? x : x.mul(factors);
        Tensor length = plain ? kept : other.std(dims, Shapes.count(x.shape(), over) - freedom, KeepDim.YES);
        return slope.mul(centered(other, dims).div(safe(length)).div(freedom));
    }

    static Tensor safe(Tensor length) {
        return Comparison.maskedFill(length, length.eq(0), 1);
    }
}
