package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Factors of symmetric matrices A = V diag(λ) Vᵀ.
 *
 * @param eigenvalues in ascending order, shape (…, N)
 * @param eigenvectors orthonormal, as columns, shape (…, N, N)
 */
public record Eigh(Tensor eigenvalues, Tensor eigenvectors) {}
