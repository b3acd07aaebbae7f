package org.ndgrad.nn.data;

import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to [0, 1]: y = (x − min) / (max − min), with min and max of the data it was fitted on.
 * Other data may leave [0, 1]. A constant feature is only shifted.
 */
public final class MinMaxScaler extends Scaler {

    /** Creates one that is not fitted, to load its state. */
    public MinMaxScaler() {
        super(Optional.empty());
    }

    private MinMaxScaler(Scaling scaling) {
        super(Optional.of(scaling));
    }

    /**
     * Measures minimum and maximum of each feature.
     *
     * @param features shape (N, *), at least one sample
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    public static MinMaxScaler fit(Tensor features) {
        Samples samples = new Samples("MinMaxScaler", features);
        Tensor range = samples.range();
        Tensor scale = Comparison.where(range.eq(0), samples.unit(), range);
        return new MinMaxScaler(new Scaling("MinMaxScaler", samples, samples.least(), scale));
    }
}
