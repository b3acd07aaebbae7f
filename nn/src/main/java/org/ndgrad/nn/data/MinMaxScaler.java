package org.ndgrad.nn.data;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to [0, 1]: y = (x − min) / (max − min), with min and max of the data it was fitted on.
 * Fit it on the training part only; other data may then leave [0, 1]. A constant feature is only shifted. All is
 * computed in float64, integers of 64 bits without loss, and rounded once to the dtype of the result. Immutable.
 */
public final class MinMaxScaler {

    private final Scaling scaling;

    private MinMaxScaler(Scaling scaling) {
        this.scaling = scaling;
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

    /**
     * Returns (x − min) / (max − min).
     *
     * @param x shape (N, *) with the features it was fitted on
     * @return shape of x, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape, or a result is too large for its dtype
     */
    public Tensor transform(Tensor x) {
        return scaling.apply(x);
    }

    /**
     * Returns y (max − min) + min, which undoes {@link #transform}.
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

    @Override
    public String toString() {
        return "MinMaxScaler(features=" + Text.shape(scaling.scale()) + ")";
    }
}
