package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues a volume at its edges with the element at the edge: {@code a a | a b c | c c}.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class ReplicationPad3d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, in front and behind, 6 numbers, or one for
     *     all; a negative one cuts off
     */
    public ReplicationPad3d(long... padding) {
        super(3, Padding.Mode.REPLICATE, padding);
    }
}
