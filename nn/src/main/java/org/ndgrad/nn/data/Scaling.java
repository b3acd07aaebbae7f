package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;

/**
 * An affine change of each feature, (x − offset) / scale: what the scalers have in common. It is computed in float64
 * and rounded once.
 */
final class Scaling {

    private final String who;
    private final DataType fitted;
    private final Tensor unit;
    private final Split offset;
    private final Tensor scale;
    private final OptionalInt beyondFloat64;

    /** Takes offset and scale of shape (*), in the units of the samples, for data of shape (N, *). */
    Scaling(String who, Samples samples, Split offset, Tensor scale) {
        this.who = who;
        this.fitted = samples.dtype();
        this.unit = MemoryScope.stored(samples.unit());
        this.offset = offset;
        this.scale = MemoryScope.stored(scale);
        this.beyondFloat64 = samples.beyondFloat64(scale);
        MemoryScope.stored(offset.high());
        MemoryScope.stored(offset.low());
    }

    /** Returns the offset, float64, shape (*). */
    Tensor offset() {
        return offset.high().add(offset.low()).div(unit);
    }

    /** Returns the scale, float64, shape (*). */
    Tensor scale() {
        return scale.div(unit);
    }

    /** Returns (x − offset) / scale in the dtype of x, or float32 for integers. */
    Tensor apply(Tensor x) {
        checkShape(x);
        Tensor wide = x.dtype().isFPType() ? x : x.to(DataType.INT64);
        Tensor y = MemoryScope.chain(
                wide,
                ImmutableList.of(this::distance, distance -> distance.div(scale), result -> result.to(floating(x))));
        checkHeld(x, y);
        return y;
    }

    private Tensor distance(Tensor x) {
        if (x.dtype() == DataType.INT64) {
            return Split.of(x, unit).minus(offset);
        }
        return MemoryScope.chain(
                x,
                ImmutableList.of(
                        narrow -> narrow.to(DataType.DOUBLE),
                        wide -> wide.mul(unit),
                        wide -> wide.sub(offset.high()),
                        wide -> wide.sub(offset.low())));
    }

    /** Returns y · scale + offset in the wider of two dtypes: that of y, and the one for what this was fitted on. */
    Tensor invert(Tensor y) {
        checkShape(y);
        checkArgument(
                beyondFloat64.isEmpty(),
                "%s.inverse: expected numbers that float64 tells apart; got integers beyond 2^53 that are close together,"
                        + " in feature %s of those it was fitted on. Subtract a constant from them before fit.",
                who,
                beyondFloat64.orElse(0));
        DataType dtype = wider(floating(y), holding(fitted));
        Tensor x = MemoryScope.chain(
                y,
                ImmutableList.of(
                        narrow -> narrow.to(DataType.DOUBLE),
                        wide -> wide.mul(scale),
                        wide -> wide.add(offset.low()),
                        wide -> wide.add(offset.high()),
                        wide -> wide.div(unit),
                        wide -> wide.to(dtype)));
        checkHeld(y, x);
        return x;
    }

    private void checkShape(Tensor x) {
        long[] shape = x.shape();
        boolean fits = shape.length == scale.ndim() + 1;
        for (int dim = 1; fits && dim < shape.length; dim++) {
            fits = shape[dim] == scale.size(dim - 1);
        }
        checkArgument(
                fits,
                "%s: expected features like those it was fitted on, with %s after the first dimension; got %s."
                        + " Fit another one on these.",
                who,
                Text.shape(scale),
                Text.shape(x));
    }

    /** Refuses finite numbers whose result is too large for its dtype. */
    private void checkHeld(Tensor from, Tensor result) {
        Tensor finite = Comparison.isfinite(result.detach());
        if (finite.all().item() == 0) {
            Tensor lost = Comparison.logicalAnd(Comparison.isfinite(from.detach()), Comparison.logicalNot(finite));
            checkArgument(
                    lost.any().item() == 0,
                    "%s: expected numbers whose results %s can hold; got one whose result overflows. Convert them to a"
                            + " wider dtype, or fit on numbers of their size.",
                    who,
                    Text.dtype(result));
        }
    }

    private static DataType floating(Tensor x) {
        return x.dtype().isFPType() ? x.dtype() : DataType.FLOAT;
    }

    /** Returns the narrowest floating dtype of at least float32 that holds integers, or the floating dtype itself. */
    private static DataType holding(DataType dtype) {
        return switch (dtype) {
            case LONG, INT -> DataType.DOUBLE;
            default -> dtype.isFPType() ? dtype : DataType.FLOAT;
        };
    }

    private static DataType wider(DataType a, DataType b) {
        boolean differentHalves = a != b && a.width() == b.width();
        return differentHalves ? DataType.FLOAT : a.width() > b.width() ? a : b;
    }
}
