package org.ndgrad.nn;

/**
 * Puts zeros around an image.
 *
 * <p>Input: (*, H, W). Output: (*, H', W').
 */
public final class ZeroPad2d extends ConstantPad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, 4 numbers, or one for all; a negative one
     *     cuts off
     */
    public ZeroPad2d(long... padding) {
        super(2, 0, padding);
    }
}
