package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a signal at its edges with the element at the edge: {@code a a | a b c | c c}.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class ReplicationPad1d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add before and behind, 2 numbers, or one for all; a negative one cuts off
     */
    public ReplicationPad1d(long... padding) {
        super(1, Padding.Mode.REPLICATE, padding);
    }
}
