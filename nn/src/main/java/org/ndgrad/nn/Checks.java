package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Tensor;

/** Checks of arguments that several losses share. */
final class Checks {

    private Checks() {}

    /** Refuses two tensors of different shapes. Broadcasting them silently is the classic bug of a training loop. */
    static void sameShape(String who, String name, Tensor tensor, String otherName, Tensor other) {
        checkArgument(
                Arrays.equals(tensor.shape(), other.shape()),
                "%s: expected %s of the same shape as %s, %s; got %s. Reshape one of them: they are not broadcast.",
                who,
                name,
                otherName,
                Text.shape(other),
                Text.shape(tensor));
    }

    /** Refuses integers where only fractions make sense. */
    static void floating(String who, String name, Tensor tensor) {
        checkArgument(
                tensor.dtype().isFPType(),
                "%s: expected %s of a floating-point dtype; got %s. Convert with to(DataType.FLOAT).",
                who,
                name,
                Text.dtype(tensor));
    }

    /** Returns whether the tensor can hold class indices; a boolean one cannot. */
    static boolean isInteger(Tensor tensor) {
        return tensor.dtype().isIntType();
    }
}
