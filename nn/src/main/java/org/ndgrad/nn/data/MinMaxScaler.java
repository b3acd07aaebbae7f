package org.ndgrad.nn.data;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;

/**
 * Shifts and scales each feature to [0, 1]: y = (x − min) / (max − min), with min and max of the data it was fitted on.
 * Fit it on the training part only; other data may then leave [0, 1]. A constant feature is only shifted. Immutable.
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
     * @throws IllegalArgumentException if there is no sample
     */
    public static MinMaxScaler fit(Tensor features) {
        Tensor x = Scaling.samples("MinMaxScaler", features);
        Tensor min = x.min(0).values();
        Tensor range = x.max(0).values().sub(min);
        Tensor scale = Comparison.where(range.eq(0), Tensor.onesLike(range), range);
        return new MinMaxScaler(new Scaling("MinMaxScaler", min, scale));
    }

    /**
     * Returns (x − min) / (max − min).
     *
     * @param x shape (N, *) with the features it was fitted on
     * @return shape of x, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape
     */
    public Tensor transform(Tensor x) {
        return scaling.apply(x);
    }

    /**
     * Returns y (max − min) + min, which undoes {@link #transform}.
     *
     * @param y shape (N, *) with the features it was fitted on
     * @return shape of y, its dtype, or float32 for integers
     * @throws IllegalArgumentException if the features differ in shape
     */
    public Tensor inverse(Tensor y) {
        return scaling.invert(y);
    }
}
