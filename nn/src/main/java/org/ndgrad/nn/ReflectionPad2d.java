package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues an image at its edges with what is as far inside as the place is outside, the edge not repeated:
 * {@code c b | a b c | b a}.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class ReflectionPad2d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, 4 numbers, or one for all; a negative one
     *     cuts off; each less than the size of its dimension
     */
    public ReflectionPad2d(long... padding) {
        super(2, Padding.Mode.REFLECT, padding);
    }
}
