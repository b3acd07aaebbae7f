package org.ndgrad.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link PRelu}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the slopes
 * @param slope what all slopes begin with
 */
public record PReluOptions(DataType dtype, double slope) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public PReluOptions {
        Checks.given("PReluOptions", "dtype", dtype);
    }

    /** Returns PyTorch's defaults: {@link Tensor#defaultDtype()} as it is now, slope 0.25. */
    public static PReluOptions defaults() {
        return new PReluOptions(Tensor.defaultDtype(), 0.25);
    }

    /** Returns these options with slopes of another type. */
    public PReluOptions withDtype(DataType dtype) {
        return new PReluOptions(dtype, slope);
    }

    /** Returns these options with another first slope. */
    public PReluOptions withSlope(double slope) {
        return new PReluOptions(dtype, slope);
    }
}
