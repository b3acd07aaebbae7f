package org.ndgrad.nn;

import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link PairwiseDistance}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param p the norm that distances are measured with
 * @param epsilon added to each difference, so that distances of 0 have a gradient
 * @param keepDim whether the last dimension stays, with size 1
 */
public record PairwiseDistanceOptions(double p, double epsilon, KeepDim keepDim) {

    private static final PairwiseDistanceOptions DEFAULTS = new PairwiseDistanceOptions(2, 1e-6, KeepDim.NO);

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public PairwiseDistanceOptions {
        Checks.given("PairwiseDistanceOptions", "keepDim", keepDim);
    }

    /** Returns PyTorch's defaults: Euclidean distances, epsilon 1e-6, without the last dimension. */
    public static PairwiseDistanceOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another norm. */
    public PairwiseDistanceOptions withP(double p) {
        return new PairwiseDistanceOptions(p, epsilon, keepDim);
    }

    /** Returns these options with another number added to each difference. */
    public PairwiseDistanceOptions withEpsilon(double epsilon) {
        return new PairwiseDistanceOptions(p, epsilon, keepDim);
    }

    /** Returns these options with the last dimension or without. */
    public PairwiseDistanceOptions withKeepDim(KeepDim keepDim) {
        return new PairwiseDistanceOptions(p, epsilon, keepDim);
    }
}
