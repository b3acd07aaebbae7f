package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Factors of matrices A = U diag(S) Vᵀ.
 *
 * @param u left singular vectors as columns, shape (…, M, K)
 * @param s singular values in descending order, shape (…, min(M, N))
 * @param vt right singular vectors as rows, shape (…, K, N)
 */
public record Svd(Tensor u, Tensor s, Tensor vt) {}
