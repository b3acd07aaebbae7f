package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Reduces images by turning squares of r × r pixels into r² channels, which undoes {@link PixelShuffle}.
 *
 * <p>Input: (*, C, H · r, W · r). Output: (*, C · r², H, W).
 */
public final class PixelUnshuffle extends BuiltIn implements KeepsNothing {

    private final long factor;

    /**
     * Creates the layer.
     *
     * @param factor r, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public PixelUnshuffle(long factor) {
        checkArgument(factor >= 1, "PixelUnshuffle: expected a factor of at least 1; got %s. Use 2.", factor);
        this.factor = factor;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.pixelUnshuffle(x, factor);
    }

    @Override
    protected String settings() {
        return "factor=" + factor;
    }
}
