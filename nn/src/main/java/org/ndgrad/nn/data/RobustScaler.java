package org.ndgrad.nn.data;

import java.util.Optional;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Statistics;

/**
 * Shifts and scales each feature by numbers that outliers do not move: y = (x − median) / IQR, with median and
 * interquartile range of the data it was fitted on. Quartiles between two samples are interpolated linearly. A feature
 * whose interquartile range is 0 is only shifted.
 */
public final class RobustScaler extends Scaler {

    private static final int[] SAMPLES = {0};

    /** Creates one that is not fitted, to load its state. */
    public RobustScaler() {
        super(Optional.empty());
    }

    private RobustScaler(Scaling scaling) {
        super(Optional.of(scaling));
    }

    /**
     * Measures median and interquartile range of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    public static RobustScaler fit(Tensor features) {
        Samples samples = new Samples("RobustScaler", features);
        Tensor distances = samples.distances();
        Split offset = new Split(samples.least().high(), samples.least().low().add(quantile(distances, 0.5)));
        Tensor range = quantile(distances, 0.75).sub(quantile(distances, 0.25));
        Tensor scale = Comparison.where(range.le(samples.rounding()), samples.unit(), range);
        return new RobustScaler(new Scaling("RobustScaler", samples, offset, scale));
    }

    private static Tensor quantile(Tensor x, double q) {
        return Statistics.quantile(x, q, SAMPLES, KeepDim.NO);
    }
}
