package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link RmsNorm}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param epsilon what is added to the mean of the squares; if empty, the distance from 1 to the next number of the type
 * @param affine whether to learn a weight
 * @param dtype of the weight, and so of inputs and outputs; without one, the input may have any type
 */
public record RmsNormOptions(OptionalDouble epsilon, boolean affine, DataType dtype) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is below 0
     * @throws NullPointerException if one of them is null
     */
    public RmsNormOptions {
        Checks.given("RmsNormOptions", "dtype", dtype);
        checkArgument(
                epsilon.isEmpty() || epsilon.getAsDouble() >= 0,
                "epsilon: expected a number of at least 0; got %s. Use the default.",
                epsilon);
    }

    /** Returns PyTorch's defaults: the type's own epsilon, a weight of the default type. */
    public static RmsNormOptions defaults() {
        return new RmsNormOptions(OptionalDouble.empty(), true, Tensor.defaultDtype());
    }

    /** Returns these options with another epsilon. */
    public RmsNormOptions withEpsilon(double epsilon) {
        return new RmsNormOptions(OptionalDouble.of(epsilon), affine, dtype);
    }

    /** Returns these options with a weight or without. */
    public RmsNormOptions withAffine(boolean affine) {
        return new RmsNormOptions(epsilon, affine, dtype);
    }

    /** Returns these options with a weight of another type. */
    public RmsNormOptions withDtype(DataType dtype) {
        return new RmsNormOptions(epsilon, affine, dtype);
    }
}
