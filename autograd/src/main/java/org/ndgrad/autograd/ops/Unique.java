package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * The different elements of a tensor.
 *
 * @param values each of them once, a vector
 * @param inverse where each element of the tensor stands among them, in the tensor's shape, int64
 * @param counts how often each of them stands in the tensor, a vector, int64
 */
public record Unique(Tensor values, Tensor inverse, Tensor counts) {}
