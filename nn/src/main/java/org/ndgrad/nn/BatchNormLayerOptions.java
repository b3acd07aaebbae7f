package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d}.
 *
 * <pre>{@code
 * new BatchNorm2d(16, BatchNormLayerOptions.defaults().withMomentum(0.01));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param epsilon what is added to the variance
 * @param momentum the share of the new in running values; if empty, they are the mean of all batches
 * @param affine whether to learn a weight, and a bias
 * @param bias whether to learn a bias where there is a weight
 * @param trackRunningStats whether to keep running values for evaluation; without, evaluation is as training
 * @param dtype of parameters and running values, and so of inputs and outputs
 */
public record BatchNormLayerOptions(
        double epsilon,
        OptionalDouble momentum,
        boolean affine,
        boolean bias,
        boolean trackRunningStats,
        DataType dtype) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is below 0
     * @throws NullPointerException if one of them is null
     */
    public BatchNormLayerOptions {
        Checks.given("BatchNormLayerOptions", "dtype", dtype);
        checkArgument(epsilon >= 0, "epsilon: expected a number of at least 0; got %s. Use the default.", epsilon);
    }

    /** Returns PyTorch's defaults: ε = 1e-5, momentum 0.1, weight, bias and running values, and the default type. */
    public static BatchNormLayerOptions defaults() {
        return new BatchNormLayerOptions(1e-5, OptionalDouble.of(0.1), true, true, true, Tensor.defaultDtype());
    }

    /** Returns these options with another epsilon. */
    public BatchNormLayerOptions withEpsilon(double epsilon) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with another momentum. */
    public BatchNormLayerOptions withMomentum(double momentum) {
        return withMomentum(OptionalDouble.of(momentum));
    }

    /** Returns these options without a momentum: running values are the mean of all batches. */
    public BatchNormLayerOptions withCumulativeAverage() {
        return withMomentum(OptionalDouble.empty());
    }

    private BatchNormLayerOptions withMomentum(OptionalDouble momentum) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with a weight and a bias or without. */
    public BatchNormLayerOptions withAffine(boolean affine) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with a bias or without. */
    public BatchNormLayerOptions withBias(boolean bias) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with running values or without. */
    public BatchNormLayerOptions withTrackRunningStats(boolean trackRunningStats) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }

    /** Returns these options with parameters of another type. */
    public BatchNormLayerOptions withDtype(DataType dtype) {
        return new BatchNormLayerOptions(epsilon, momentum, affine, bias, trackRunningStats, dtype);
    }
}
