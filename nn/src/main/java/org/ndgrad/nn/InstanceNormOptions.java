package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link InstanceNorm1d}, {@link InstanceNorm2d} and {@link InstanceNorm3d}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param epsilon what is added to the variance
 * @param momentum the share of the new in running values
 * @param affine whether to learn a weight, and a bias
 * @param bias whether to learn a bias where there is a weight
 * @param trackRunningStats whether to keep running values and evaluate with them
 * @param dtype of parameters and running values; without any, the input may have any type
 */
public record InstanceNormOptions(
        double epsilon, double momentum, boolean affine, boolean bias, boolean trackRunningStats, DataType dtype) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is below 0
     * @throws NullPointerException if one of them is null
     */
    public InstanceNormOptions {
        Checks.given("InstanceNormOptions", "dtype", dtype);
        checkArgument(epsilon >= 0, "epsilon: expected a number of at least 0; got %s. Use the default.", epsilon);
    }

    /** Returns PyTorch's defaults: ε = 1e-5, momentum 0.1, no weight and bias, no running values, the default type. */
    public static InstanceNormOptions defaults() {
        return new InstanceNormOptions(1e-5, 0.1, false, true, false, Tensor.defaultDtype());
    }

    /** Returns these options with another epsilon. */
    public InstanceNormOptions withEpsilon(double epsilon) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with another momentum. */
    public InstanceNormOptions withMomentum(double momentum) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with a weight and a bias or without. */
    public InstanceNormOptions withAffine(boolean affine) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with a bias or without, where there is a weight. */
    public InstanceNormOptions withBias(boolean bias) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with running values or without. */
    public InstanceNormOptions withTrackRunningStats(boolean trackRunningStats) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with parameters of another type. */
    public InstanceNormOptions withDtype(DataType dtype) {
        return new InstanceNormOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns what the two kinds have in common. */
    BatchNormLayerOptions common() {
        return BatchNormLayerOptions.defaults()
                .withEpsilon(epsilon)
                .withMomentum(momentum)
                .withAffine(affine)
                .withBias(bias)
                .withTrackRunningStats(trackRunningStats)
                .withDtype(dtype);
    }
}
