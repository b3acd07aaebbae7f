package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Factors of matrices A = P L U.
 *
 * @param p permutations, shape (…, M, M); no gradient flows through them
 * @param l lower triangular with ones on the diagonal, shape (…, M, min(M, N))
 * @param u upper triangular, shape (…, min(M, N), N)
 */
public record Plu(Tensor p, Tensor l, Tensor u) {}
