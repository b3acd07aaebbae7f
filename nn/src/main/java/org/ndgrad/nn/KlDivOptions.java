package org.ndgrad.nn;

import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link KlDivLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the elements' losses
 * @param logTarget whether the targets are logarithms of probabilities
 */
public record KlDivOptions(Reduction reduction, boolean logTarget) {

    private static final KlDivOptions DEFAULTS = new KlDivOptions(Reduction.MEAN, false);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public KlDivOptions {
        Checks.given("KlDivOptions", "reduction", reduction);
    }

    /** Returns PyTorch's defaults: mean, probabilities as targets. */
    public static KlDivOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public KlDivOptions withReduction(Reduction reduction) {
        return new KlDivOptions(reduction, logTarget);
    }

    /** Returns these options for logarithms of probabilities as targets, or else for probabilities. */
    public KlDivOptions withLogTarget(boolean logTarget) {
        return new KlDivOptions(reduction, logTarget);
    }
}
