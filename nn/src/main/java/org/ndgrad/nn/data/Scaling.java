package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** An affine change of each feature, (x − offset) / scale: what the scalers have in common. */
final class Scaling {

    private final String who;
    private final Tensor offset;
    private final Tensor scale;

    /** Takes offset and scale of shape (*), for data of shape (N, *). */
    Scaling(String who, Tensor offset, Tensor scale) {
        this.who = who;
        this.offset = offset;
        this.scale = scale;
    }

    /** Returns data of shape (N, *) as float64 without a graph; throws if there is no sample. */
    static Tensor samples(String who, Tensor features) {
        checkArgument(
                features.ndim() >= 1 && features.size(0) > 0,
                "%s: expected at least one sample, shape (N, *); got %s.",
                who,
                Text.shape(features));
        return features.detach().to(DataType.DOUBLE);
    }

    Tensor apply(Tensor x) {
        Tensor floating = floating(x);
        return floating.sub(offset.to(floating.dtype())).div(scale.to(floating.dtype()));
    }

    Tensor invert(Tensor y) {
        Tensor floating = floating(y);
        return floating.mul(scale.to(floating.dtype())).add(offset.to(floating.dtype()));
    }

    private Tensor floating(Tensor x) {
        long[] shape = x.shape();
        boolean fits = shape.length == offset.ndim() + 1;
        for (int dim = 1; fits && dim < shape.length; dim++) {
            fits = shape[dim] == offset.size(dim - 1);
        }
        checkArgument(
                fits,
                "%s: expected features like those it was fitted on, with %s after the first dimension; got %s.",
                who,
                Text.shape(offset),
                Text.shape(x));
        return x.dtype().isFPType() ? x : x.to(DataType.FLOAT);
    }
}
