package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a volume at its edges with what is as far inside as the place is outside, the edge not repeated:
 * {@code c b | a b c | b a}.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class ReflectionPad3d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, in front and behind, 6 numbers, or one for
     *     all; a negative one cuts off; each less than the size of its dimension
     */
    public ReflectionPad3d(long... padding) {
        super(3, Padding.Mode.REFLECT, padding);
    }
}
