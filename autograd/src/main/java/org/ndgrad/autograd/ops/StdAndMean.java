package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Standard deviations with the means about which they were taken.
 *
 * @param std the standard deviations
 * @param mean the means
 */
public record StdAndMean(Tensor std, Tensor mean) {}
