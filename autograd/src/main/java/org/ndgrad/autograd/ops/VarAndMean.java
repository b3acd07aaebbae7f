package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Variances with the means about which they were taken.
 *
 * @param var the variances
 * @param mean the means
 */
public record VarAndMean(Tensor var, Tensor mean) {}
