package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.FusedLosses;
import org.ndgrad.autograd.internal.Text;

/** Likelihood of normal distributions; the core of {@link Losses#gaussianNllLoss}. */
final class GaussianLikelihood {

    private static final double CONSTANT = 0.5 * Math.log(2 * Math.PI);

    private GaussianLikelihood() {}

    static Tensor negative(
            Tensor means, Tensor targets, Tensor variances, GaussianNllOptions options, WithinRange.Unit unit) {
        Checks.floating("gaussianNllLoss", "means", means);
        Checks.broadcasts("gaussianNllLoss", "targets", targets, "means", means);
        Tensor variance = bounded(aligned(variances, means), options.epsilon());
        Tensor errors = unit.of(means).sub(unit.of(targets));
        Tensor squares = unit.isOne()
                ? errors.div(variance).mul(errors) // in this order, as a square may not fit
                : errors.div(variance.sqrt()).square(); // the slopes of which fit
        Tensor widths = variance.log().mul(0.5);
        Tensor others = options.full() ? widths.add(CONSTANT) : widths;
        return unit.undo(options.reduction().of(unit.of(unit.of(others)).add(squares.mul(0.5))), 2);
    }

    /** Gives the variances the means' number of dims. */
    private static Tensor aligned(Tensor variances, Tensor means) {
        long[] shape = means.shape();
        boolean lacksLast =
                means.ndim() > 0 && Arrays.equals(variances.shape(), Arrays.copyOf(shape, shape.length - 1));
        boolean fits =
                Arrays.equals(variances.shape(), shape) || lacksLast || isOneSizeReduced(variances.shape(), shape);
        checkArgument(
                fits,
                "gaussianNllLoss: expected variances of shape %s, like the means, or with one size 1, or without the last one;"
                        + " got %s. Reshape them.",
                Text.shape(shape),
                Text.shape(variances));
        return lacksLast ? variances.unsqueeze(-1) : variances;
    }

    private static boolean isOneSizeReduced(long[] small, long[] large) {
        int reduced = 0;
        for (int d = 0; d < small.length && small.length == large.length; d++) {
            if (small[d] != large[d]) {
                reduced += small[d] == 1 ? 1 : 2;
            }
        }
        return small.length == large.length && reduced == 1;
    }

    /** As PyTorch: the gradient does not notice that small variances were raised. */
    private static Tensor bounded(Tensor variances, double epsilon) {
        checkArgument(
                variances.lt(0).any().item() == 0,
                "gaussianNllLoss: expected variances of at least 0; got a negative one. Square or exponentiate them.");
        return FusedLosses.gaussianNllVariance(variances, epsilon);
    }
}
