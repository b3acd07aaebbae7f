package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a volume at its edges with what stands at the other end: {@code b c | a b c | a b}.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class CircularPad3d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, in front and behind, 6 numbers, or one for
     *     all; a negative one cuts off; each at most the size of its dimension
     */
    public CircularPad3d(long... padding) {
        super(3, Padding.Mode.CIRCULAR, padding);
    }
}
