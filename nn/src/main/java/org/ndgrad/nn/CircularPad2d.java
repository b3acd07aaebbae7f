package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues an image at its edges with what stands at the other end: {@code b c | a b c | a b}.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class CircularPad2d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, 4 numbers, or one for all; a negative one
     *     cuts off; each at most the size of its dimension
     */
    public CircularPad2d(long... padding) {
        super(2, Padding.Mode.CIRCULAR, padding);
    }
}
