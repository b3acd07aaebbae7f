package org.ndgrad.autograd.kernels;

/** Backward passes of activation functions over stretches of a gradient and of the function's values. */
final class ActivationLoops {

    private ActivationLoops() {}

    static void tanhBackward(float[] g, int gi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = g[gi + i] * (1 - y[yi + i] * y[yi + i]);
        }
    }

    static void sigmoidBackward(float[] g, int gi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = g[gi + i] * ((1 - y[yi + i]) * y[yi + i]);
        }
    }

    static void tanhBackward(double[] g, int gi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = g[gi + i] * (1 - y[yi + i] * y[yi + i]);
        }
    }

    static void sigmoidBackward(double[] g, int gi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = g[gi + i] * ((1 - y[yi + i]) * y[yi + i]);
        }
    }
}
