package org.ndgrad.nn;

import org.ndgrad.autograd.ops.Padding;

/**
 * Continues an image at its edges with the element at the edge: {@code a a | a b c | c c}.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class ReplicationPad2d extends EdgePad {

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, 4 numbers, or one for all; a negative one
     *     cuts off
     */
    public ReplicationPad2d(long... padding) {
        super(2, Padding.Mode.REPLICATE, padding);
    }
}
