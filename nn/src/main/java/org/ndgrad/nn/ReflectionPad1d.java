package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a signal at its edges with what is as far inside as the place is outside, the edge not repeated:
 * {@code c b | a b c | b a}.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class ReflectionPad1d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add before and behind, 2 numbers, or one for all; a negative one cuts off; each
     *     less than the size of its dimension
     */
    public ReflectionPad1d(long... padding) {
        super(1, Padding.Mode.REFLECT, padding);
    }
}
