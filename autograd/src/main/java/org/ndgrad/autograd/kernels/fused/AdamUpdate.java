package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of Adam: parameter and moments change in place, in one pass. Floats are computed in float precision and in PyTorch's
 * order, other types in double precision.
 *
 * @param rate the factor of the direction, corrected for the moments' start at 0
 * @param decay the factor of the parameter that is added to the gradient
 * @param keptMean the share of the first moment that is kept
 * @param keptSquare the share of the second moment that is kept
 * @param root what roots of the second moment are divided by to correct for its start at 0
 * @param epsilon what is added to the roots then
 * @param sign of the gradient: 1 to descend, −1 to climb
 */
public record AdamUpdate(
        double rate, double decay, double keptMean, double keptSquare, double root, double epsilon, int sign) {

    /** Changes a parameter and its moments by its gradient, all of the same shape and type. */
    public void step(INDArray parameter, INDArray mean, INDArray square, INDArray gradient) {
        BlockLoop.update(
                3,
                (a, n) -> {
                    moments(a[0], a[1], a[2], a[3], n);
                    move(a[0], a[1], a[2], n);
                },
                (a, n) -> {
                    moments(a[0], a[1], a[2], a[3], n);
                    move(a[0], a[1], a[2], n);
                },
                parameter,
                mean,
                square,
                gradient);
    }

    /** Changes a parameter by its gradient, with the largest of all second moments so far in place of the last one. */
    public void step(INDArray parameter, INDArray mean, INDArray square, INDArray largest, INDArray gradient) {
        BlockLoop.update(
                4,
                (a, n) -> {
                    moments(a[0], a[1], a[2], a[4], n);
                    largest(a[3], a[2], n);
                    move(a[0], a[1], a[3], n);
                },
                (a, n) -> {
                    moments(a[0], a[1], a[2], a[4], n);
                    largest(a[3], a[2], n);
                    move(a[0], a[1], a[3], n);
                },
                parameter,
                mean,
                square,
                largest,
                gradient);
    }

    private void moments(float[] p, float[] m, float[] v, float[] g, int n) {
        float factor = (float) decay;
        float s = sign;
        float newMean = (float) (1 - keptMean);
        float kept = (float) keptSquare;
        float newSquare = (float) (1 - keptSquare);
        for (int i = 0; i < n; i++) {
            float d = factor == 0 ? s * g[i] : s * g[i] + factor * p[i];
            m[i] += (d - m[i]) * newMean;
            v[i] = v[i] * kept + newSquare * d * d;
        }
    }

    private static void largest(float[] w, float[] v, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = Math.max(w[i], v[i]);
        }
    }

    private void move(float[] p, float[] m, float[] v, int n) {
        float step = (float) rate;
        float divisor = (float) root;
        float least = (float) epsilon;
        for (int i = 0; i < n; i++) {
            p[i] -= step * m[i] / ((float) Math.sqrt(v[i]) / divisor + least);
        }
    }

    private void moments(double[] p, double[] m, double[] v, double[] g, int n) {
        double factor = decay;
        double s = sign;
        double newMean = 1 - keptMean;
        double kept = keptSquare;
        double newSquare = 1 - keptSquare;
        for (int i = 0; i < n; i++) {
            double d = factor == 0 ? s * g[i] : s * g[i] + factor * p[i];
            m[i] += (d - m[i]) * newMean;
            v[i] = v[i] * kept + newSquare * d * d;
        }
    }

    private static void largest(double[] w, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = Math.max(w[i], v[i]);
        }
    }

    private void move(double[] p, double[] m, double[] v, int n) {
        double step = rate;
        double divisor = root;
        double least = epsilon;
        for (int i = 0; i < n; i++) {
            p[i] -= step * m[i] / (Math.sqrt(v[i]) / divisor + least);
        }
    }
}
