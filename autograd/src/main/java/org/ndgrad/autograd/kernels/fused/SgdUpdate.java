package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of stochastic gradient descent: parameter and velocity change in place, in one pass. Floats are computed in
 * float precision and in PyTorch's order, other types in double precision; so are floats if a factor is below the
 * normal ones or large, and a product that does not fit is added as if it did.
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

    /** The largest learning rate of fast steps. Others take seven times as long, in numbers that do not overflow. */
    private static final double FAST = 16;

    /** Changes a parameter by its gradient, of the same shape and type, without a velocity. */
    public void step(INDArray parameter, INDArray gradient) {
        if (isOrdinary()) {
            BlockLoop.update(1, (a, n) -> plain(a[0], a[1], n), (a, n) -> plain(a[0], a[1], n), parameter, gradient);
        } else {
            BlockLoop.updateDoubles(1, (a, n) -> far(a[0], a[1], n), parameter, gradient);
        }
    }

    /** Changes a parameter and its velocity by its gradient, all of the same shape and type. */
    public void step(INDArray parameter, INDArray velocity, INDArray gradient) {
        if (isOrdinary()) {
            BlockLoop.update(
                    2,
                    (a, n) -> withVelocity(a[0], a[1], a[2], n),
                    (a, n) -> withVelocity(a[0], a[1], a[2], n),
                    parameter,
                    velocity,
                    gradient);
        } else {
            BlockLoop.updateDoubles(2, (a, n) -> far(a[0], a[1], a[2], n), parameter, velocity, gradient);
        }
    }

    /** Whether floats hold all factors, and products with them are hardly ever too large. */
    private boolean isOrdinary() {
        return Factors.isOrdinary(learningRate, FAST)
                && Factors.isOrdinary(momentum, 1)
                && Factors.isOrdinary(1 - dampening, 1)
                && Factors.isOrdinary(weightDecay, 1);
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

    private void far(double[] p, double[] g, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = sum(p[i], -learningRate, decayed(g[i], p[i]));
        }
    }

    private void far(double[] p, double[] b, double[] g, int n) {
        for (int i = 0; i < n; i++) {
            double d = decayed(g[i], p[i]);
            b[i] = sum((1 - dampening) * d, momentum, b[i]);
            p[i] = sum(p[i], -learningRate, nesterov ? sum(d, momentum, b[i]) : b[i]);
        }
    }

    private double decayed(double g, double p) {
        return sum(maximize ? -g : g, weightDecay, p);
    }

    /** Returns x + factor · y, though the product may not fit. */
    private static double sum(double x, double factor, double y) {
        double sum = x + (factor == 0 ? 0 : factor * y);
        return Math.abs(sum) <= Double.MAX_VALUE ? sum : Math.fma(factor, y, x);
    }
}
