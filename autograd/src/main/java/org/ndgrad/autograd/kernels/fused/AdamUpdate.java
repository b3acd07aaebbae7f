package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of Adam: parameter and moments change in place, in one pass. Floats are computed in float precision, other
 * types, and floats by factors that floats do not hold or that are large, in double precision; in PyTorch's order, as
 * long as factors are ordinary.
 *
 * @param stepSize the learning rate, corrected for the first moment's start at 0
 * @param beta1 the share of the first moment that is kept
 * @param beta2 the share of the second moment that is kept
 * @param rootCorrection what roots of the second moment are divided by to correct for its start at 0
 * @param epsilon what is added to the roots then
 * @param weightDecay the factor of the parameter that is added to the gradient
 * @param shrinkage what the parameter is multiplied by before anything else
 * @param maximize whether the gradient counts with the other sign
 */
public record AdamUpdate(
        double stepSize,
        double beta1,
        double beta2,
        double rootCorrection,
        double epsilon,
        double weightDecay,
        double shrinkage,
        boolean maximize) {

    /** The largest factor of steps in float precision. */
    private static final double MOST = 16;

    /** Changes a parameter and its moments by its gradient, all of the same shape and type. */
    public void step(INDArray parameter, INDArray mean, INDArray square, INDArray gradient) {
        run(parameter, mean, square, gradient);
    }

    /** Changes a parameter by its gradient, with the largest of all second moments so far in place of the last one. */
    public void step(INDArray parameter, INDArray mean, INDArray square, INDArray largest, INDArray gradient) {
        run(parameter, mean, square, largest, gradient);
    }

    /** Changes all arrays but the last one, the gradient. */
    private void run(INDArray... arrays) {
        int written = arrays.length - 1;
        if (isOrdinary()) {
            BlockLoop.update(written, this::floats, (a, n) -> doubles(a, false, n), arrays);
        } else {
            BlockLoop.updateDoubles(written, (a, n) -> doubles(a, true, n), arrays);
        }
    }

    /** Whether floats hold all factors with all digits, and products with them are not too large. */
    private boolean isOrdinary() {
        return Factors.isOrdinary(stepSize, MOST)
                && Factors.isOrdinary(epsilon, MOST)
                && Factors.isOrdinary(weightDecay, MOST)
                && Factors.isOrdinary(shrinkage, MOST);
    }

    private void floats(float[][] a, int n) {
        float[] squares = a[a.length - 2];
        moments(a[0], a[1], a[2], a[a.length - 1], n);
        if (squares != a[2]) {
            largest(squares, a[2], n);
        }
        move(a[0], a[1], squares, n);
    }

    /** The same, with the root's share taken before the step size if that is large. */
    private void doubles(double[][] a, boolean far, int n) {
        double[] squares = a[a.length - 2];
        moments(a[0], a[1], a[2], a[a.length - 1], n);
        if (squares != a[2]) {
            largest(squares, a[2], n);
        }
        if (far) {
            moveFar(a[0], a[1], squares, n);
        } else {
            move(a[0], a[1], squares, n);
        }
    }

    private void moments(float[] p, float[] m, float[] v, float[] g, int n) {
        float sign = maximize ? -1 : 1;
        float weightDecay = (float) this.weightDecay;
        float newMean = (float) (1 - beta1);
        float beta2 = (float) this.beta2;
        float newSquare = (float) (1 - this.beta2);
        for (int i = 0; i < n; i++) {
            float d = weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i];
            m[i] += (d - m[i]) * newMean;
            v[i] = v[i] * beta2 + newSquare * d * d;
        }
    }

    private static void largest(float[] w, float[] v, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = Math.max(w[i], v[i]);
        }
    }

    private void move(float[] p, float[] m, float[] v, int n) {
        float stepSize = (float) this.stepSize;
        float rootCorrection = (float) this.rootCorrection;
        float epsilon = (float) this.epsilon;
        float shrinkage = (float) this.shrinkage;
        for (int i = 0; i < n; i++) {
            p[i] = p[i] * shrinkage - stepSize * m[i] / ((float) Math.sqrt(v[i]) / rootCorrection + epsilon);
        }
    }

    private void moments(double[] p, double[] m, double[] v, double[] g, int n) {
        double sign = maximize ? -1 : 1;
        double newMean = 1 - beta1;
        double newSquare = 1 - beta2;
        for (int i = 0; i < n; i++) {
            double d = weightDecay == 0 ? sign * g[i] : sign * g[i] + weightDecay * p[i];
            m[i] += (d - m[i]) * newMean;
            v[i] = v[i] * beta2 + newSquare * d * d;
        }
    }

    private static void largest(double[] w, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = Math.max(w[i], v[i]);
        }
    }

    private void move(double[] p, double[] m, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = p[i] * shrinkage - stepSize * m[i] / (Math.sqrt(v[i]) / rootCorrection + epsilon);
        }
    }

    /** The same, where a factor of the mean may leave the range, but for rounding. */
    private void moveFar(double[] p, double[] m, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = p[i] * shrinkage - stepSize * (m[i] / (Math.sqrt(v[i]) / rootCorrection + epsilon));
        }
    }
}
