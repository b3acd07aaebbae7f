package org.ndgrad.nn.data;

import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to mean 0 and standard deviation 1: y = (x − μ) / σ, with μ and σ of the data it was
 * fitted on. Fit it on the training part only, and transform all parts with it.
 *
 * <p>σ is the population's, divided by N. A feature that is constant is only shifted; so is one of fractions that
 * differ in the last places of float64 only. All is computed in float64, integers of 64 bits without loss, and rounded
 * once to the dtype of the result. Immutable.
 *
 * <pre>{@code
 * Standardizer standardizer = Standardizer.fit(trainFeatures);
 * Tensor train = standardizer.transform(trainFeatures);
 * Tensor test = standardizer.transform(testFeatures);
 * }</pre>
 */
public final class Standardizer {

    private final Tensor mean;
    private final Tensor deviation;
    private final Scaling scaling;

    private Standardizer(Scaling scaling) {
        this.scaling = scaling;
        this.mean = MemoryScope.stored(scaling.offset());
        this.deviation = MemoryScope.stored(scaling.scale());
    }

    /**
     * Measures mean and deviation of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    public static Standardizer fit(Tensor features) {
        Samples samples = new Samples("Standardizer", features);
        Tensor distances = samples.distances();
        Tensor mean = distances.mean(0);
        Tensor deviation = distances.sub(mean).square().mean(0).sqrt();
        Split offset = new Split(samples.least().high(), samples.least().low().add(mean));
        Tensor constant = samples.range().le(samples.rounding());
        Tensor scale = Comparison.where(constant, samples.unit(), deviation);
        return new Standardizer(new Scaling("Standardizer", samples, offset, scale));
    }

    /**
     * Returns (x − μ) / σ.
     *
     * @param x shape (N, *) with the features it was fitted on
     * @return shape of x, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape, or a result is too large for its dtype
     */
    public Tensor transform(Tensor x) {
        return scaling.apply(x);
    }

    /**
     * Returns y σ + μ, which undoes {@link #transform}.
     *
     * @param y shape (N, *) with the features it was fitted on
     * @return shape of y; its dtype, float32 for integers, or a wider one: float64 after a fit on float64 or integers
     *     of 32 or 64 bits, float32 after one on float32 or shorter integers
     * @throws IllegalArgumentException if the features differ in shape, a result is too large for its dtype, or it was
     *     fitted on integers beyond 2⁵³ that are closer together than numbers of float64
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
