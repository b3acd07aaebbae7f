package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Tensor;

/**
 * Solutions of least squares problems. What a driver does not compute has shape (0).
 *
 * @param solution shape (…, N, K), or (…, N) for vectors
 * @param residuals Σ (A X − B)² over the equations, shape (…, K); if M &gt; N and all ranks are N, by all but GELSY
 * @param rank of A, shape (…), int64; by all but GELS
 * @param singularValues of A in descending order, shape (…, min(M, N)), without gradient; by GELSD and GELSS
 */
public record LstsqResult(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}
