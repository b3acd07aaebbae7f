package org.ndgrad.autograd.ops;

import java.util.Optional;
import java.util.OptionalDouble;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What can be chosen about {@link Normalization}'s layerNorm, groupNorm and rmsNorm.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param weight what normalized values are multiplied by
 * @param bias what is added then
 * @param epsilon what is added to the variance; if empty, 1e-5, for rmsNorm the distance from 1 to the next number
 */
public record NormalizationOptions(Optional<Tensor> weight, Optional<Tensor> bias, OptionalDouble epsilon) {

    private static final NormalizationOptions DEFAULTS =
            new NormalizationOptions(Optional.empty(), Optional.empty(), OptionalDouble.empty());

    /** Keeps the tensors beyond any MemoryScope. */
    public NormalizationOptions {
        weight.ifPresent(MemoryScope::stored);
        bias.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: no weight, no bias, the operation's own epsilon. */
    public static NormalizationOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a weight; its shape is stated at the operation. */
    public NormalizationOptions withWeight(Tensor weight) {
        return new NormalizationOptions(
                Optional.of(OpChecks.given("NormalizationOptions", "weight", weight)), bias, epsilon);
    }

    /** Returns these options with a bias, of the weight's shape. */
    public NormalizationOptions withBias(Tensor bias) {
        return new NormalizationOptions(
                weight, Optional.of(OpChecks.given("NormalizationOptions", "bias", bias)), epsilon);
    }

    /** Returns these options with another epsilon. */
    public NormalizationOptions withEpsilon(double epsilon) {
        return new NormalizationOptions(weight, bias, OptionalDouble.of(epsilon));
    }
}
