package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link MarginLosses#tripletMarginLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the samples' losses
 * @param margin by how much the negative shall be farther away, above 0
 * @param p the norm that distances are measured with
 * @param epsilon added to each difference, so that distances of 0 have a gradient
 * @param swap whether to take the distance of positive and negative instead where it is smaller (Balntas et al. 2016)
 */
public record TripletMarginOptions(Reduction reduction, double margin, double p, double epsilon, boolean swap) {

    private static final TripletMarginOptions DEFAULTS = new TripletMarginOptions(Reduction.MEAN, 1, 2, 1e-6, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the margin is not above 0
     * @throws NullPointerException if one of them is null
     */
    public TripletMarginOptions {
        Checks.given("TripletMarginOptions", "reduction", reduction);
        checkArgument(margin > 0, "tripletMarginLoss: expected margin > 0; got %s. Use 1.", margin);
    }

    /** Returns PyTorch's defaults: mean, margin 1, Euclidean distances, epsilon 1e-6, no swap. */
    public static TripletMarginOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public TripletMarginOptions withReduction(Reduction reduction) {
        return new TripletMarginOptions(reduction, margin, p, epsilon, swap);
    }

    /** Returns these options with another margin. */
    public TripletMarginOptions withMargin(double margin) {
        return new TripletMarginOptions(reduction, margin, p, epsilon, swap);
    }

    /** Returns these options with another norm. */
    public TripletMarginOptions withP(double p) {
        return new TripletMarginOptions(reduction, margin, p, epsilon, swap);
    }

    /** Returns these options with another number added to each difference. */
    public TripletMarginOptions withEpsilon(double epsilon) {
        return new TripletMarginOptions(reduction, margin, p, epsilon, swap);
    }

    /** Returns these options with the distance swap or without. */
    public TripletMarginOptions withSwap(boolean swap) {
        return new TripletMarginOptions(reduction, margin, p, epsilon, swap);
    }
}
