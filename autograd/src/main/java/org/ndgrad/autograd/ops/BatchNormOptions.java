package org.ndgrad.autograd.ops;

import java.util.Optional;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What can be chosen about {@link Normalization}'s batchNorm and instanceNorm. All tensors have shape (C).
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param weight what normalized values are multiplied by
 * @param bias what is added then
 * @param runningMean the running mean, changed in place in training
 * @param runningVar the running variance, changed in place in training
 * @param training whether to normalize by the input's own mean and variance, not the running ones
 * @param momentum the share of the new in running values: (1 − momentum) · old + momentum · new
 * @param epsilon what is added to the variance
 */
public record BatchNormOptions(
        Optional<Tensor> weight,
        Optional<Tensor> bias,
        Optional<Tensor> runningMean,
        Optional<Tensor> runningVar,
        boolean training,
        double momentum,
        double epsilon) {

    private static final BatchNormOptions DEFAULTS = new BatchNormOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, 0.1, 1e-5);

    /**
     * Keeps the tensors beyond any MemoryScope.
     *
     * @throws IllegalArgumentException if epsilon is below 0
     */
    public BatchNormOptions {
        OpChecks.epsilon("BatchNormOptions", epsilon);
        weight.ifPresent(MemoryScope::stored);
        bias.ifPresent(MemoryScope::stored);
        runningMean.ifPresent(MemoryScope::stored);
        runningVar.ifPresent(MemoryScope::stored);
    }

    /** Returns the options that need nothing else: training, without weight, bias and running values. */
    public static BatchNormOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a weight. */
    public BatchNormOptions withWeight(Tensor weight) {
        return new BatchNormOptions(
                Optional.of(OpChecks.given("BatchNormOptions", "weight", weight)),
                bias,
                runningMean,
                runningVar,
                training,
                momentum,
                epsilon);
    }

    /** Returns these options with a bias. */
    public BatchNormOptions withBias(Tensor bias) {
        return new BatchNormOptions(
                weight,
                Optional.of(OpChecks.given("BatchNormOptions", "bias", bias)),
                runningMean,
                runningVar,
                training,
                momentum,
                epsilon);
    }

    /** Returns these options with running values. */
    public BatchNormOptions withRunning(Tensor runningMean, Tensor runningVar) {
        return new BatchNormOptions(
                weight,
                bias,
                Optional.of(OpChecks.given("BatchNormOptions", "running mean", runningMean)),
                Optional.of(OpChecks.given("BatchNormOptions", "running variance", runningVar)),
                training,
                momentum,
                epsilon);
    }

    /** Returns these options for training or evaluation. */
    public BatchNormOptions withTraining(boolean training) {
        return new BatchNormOptions(weight, bias, runningMean, runningVar, training, momentum, epsilon);
    }

    /** Returns these options with another momentum. */
    public BatchNormOptions withMomentum(double momentum) {
        return new BatchNormOptions(weight, bias, runningMean, runningVar, training, momentum, epsilon);
    }

    /** Returns these options with another epsilon. */
    public BatchNormOptions withEpsilon(double epsilon) {
        return new BatchNormOptions(weight, bias, runningMean, runningVar, training, momentum, epsilon);
    }
}
