package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Factors of matrices A = Q R.
 *
 * @param q orthonormal columns, shape (…, M, K)
 * @param r upper triangular, shape (…, K, N)
 */
public record Qr(Tensor q, Tensor r) {}
