package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of stochastic gradient descent: parameter and velocity change in place, in one pass. Floats are computed in
 * float precision and in PyTorch's order, other types in double precision.
 *
 * @param learningRate the factor of the direction
 * @param momentum the share of the velocity that is kept
 * @param dampening the share of the gradient that does not enter the velocity
 * @param weightDecay the factor of the parameter that is added to the gradient
 * @param nesterov whether the direction looks ahead
 * @param maximize whether the gradient counts with the other sign
 */
public record SgdUpdate(
        double learningRate,
        double momentum,
        double dampening,
        double weightDecay,
        boolean nesterov,
        boolean maximize) {

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
        float sign = maximize ? -1 : 1;
        float learningRate = (float) this.learningRate;
        float weightDecay = (float) this.weightDecay;
        for (int i = 0; i < n; i++) {
            p[i] -= learningRate * (weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]);
        }
    }

    private void withVelocity(float[] p, float[] b, float[] g, int n) {
        float sign = maximize ? -1 : 1;
        float learningRate = (float) this.learningRate;
        float momentum = (float) this.momentum;
        float share = (float) (1 - dampening);
        float weightDecay = (float) this.weightDecay;
        for (int i = 0; i < n; i++) {
            b[i] = momentum * b[i] + share * (weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]);
        }
        for (int i = 0; i < n && !nesterov; i++) {
            p[i] -= learningRate * b[i];
        }
        for (int i = 0; i < n && nesterov; i++) {
            p[i] -= learningRate
                    * ((weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]) + momentum * b[i]);
        }
    }

    private void plain(double[] p, double[] g, int n) {
        double sign = maximize ? -1 : 1;
        for (int i = 0; i < n; i++) {
            p[i] -= learningRate * (weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]);
        }
    }

    private void withVelocity(double[] p, double[] b, double[] g, int n) {
        double sign = maximize ? -1 : 1;
        double share = 1 - dampening;
        for (int i = 0; i < n; i++) {
            b[i] = momentum * b[i] + share * (weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]);
        }
        for (int i = 0; i < n && !nesterov; i++) {
            p[i] -= learningRate * b[i];
        }
        for (int i = 0; i < n && nesterov; i++) {
            p[i] -= learningRate
                    * ((weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i]) + momentum * b[i]);
        }
    }
}
