package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** What {@link InstanceNorm1d}, {@link InstanceNorm2d} and {@link InstanceNorm3d} have in common. */
abstract class InstanceNorm extends ChannelNorm {

    private final int ndim;

    /** Creates a layer for so many spatial dims. */
    InstanceNorm(int ndim, long channels, InstanceNormOptions options) {
        super(channels, options.common());
        this.ndim = ndim;
    }

    @Override
    final Tensor compute(Tensor x) {
        check(
                (x.ndim() == ndim + 1 || x.ndim() == ndim + 2) && x.size(-ndim - 1) == channels(),
                batchShape(ndim) + " or " + batchShape(ndim).replace("N, ", ""),
                x);
        double momentum = options().momentum().orElseThrow();
        return x.ndim() == ndim + 1
                ? Functions.instanceNorm(x.unsqueeze(0), now(momentum)).squeeze(0)
                : Functions.instanceNorm(x, now(momentum));
    }
}
