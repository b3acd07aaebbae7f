package org.ndgrad.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Errors that are square near 0 and linear beyond, of differences d; the core of two {@link Losses}. */
final class HuberErrors {

    private HuberErrors() {}

    /** With c = d clamped to [−δ, δ], c (d − ½ c): no branch, and smooth at 0 for the second derivative. */
    static Tensor huber(Tensor d, double delta) {
        Tensor clamped = d.clamp(-delta, delta);
        return clamped.mul(d.sub(clamped.mul(0.5)));
    }

    /** With u = d / β clamped to [−1, 1], u (d − ½ β u), which fits wherever d does. */
    static Tensor smoothL1Loss(Tensor d, double beta) {
        boolean isLimit = beta == 0 || (d.dtype() != DataType.DOUBLE && (float) beta == 0);
        if (isLimit) {
            return d.abs();
        }
        Tensor clamped = d.div(beta).clamp(-1, 1);
        return clamped.mul(d.sub(clamped.mul(0.5).mul(beta)));
    }
}
