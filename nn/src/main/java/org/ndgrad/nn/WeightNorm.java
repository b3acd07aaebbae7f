package org.ndgrad.nn;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
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
        Tensor norm = norm(direction);
        Tensor factor = length.div(norm);
        return fits(factor) ? direction.mul(factor) : direction.div(norm).mul(length);
    }

    /** Whether no factor has left the range that keeps its digits, as that of a direction near the end of its own. */
    private boolean fits(Tensor factor) {
        double least = factor.dtype() == DataType.DOUBLE ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        Tensor size = factor.detach().abs();
        Tensor inside = Functions.logicalAnd(size.ge(least), Functions.isfinite(size));
        return Functions.logicalOr(inside, length.detach().eq(0)).all().item() == 1;
    }
}
