package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Smallest and largest elements.
 *
 * @param min the smallest
 * @param max the largest
 */
public record MinAndMax(Tensor min, Tensor max) {}
