package org.ndgrad.nn;

import static java.lang.Double.NEGATIVE_INFINITY;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;

/**
 * Sums over all alignments of targets to inputs, forwards and backwards; the core of {@link Losses#ctcLoss}. A target
 * is taken with a blank before, between and behind its labels.
 *
 * <p>Source: Graves et al., Connectionist temporal classification, 2006.
 */
final class CtcAlignments {

    private final CtcTargets targets;
    private final int batch;
    private final int classes;
    private final boolean zeroInfinity;

    CtcAlignments(Tensor logProbabilities, CtcTargets targets, boolean zeroInfinity) {
        this.targets = targets;
        this.batch = (int) logProbabilities.size(1);
        this.classes = (int) logProbabilities.size(2);
        this.zeroInfinity = zeroInfinity;
    }

    /**
     * y = −log of the probability of each target; ∂L/∂x as PyTorch defines it, that of the scores before logSoftmax.
     */
    Tensor losses(Tensor logProbabilities) {
        double[] x = logProbabilities.to(DataType.DOUBLE).toDoubleArray();
        double[][] forward = new double[batch][];
        double[] losses = new double[batch];
        for (int n = 0; n < batch; n++) {
            forward[n] = forward(x, n);
            losses[n] = loss(forward[n], n);
        }
        Tensor values = Tensor.of(DataType.DOUBLE, losses).to(logProbabilities.dtype());
        Tensor finite =
                zeroInfinity ? values.where(values.ne(Double.POSITIVE_INFINITY), Tensor.zerosLike(values)) : values;
        return Op.of("ctcLoss", finite)
                .wrt(logProbabilities, g -> backward(g, logProbabilities, forward, losses), logProbabilities)
                .tensor();
    }

    private Tensor backward(Tensor g, Tensor logProbabilities, double[][] forward, double[] losses) {
        double[] x = logProbabilities.to(DataType.DOUBLE).toDoubleArray();
        double[] slopes = new double[x.length];
        for (int n = 0; n < batch; n++) {
            if (!zeroInfinity || losses[n] != Double.POSITIVE_INFINITY) {
                slopes(x, n, forward[n], losses[n], slopes);
            }
        }
        Tensor slope = Tensor.of(DataType.DOUBLE, slopes)
                .reshape(logProbabilities.shape())
                .to(logProbabilities.dtype());
        return Op.of("ctcLossBackward", g.detach().unsqueeze(1).mul(slope))
                .wrt(g, v -> v.mul(slope).sum(0, 2), slope)
                .wrt(logProbabilities, v -> {
                    throw new UnsupportedOperationException(
                            "ctcLoss: expected to be differentiated once; got a second derivative, which PyTorch does not"
                                    + " define either. Keep its gradient out of the loss with detach().");
                })
                .tensor();
    }

    private int at(int t, int n, int label) {
        return (t * batch + n) * classes + label;
    }

    /** Returns, by time and place, the logarithm of the probability of all ways to be there, times the own one. */
    private double[] forward(double[] x, int n) {
        int[] labels = targets.labels(n);
        int places = labels.length;
        int times = targets.inputLength(n);
        double[] sums = new double[times * places];
        Arrays.fill(sums, NEGATIVE_INFINITY);
        for (int t = 0; t < times; t++) {
            for (int s = 0; s < places; s++) {
                double sum;
                if (t == 0) {
                    sum = s < 2 ? 0 : NEGATIVE_INFINITY;
                } else {
                    int before = (t - 1) * places + s;
                    sum = logSum(
                            sums[before],
                            s > 0 ? sums[before - 1] : NEGATIVE_INFINITY,
                            s > 1 && labels[s] != labels[s - 2] ? sums[before - 2] : NEGATIVE_INFINITY);
                }
                sums[t * places + s] = sum + x[at(t, n, labels[s])];
            }
        }
        return sums;
    }

    private double loss(double[] forward, int n) {
        int places = targets.labels(n).length;
        if (forward.length == 0) {
            return places == 1 ? 0 : Double.POSITIVE_INFINITY;
        }
        double beforeLast = places > 1 ? forward[forward.length - 2] : NEGATIVE_INFINITY;
        return -logSum(forward[forward.length - 1], beforeLast, NEGATIVE_INFINITY);
    }

    /** Goes backwards and adds up by class how probable it is to be at each place. */
    private void slopes(double[] x, int n, double[] forward, double loss, double[] slopes) {
        int[] labels = targets.labels(n);
        int places = labels.length;
        int times = targets.inputLength(n);
        double[] later = new double[places];
        double[] now = new double[places];
        double[] shares = new double[classes];
        for (int t = times - 1; t >= 0; t--) {
            Arrays.fill(shares, NEGATIVE_INFINITY);
            for (int s = places - 1; s >= 0; s--) {
                double sum;
                if (t == times - 1) {
                    sum = s >= places - 2 ? 0 : NEGATIVE_INFINITY;
                } else {
                    sum = logSum(
                            later[s],
                            s < places - 1 ? later[s + 1] : NEGATIVE_INFINITY,
                            s < places - 2 && labels[s] != labels[s + 2] ? later[s + 2] : NEGATIVE_INFINITY);
                }
                now[s] = sum + x[at(t, n, labels[s])];
                shares[labels[s]] = logSum(shares[labels[s]], forward[t * places + s] + now[s], NEGATIVE_INFINITY);
            }
            for (int c = 0; c < classes; c++) {
                double own = x[at(t, n, c)];
                boolean leadsNowhere = shares[c] == NEGATIVE_INFINITY && loss != Double.POSITIVE_INFINITY;
                slopes[at(t, n, c)] = Math.exp(own) - (leadsNowhere ? 0 : Math.exp(shares[c] + loss - own));
            }
            double[] free = later;
            later = now;
            now = free;
        }
    }

    private static double logSum(double a, double b, double c) {
        double largest = Math.max(a, Math.max(b, c));
        if (largest == NEGATIVE_INFINITY) {
            return NEGATIVE_INFINITY;
        }
        return largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest) + Math.exp(c - largest));
    }
}
