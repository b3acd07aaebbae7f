package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;

/**
 * What can be chosen about {@link Adafactor}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param beta2Decay τ ≤ 0, how fast the share of new squares falls
 * @param gradientEpsilon ε₁ ≥ 0, the smallest root of a variance; the type's distance from 1 to the next number if left
 *     open
 * @param parameterEpsilon ε₂ ≥ 0, the least that a parameter counts for its step
 * @param clippingThreshold d ≥ 1, the root mean square beyond which an update is scaled down
 * @param weightDecay λ ≥ 0, of which the share η λ of θ goes in a step
 * @param maximize whether to climb instead of descend
 */
public record AdafactorOptions(
        double beta2Decay,
        OptionalDouble gradientEpsilon,
        double parameterEpsilon,
        double clippingThreshold,
        double weightDecay,
        boolean maximize) {

    private static final AdafactorOptions DEFAULTS =
            new AdafactorOptions(-0.8, OptionalDouble.empty(), 1e-3, 1, 0, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AdafactorOptions {
        checkArgument(beta2Decay <= 0, "Adafactor: expected beta2Decay <= 0; got %s. Use -0.8.", beta2Decay);
        checkArgument(
                gradientEpsilon.orElse(0) >= 0 && parameterEpsilon >= 0,
                "Adafactor: expected epsilons >= 0; got %s and %s. Leave them as they are.",
                gradientEpsilon,
                parameterEpsilon);
        checkArgument(
                clippingThreshold >= 1,
                "Adafactor: expected clippingThreshold >= 1; got %s. Use 1.",
                clippingThreshold);
        checkArgument(weightDecay >= 0, "Adafactor: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: τ = −0.8, ε₂ = 0.001, d = 1, no weight decay. */
    public static AdafactorOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another decay of β₂. */
    public AdafactorOptions withBeta2Decay(double beta2Decay) {
        return new AdafactorOptions(
                beta2Decay, gradientEpsilon, parameterEpsilon, clippingThreshold, weightDecay, maximize);
    }

    /** Returns these options with another ε₁. */
    public AdafactorOptions withGradientEpsilon(double gradientEpsilon) {
        return new AdafactorOptions(
                beta2Decay,
                OptionalDouble.of(gradientEpsilon),
                parameterEpsilon,
                clippingThreshold,
                weightDecay,
                maximize);
    }

    /** Returns these options with another ε₂. */
    public AdafactorOptions withParameterEpsilon(double parameterEpsilon) {
        return new AdafactorOptions(
                beta2Decay, gradientEpsilon, parameterEpsilon, clippingThreshold, weightDecay, maximize);
    }

    /** Returns these options with another threshold. */
    public AdafactorOptions withClippingThreshold(double clippingThreshold) {
        return new AdafactorOptions(
                beta2Decay, gradientEpsilon, parameterEpsilon, clippingThreshold, weightDecay, maximize);
    }

    /** Returns these options with another weight decay. */
    public AdafactorOptions withWeightDecay(double weightDecay) {
        return new AdafactorOptions(
                beta2Decay, gradientEpsilon, parameterEpsilon, clippingThreshold, weightDecay, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AdafactorOptions withMaximize(boolean maximize) {
        return new AdafactorOptions(
                beta2Decay, gradientEpsilon, parameterEpsilon, clippingThreshold, weightDecay, maximize);
    }
}
