package org.ndgrad.autograd.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.DropoutMask;
import org.ndgrad.autograd.kernels.fused.CrossEntropy;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Checks of arguments that several losses and layers share. */
public final class Checks {

    private Checks() {}

    /** Returns what is given; refuses null for what can be left out. */
    public static <T> T given(String who, String what, T value) {
        return checkNotNull(value, "%s: expected a value for %s; got null. Leave it out.", who, what);
    }

    /** Refuses two tensors of different shapes. Broadcasting them silently is the classic bug of a training loop. */
    public static void sameShape(String who, String name, Tensor tensor, String otherName, Tensor other) {
        checkArgument(
                Arrays.equals(array(tensor).shape(), array(other).shape()),
                "%s: expected %s of the same shape as %s, %s; got %s. Reshape one of them: they are not broadcast.",
                who,
                name,
                otherName,
                Text.shape(other),
                Text.shape(tensor));
    }

    /** Refuses a tensor that would make the other larger by broadcasting. */
    public static void broadcasts(String who, String name, Tensor tensor, String otherName, Tensor other) {
        checkArgument(
                Shapes.broadcastsTo(tensor.shape(), other.shape()),
                "%s: expected %s of a shape that broadcasts to that of %s, %s; got %s. Reshape one of them.",
                who,
                name,
                otherName,
                Text.shape(other),
                Text.shape(tensor));
    }

    /**
     * Returns a new Java array of so many numbers, {@code double[]::new} or the like.
     *
     * @throws IllegalArgumentException if none can hold as many
     * @throws IllegalStateException if there is no memory for it
     */
    public static <T> T javaArray(String who, long count, IntFunction<T> array) {
        return Memory.onHeap(who, count, array);
    }

    /**
     * Returns a count as an int.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int count(String who, String name, long count) {
        checkArgument(count == (int) count, "%s: expected fewer than 2^31 %s; got %s. Use less.", who, name, count);
        return (int) count;
    }

    /**
     * Refuses a class that the logits do not have.
     *
     * @param classes C, how many they have
     * @param position of the label among the targets
     * @throws IndexOutOfBoundsException if the label is not in [0, C)
     */
    public static void classIndex(String who, long label, long classes, int position) {
        CrossEntropy.checkClass(who, label, classes, position);
    }

    /**
     * Refuses integers where only fractions make sense.
     *
     * @param who printed if it comes to that
     */
    public static void floating(Object who, String name, Tensor tensor) {
        checkArgument(
                tensor.dtype().isFPType(),
                "%s: expected %s of a floating-point dtype; got %s. Convert with to(DataType.FLOAT).",
                who,
                name,
                Text.dtype(tensor));
    }

    /** Refuses a probability to drop an element that is none, such as a percentage. */
    public static void dropout(String who, double p) {
        DropoutMask.checkProbability(who, p);
    }

    /** Returns whether the tensor can hold class indices; a boolean one cannot. */
    public static boolean isInteger(Tensor tensor) {
        return tensor.dtype().isIntType();
    }
}
