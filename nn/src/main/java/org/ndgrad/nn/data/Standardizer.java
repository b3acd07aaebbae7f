package org.ndgrad.nn.data;

import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to mean 0 and standard deviation 1: y = (x − μ) / σ, with μ and σ of the data it was
 * fitted on.
 *
 * <p>σ is the population's, divided by N. A feature that is constant is only shifted; so is one of fractions that
 * differ in the last places of float64 only.
 *
 * <pre>{@code
 * Standardizer standardizer = Standardizer.fit(trainFeatures);
 * Tensor train = standardizer.transform(trainFeatures);
 * Tensor test = standardizer.transform(testFeatures);
 * }</pre>
 */
public final class Standardizer extends Scaler {

    /** Creates one that is not fitted, to load its state. */
    public Standardizer() {
        super(Optional.empty());
    }

    private Standardizer(Scaling scaling) {
        super(Optional.of(scaling));
    }

    /**
     * Measures mean and deviation of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    public static Standardizer fit(Tensor features) {
        Samples samples = new Samples("Standardizer", features);
        Tensor distances = samples.above(samples.least());
        Tensor mean = distances.mean(0);
        Tensor deviation = distances.sub(mean).square().mean(0).sqrt();
        Split offset = new Split(samples.least().high(), samples.least().low().add(mean));
        Tensor constant = samples.range().le(samples.rounding());
        Tensor scale = Comparison.where(constant, samples.unit(), deviation);
        return new Standardizer(new Scaling("Standardizer", samples, offset, scale));
    }

    /** Returns μ, float64, shape (*). */
    public Tensor mean() {
        return scaling("mean").offset();
    }

    /** Returns σ, float64, shape (*), with 1 for constant features. */
    public Tensor deviation() {
        return scaling("deviation").scale();
    }
}
