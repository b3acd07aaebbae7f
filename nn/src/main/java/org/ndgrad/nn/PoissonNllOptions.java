package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Losses#poissonNllLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the elements' losses
 * @param logRates whether the logarithms of the rates are given
 * @param full whether to add an approximation of log t!, which depends on the targets only
 * @param epsilon added to the rates before their logarithm is taken, at least 0; not used with logarithms
 */
public record PoissonNllOptions(Reduction reduction, boolean logRates, boolean full, double epsilon) {

    private static final PoissonNllOptions DEFAULTS = new PoissonNllOptions(Reduction.MEAN, true, false, 1e-8);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is negative
     * @throws NullPointerException if one of them is null
     */
    public PoissonNllOptions {
        Checks.given("PoissonNllOptions", "reduction", reduction);
        checkArgument(epsilon >= 0, "poissonNllLoss: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
    }

    /** Returns PyTorch's defaults: mean, logarithms of rates, without log t!, epsilon 1e-8. */
    public static PoissonNllOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public PoissonNllOptions withReduction(Reduction reduction) {
        return new PoissonNllOptions(reduction, logRates, full, epsilon);
    }

    /** Returns these options for logarithms of rates, or else for rates. */
    public PoissonNllOptions withLogRates(boolean logRates) {
        return new PoissonNllOptions(reduction, logRates, full, epsilon);
    }

    /** Returns these options with the approximation of log t! added or not. */
    public PoissonNllOptions withFull(boolean full) {
        return new PoissonNllOptions(reduction, logRates, full, epsilon);
    }

    /** Returns these options with another number added to the rates. */
    public PoissonNllOptions withEpsilon(double epsilon) {
        return new PoissonNllOptions(reduction, logRates, full, epsilon);
    }
}
