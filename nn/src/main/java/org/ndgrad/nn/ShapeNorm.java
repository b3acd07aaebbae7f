package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** What normalizes over the last dims, {@link LayerNorm} and {@link RmsNorm}. */
abstract class ShapeNorm extends Norm {

    private final long[] shape;

    ShapeNorm(long[] shape, boolean hasWeight, boolean hasBias, DataType dtype) {
        super(hasWeight, hasBias, dtype, shape);
        checkArgument(
                shape.length > 0,
                "%s: expected the sizes of at least one dim; got none. Give those of the last dims.",
                name(this));
        this.shape = shape.clone();
    }

    /** Refuses an input whose last dims are others; returns their sizes. */
    final long[] check(Tensor x) {
        int first = x.ndim() - shape.length;
        if (first < 0 || !Arrays.equals(Arrays.copyOfRange(x.shape(), first, x.ndim()), shape)) {
            throw wrong(
                    "(*, " + Text.shape(shape).toString().substring(1),
                    x,
                    "Give the layer the sizes of the last dims, or permute the input.");
        }
        checkDtype(x, null);
        return shape.clone();
    }

    final String shapeText() {
        return Text.shape(shape).toString();
    }

    @Override
    final String who() {
        return name(this) + "(shape=" + shapeText() + ")";
    }
}
