package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Enlarges images by spreading each r² channels over squares of r × r pixels.
 *
 * <p>Source: Shi et al., Real-time single image and video super-resolution using an efficient sub-pixel convolutional
 * neural network, 2016.
 *
 * <p>Input: (*, C · r², H, W). Output: (*, C, H · r, W · r).
 */
public final class PixelShuffle extends BuiltIn implements KeepsNothing {

    private final long factor;

    /**
     * Creates the layer.
     *
     * @param factor r, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public PixelShuffle(long factor) {
        checkArgument(factor >= 1, "PixelShuffle: expected a factor of at least 1; got %s. Use 2.", factor);
        this.factor = factor;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.pixelShuffle(x, factor);
    }

    @Override
    protected String settings() {
        return "factor=" + factor;
    }
}
