package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Rprop}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param etaMinus η₋ in (0, 1), by which a step size shrinks where the gradient changes its sign
 * @param etaPlus η₊ > 1, by which it grows where it does not
 * @param minStepSize the smallest step size
 * @param maxStepSize the largest step size
 * @param maximize whether to climb instead of descend
 */
public record RpropOptions(double etaMinus, double etaPlus, double minStepSize, double maxStepSize, boolean maximize) {

    private static final RpropOptions DEFAULTS = new RpropOptions(0.5, 1.2, 1e-6, 50, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public RpropOptions {
        checkArgument(
                minStepSize >= 0 && maxStepSize >= 0,
                "Rprop: expected sizes of steps >= 0; got %s and %s. Use 1e-6 and 50.",
                minStepSize,
                maxStepSize);
        checkArgument(
                etaMinus > 0 && etaMinus < 1 && etaPlus > 1,
                "Rprop: expected 0 < etaMinus < 1 < etaPlus; got %s and %s. Use 0.5 and 1.2.",
                etaMinus,
                etaPlus);
    }

    /** Returns PyTorch's defaults: η = (0.5, 1.2), step sizes in [1e-6, 50]. */
    public static RpropOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another η₋. */
    public RpropOptions withEtaMinus(double etaMinus) {
        return new RpropOptions(etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /** Returns these options with another η₊. */
    public RpropOptions withEtaPlus(double etaPlus) {
        return new RpropOptions(etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /** Returns these options with another smallest step size. */
    public RpropOptions withMinStepSize(double minStepSize) {
        return new RpropOptions(etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /** Returns these options with another largest step size. */
    public RpropOptions withMaxStepSize(double maxStepSize) {
        return new RpropOptions(etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public RpropOptions withMaximize(boolean maximize) {
        return new RpropOptions(etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }
}
