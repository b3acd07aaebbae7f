package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link LayerNorm} and {@link GroupNorm}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param epsilon what is added to the variance
 * @param affine whether to learn a weight, and a bias
 * @param bias whether to learn a bias where there is a weight
 * @param dtype of the parameters, and so of inputs and outputs; without any, the input may have any type
 */
public record NormLayerOptions(double epsilon, boolean affine, boolean bias, DataType dtype) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is below 0
     * @throws NullPointerException if one of them is null
     */
    public NormLayerOptions {
        Checks.given("NormLayerOptions", "dtype", dtype);
        checkArgument(epsilon >= 0, "epsilon: expected a number of at least 0; got %s. Use the default.", epsilon);
    }

    /** Returns PyTorch's defaults: ε = 1e-5, a weight and a bias of the default type. */
    public static NormLayerOptions defaults() {
        return new NormLayerOptions(1e-5, true, true, Tensor.defaultDtype());
    }

    /** Returns these options with another epsilon. */
    public NormLayerOptions withEpsilon(double epsilon) {
        return new NormLayerOptions(epsilon, affine, bias, dtype);
    }

    /** Returns these options with a weight and a bias or without. */
    public NormLayerOptions withAffine(boolean affine) {
        return new NormLayerOptions(epsilon, affine, bias, dtype);
    }

    /** Returns these options with a bias or without, where there is a weight. */
    public NormLayerOptions withBias(boolean bias) {
        return new NormLayerOptions(epsilon, affine, bias, dtype);
    }

    /** Returns these options with parameters of another type. */
    public NormLayerOptions withDtype(DataType dtype) {
        return new NormLayerOptions(epsilon, affine, bias, dtype);
    }
}
