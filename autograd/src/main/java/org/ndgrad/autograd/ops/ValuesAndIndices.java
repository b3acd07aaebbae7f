package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Elements chosen along a dim.
 *
 * @param values the elements; gradients flow back to where they came from
 * @param indices their positions along the dim, int64
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {}
