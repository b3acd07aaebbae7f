package org.ndgrad.nn;

import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Losses#ctcLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the samples' losses; the mean divides each by its target's length, if that is not 0
 * @param blank the class that stands for no label
 * @param zeroInfinity whether a target that does not fit its input counts 0, not ∞
 */
public record CtcOptions(Reduction reduction, int blank, boolean zeroInfinity) {

    private static final CtcOptions DEFAULTS = new CtcOptions(Reduction.MEAN, 0, false);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public CtcOptions {
        Checks.given("CtcOptions", "reduction", reduction);
    }

    /** Returns PyTorch's defaults: mean, class 0 as blank, infinite losses kept. */
    public static CtcOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public CtcOptions withReduction(Reduction reduction) {
        return new CtcOptions(reduction, blank, zeroInfinity);
    }

    /** Returns these options with another class for no label. */
    public CtcOptions withBlank(int blank) {
        return new CtcOptions(reduction, blank, zeroInfinity);
    }

    /** Returns these options with infinite losses replaced by 0 or not. */
    public CtcOptions withZeroInfinity(boolean zeroInfinity) {
        return new CtcOptions(reduction, blank, zeroInfinity);
    }
}
