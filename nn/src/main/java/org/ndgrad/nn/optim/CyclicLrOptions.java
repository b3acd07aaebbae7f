package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.OptionalInt;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link CyclicLr}, besides the optimizer and the learning rates.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param stepSizeUp the steps in which the rate rises, at least 1
 * @param stepSizeDown the steps in which it falls; as many if left open
 * @param mode how the height of cycles changes
 * @param gamma γ of {@link Mode#EXP_RANGE}
 * @param cycleMomentum whether the momentum changes, too, the other way
 * @param baseMomentum the smallest momentum, one for all groups or for each
 * @param maxMomentum the largest momentum, one for all groups or for each
 */
public record CyclicLrOptions(
        int stepSizeUp,
        OptionalInt stepSizeDown,
        Mode mode,
        double gamma,
        boolean cycleMomentum,
        ImmutableDoubleArray baseMomentum,
        ImmutableDoubleArray maxMomentum) {

    /** How the height of cycles changes. */
    public enum Mode {
        /** Not at all. */
        TRIANGULAR,
        /** Halved in each cycle. */
        TRIANGULAR2,
        /** By γᵗ in the t-th step. */
        EXP_RANGE
    }

    private static final CyclicLrOptions DEFAULTS = new CyclicLrOptions(
            2000,
            OptionalInt.empty(),
            Mode.TRIANGULAR,
            1,
            true,
            ImmutableDoubleArray.of(0.8),
            ImmutableDoubleArray.of(0.9));

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     * @throws NullPointerException if one of them is null
     */
    public CyclicLrOptions {
        Checks.given("CyclicLrOptions", "mode", mode);
        checkArgument(
                stepSizeUp >= 1 && stepSizeDown.orElse(1) >= 1,
                "CyclicLr: expected step sizes >= 1; got %s and %s. Give the number of steps that the rate"
                        + " rises, and falls.",
                stepSizeUp,
                stepSizeDown);
        LrScheduler.usable("CyclicLr", "gamma", gamma);
    }

    /** Returns PyTorch's defaults: 2000 steps up and down, to the same height, momenta from 0.9 to 0.8 and back. */
    public static CyclicLrOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another number of rising steps. */
    public CyclicLrOptions withStepSizeUp(int stepSizeUp) {
        return new CyclicLrOptions(stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** Returns these options with another number of falling steps. */
    public CyclicLrOptions withStepSizeDown(int stepSizeDown) {
        return new CyclicLrOptions(
                stepSizeUp, OptionalInt.of(stepSizeDown), mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** Returns these options with another mode. */
    public CyclicLrOptions withMode(Mode mode) {
        return new CyclicLrOptions(stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** Returns these options with another γ. */
    public CyclicLrOptions withGamma(double gamma) {
        return new CyclicLrOptions(stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** Returns these options with the momentum changing or not. */
    public CyclicLrOptions withCycleMomentum(boolean cycleMomentum) {
        return new CyclicLrOptions(stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /** Returns these options with another smallest momentum, one for all groups or one for each. */
    public CyclicLrOptions withBaseMomentum(double... baseMomentum) {
        return new CyclicLrOptions(
                stepSizeUp,
                stepSizeDown,
                mode,
                gamma,
                cycleMomentum,
                ImmutableDoubleArray.copyOf(baseMomentum),
                maxMomentum);
    }

    /** Returns these options with another largest momentum, one for all groups or one for each. */
    public CyclicLrOptions withMaxMomentum(double... maxMomentum) {
        return new CyclicLrOptions(
                stepSizeUp,
                stepSizeDown,
                mode,
                gamma,
                cycleMomentum,
                baseMomentum,
                ImmutableDoubleArray.copyOf(maxMomentum));
    }
}
