package org.ndgrad.nn;

/**
 * Puts zeros around a signal.
 *
 * <p>Input: (*, L). Output: (*, L').
 */
public final class ZeroPad1d extends ConstantPad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add before and behind, 2 numbers, or one for all; a negative one cuts off
     */
    public ZeroPad1d(long... padding) {
        super(1, 0, padding);
    }
}
