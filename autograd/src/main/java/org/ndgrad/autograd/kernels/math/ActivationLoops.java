package org.ndgrad.autograd.kernels.math;

/**
 * Backward passes of activation functions over stretches of a gradient and of the function's values. They lose no digits
 * where y is near 1.
 */
final class ActivationLoops {

    private ActivationLoops() {}

    static void tanhBackward(float[] g, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    static void sigmoidBackward(float[] g, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * ((1 - y[i]) * y[i]);
        }
    }

    static void tanhBackward(double[] g, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    static void sigmoidBackward(double[] g, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * ((1 - y[i]) * y[i]);
        }
    }
}
