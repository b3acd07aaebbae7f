package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of stochastic gradient descent: parameter and velocity change in place, in one pass. Floats are computed in float
 * precision and in PyTorch's order, other types in double precision.
 *
 * @param rate the factor of the direction
 * @param decay the factor of the parameter that is added to the gradient
 * @param momentum the share of the velocity that is kept
 * @param entering the share of the gradient that enters the velocity
 * @param nesterov whether the direction looks ahead
 * @param sign of the gradient: 1 to descend, −1 to climb
 */
public record SgdUpdate(double rate, double decay, double momentum, double entering, boolean nesterov, int sign) {

    /** Changes a parameter by its gradient, of the same shape and type, without a velocity. */
    public void step(INDArray parameter, INDArray gradient) {
        BlockLoop.update(1, (a, n) -> plain(a[0], a[1], n), (a, n) -> plain(a[0], a[1], n), parameter, gradient);
    }

    /** Changes a parameter and its velocity by its gradient, all of the same shape and type. */
    public void step(INDArray parameter, INDArray velocity, INDArray gradient) {
        BlockLoop.update(
                2,
                (a, n) -> withVelocity(a[0], a[1], a[2], n),
                (a, n) -> withVelocity(a[0], a[1], a[2], n),
                parameter,
                velocity,
                gradient);
    }

    private void plain(float[] p, float[] g, int n) {
        float step = (float) rate;
        float factor = (float) decay;
        float s = sign;
        for (int i = 0; i < n; i++) {
            p[i] -= step * (factor == 0 ? s * g[i] : s * g[i] + factor * p[i]);
        }
    }

    private void withVelocity(float[] p, float[] b, float[] g, int n) {
        float step = (float) rate;
        float factor = (float) decay;
        float kept = (float) momentum;
        float share = (float) entering;
        float s = sign;
        for (int i = 0; i < n; i++) {
            b[i] = kept * b[i] + share * (factor == 0 ? s * g[i] : s * g[i] + factor * p[i]);
        }
        for (int i = 0; i < n && !nesterov; i++) {
            p[i] -= step * b[i];
        }
        for (int i = 0; i < n && nesterov; i++) {
            p[i] -= step * ((factor == 0 ? s * g[i] : s * g[i] + factor * p[i]) + kept * b[i]);
        }
    }

    private void plain(double[] p, double[] g, int n) {
        double step = rate;
        double factor = decay;
        double s = sign;
        for (int i = 0; i < n; i++) {
            p[i] -= step * (factor == 0 ? s * g[i] : s * g[i] + factor * p[i]);
        }
    }

    private void withVelocity(double[] p, double[] b, double[] g, int n) {
        double step = rate;
        double factor = decay;
        double kept = momentum;
        double share = entering;
        double s = sign;
        for (int i = 0; i < n; i++) {
            b[i] = kept * b[i] + share * (factor == 0 ? s * g[i] : s * g[i] + factor * p[i]);
        }
        for (int i = 0; i < n && !nesterov; i++) {
            p[i] -= step * b[i];
        }
        for (int i = 0; i < n && nesterov; i++) {
            p[i] -= step * ((factor == 0 ? s * g[i] : s * g[i] + factor * p[i]) + kept * b[i]);
        }
    }
}
