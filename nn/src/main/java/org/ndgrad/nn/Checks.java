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

    /** Refuses a tensor that would make the other larger by broadcasting. */
    static void broadcasts(String who, String name, Tensor tensor, String otherName, Tensor other) {
        checkArgument(
                broadcastsTo(tensor.shape(), other.shape()),
                "%s: expected %s of a shape that broadcasts to that of %s, %s; got %s. Reshape one of them.",
                who,
                name,
                otherName,
                Text.shape(other),
                Text.shape(tensor));
    }

    private static boolean broadcastsTo(long[] from, long[] to) {
        for (int d = 1; d <= from.length; d++) {
            long size = from[from.length - d];
            if (d > to.length || (size != 1 && size != to[to.length - d])) {
                return false;
            }
        }
        return true;
    }

    /** Multiplies losses by a factor each, or by fewer ones that broadcast. */
    static Tensor weighted(String who, Tensor losses, Tensor weight) {
        broadcasts(who, "a weight", weight, "the losses", losses);
        return losses.mul(weight);
    }

    /** Returns what to throw for a class that the logits do not have. */
    static IndexOutOfBoundsException wrongClass(String who, long classes, long label, int position) {
        return new IndexOutOfBoundsException(String.format(
                "%s: expected class indices in [0, %d), since logits have C=%d classes; got %d at position %d. "
                        + "Count classes from 0, or widen the last layer.",
                who, classes, classes, label, position));
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
