package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a signal at its edges with what stands at the other end: {@code b c | a b c | a b}.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class CircularPad1d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add before and behind, 2 numbers, or one for all; a negative one cuts off; each
     *     at most the size of its dimension
     */
    public CircularPad1d(long... padding) {
        super(1, Padding.Mode.CIRCULAR, padding);
    }
}
