package org.ndgrad.nn;

/**
 * What can be chosen about {@link LocalResponseNorm}: the numbers of y = x / (k + α · mean x²)ᵝ.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param alpha the factor of the mean
 * @param beta the power
 * @param k what is added to the mean
 */
public record LocalResponseNormOptions(double alpha, double beta, double k) {

    /** Returns PyTorch's defaults: α = 1e-4, β = 0.75, k = 1. */
    public static LocalResponseNormOptions defaults() {
        return new LocalResponseNormOptions(1e-4, 0.75, 1);
    }

    /** Returns these options with another factor of the mean. */
    public LocalResponseNormOptions withAlpha(double alpha) {
        return new LocalResponseNormOptions(alpha, beta, k);
    }

    /** Returns these options with another power. */
    public LocalResponseNormOptions withBeta(double beta) {
        return new LocalResponseNormOptions(alpha, beta, k);
    }

    /** Returns these options with another summand. */
    public LocalResponseNormOptions withK(double k) {
        return new LocalResponseNormOptions(alpha, beta, k);
    }
}
