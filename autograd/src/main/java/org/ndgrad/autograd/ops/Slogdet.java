package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Determinants as sign · e^logAbsDet, which neither overflow nor vanish.
 *
 * @param sign 1, −1, or 0 of a singular matrix; no gradient flows through it
 * @param logAbsDet ln |det|, −∞ of a singular matrix
 */
public record Slogdet(Tensor sign, Tensor logAbsDet) {}
