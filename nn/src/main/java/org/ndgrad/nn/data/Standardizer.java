package org.ndgrad.nn.data;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to mean 0 and standard deviation 1: y = (x − μ) / σ, with μ and σ of the data it was
 * fitted on. Fit it on the training part only, and transform all parts with it.
 *
 * <p>σ is the population's, divided by N. A feature that is constant up to rounding is only shifted. Mean and deviation
 * are computed in float64 whatever the dtype of the data. Immutable.
 *
 * <pre>{@code
 * Standardizer standardizer = Standardizer.fit(trainFeatures);
 * Tensor train = standardizer.transform(trainFeatures);
 * Tensor test = standardizer.transform(testFeatures);
 * }</pre>
 */
public final class Standardizer {

    private static final double ROUNDING = Math.ulp(1.0);

    private final Tensor mean;
    private final Tensor deviation;
    private final Scaling scaling;

    private Standardizer(Tensor mean, Tensor deviation) {
        this.mean = mean;
        this.deviation = deviation;
        this.scaling = new Scaling("Standardizer", mean, deviation);
    }

    /**
     * Measures mean and deviation of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample
     */
    public static Standardizer fit(Tensor features) {
        Tensor x = Scaling.samples("Standardizer", features);
        double n = x.size(0);
        Tensor mean = x.mean(0);
        Tensor variance = x.sub(mean).square().mean(0);
        // Below this the variance of equal numbers may come out by rounding; the bound is scikit-learn's.
        Tensor noise = variance.mul(n * ROUNDING).add(mean.mul(n * ROUNDING).square());
        Tensor deviation = Comparison.where(variance.le(noise), Tensor.onesLike(variance), variance.sqrt());
        return new Standardizer(mean, deviation);
    }

    /**
     * Returns (x − μ) / σ.
     *
     * @param x shape (N, *) with the features it was fitted on
     * @return shape of x, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape
     */
    public Tensor transform(Tensor x) {
        return scaling.apply(x);
    }

    /**
     * Returns y σ + μ, which undoes {@link #transform}.
     *
     * @param y shape (N, *) with the features it was fitted on
     * @return shape of y, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape
     */
    public Tensor inverse(Tensor y) {
        return scaling.invert(y);
    }

    /** Returns μ, float64, shape (*). */
    public Tensor mean() {
        return mean;
    }

    /** Returns σ, float64, shape (*), with 1 for constant features. */
    public Tensor deviation() {
        return deviation;
    }

    @Override
    public String toString() {
        return "Standardizer(features=" + Text.shape(mean) + ")";
    }
}
