package org.ndgrad.nn;

import java.util.stream.IntStream;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** w = g v / ‖v‖, the length being taken over all dims but one. */
final class WeightNorm extends Parametrization {

    private final Tensor length;
    private final Tensor direction;
    private final int[] dims;

    WeightNorm(Tensor weight, int dim) {
        int kept = dim < 0 ? dim + weight.ndim() : dim;
        dims = IntStream.range(0, weight.ndim()).filter(each -> each != kept).toArray();
        length = parameter("original0", norm(weight.detach()).clone());
        direction = parameter("original1", weight.detach().clone());
    }

    private Tensor norm(Tensor x) {
        return dims.length == 0 ? x.abs() : x.norm(2, dims, KeepDim.YES);
    }

    @Override
    Tensor compute() {
        return direction.mul(length.div(norm(direction)));
    }
}
