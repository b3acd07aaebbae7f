package org.ndgrad.nn;

/**
 * Puts zeros around a volume.
 *
 * <p>Input: (*, D, H, W). Output: (*, D', H', W').
 */
public final class ZeroPad3d extends ConstantPad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, in front and behind, 6 numbers, or one for
     *     all; a negative one cuts off
     */
    public ZeroPad3d(long... padding) {
        super(3, 0, padding);
    }
}
