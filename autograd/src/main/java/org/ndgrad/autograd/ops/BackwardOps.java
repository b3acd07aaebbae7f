package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.Memory.array;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Binary;
import org.ndgrad.autograd.kernels.Interval;
import org.ndgrad.autograd.kernels.PiecewiseActivations;
import org.ndgrad.autograd.kernels.Pointwise;
import org.ndgrad.autograd.kernels.SoftmaxGradients;

/** Backward passes that are one operation, as what they belong to, and that can be differentiated in turn. */
final class BackwardOps {

    private BackwardOps() {}

    /** y' = g (1 − y²); ∂L/∂g = h (1 − y²), ∂L/∂y = −2 h g y for an incoming h. */
    static Tensor tanh(Tensor g, Tensor y) {
        return op("tanhBackward", g, y, Binary.TANH_BACKWARD)
                .wrt(g, h -> tanh(h, y), y)
                .wrt(y, h -> h.mul(g).mul(y).mul(-2), g, y)
                .tensor();
    }

    /** y' = g y (1 − y); ∂L/∂g = h y (1 − y), ∂L/∂y = h g (1 − 2 y). */
    static Tensor sigmoid(Tensor g, Tensor y) {
        return op("sigmoidBackward", g, y, Binary.SIGMOID_BACKWARD)
                .wrt(g, h -> sigmoid(h, y), y)
                .wrt(y, h -> h.mul(g).mul(y.mul(-2).add(1)), g, y)
                .tensor();
    }

    /** y' = g where x > 0, else slope · g; linear in g, while x is a constant. */
    static Tensor leakyRelu(Tensor g, Tensor x, double slope) {
        return op("leakyReluBackward", g, x, PiecewiseActivations.leakyReluBackward(slope))
                .wrt(g, h -> leakyRelu(h, x, slope), x)
                .tensor();
    }

    /** y' = 0 where x ≤ −3, g where x ≥ 3, between g (x/3 + 1/2); ∂L/∂g likewise, ∂L/∂x = h g / 3 there, else 0. */
    static Tensor hardswish(Tensor g, Tensor x) {
        return op("hardswishBackward", g, x, PiecewiseActivations.HARDSWISH_BACKWARD)
                .wrt(g, h -> hardswish(h, x), x)
                .wrt(x, h -> Masks.keep(h.mul(g).div(3), x, Interval.open(-3, 3)), g, x)
                .tensor();
    }

    /** y' = y (g − Σ g y) along a dim; ∂L/∂g = y (h − Σ h y), ∂L/∂y = h (g − Σ g y) − g Σ h y. */
    static Tensor softmax(Tensor g, Tensor y, int dim) {
        if (!SoftmaxGradients.supports(array(g), array(y), dim)) {
            return y.mul(g.sub(g.mul(y).sum(dim, true)));
        }
        return Op.of("softmaxBackward", SoftmaxGradients.softmax(array(g), array(y)))
                .wrt(g, h -> softmax(h, y, dim), y)
                .wrt(
                        y,
                        h -> h.mul(g.sub(g.mul(y).sum(dim, true)))
                                .sub(g.mul(h.mul(y).sum(dim, true))),
                        g,
                        y)
                .tensor();
    }

    /** y' = g − e^y Σ g along a dim; ∂L/∂g = h − Σ h e^y, ∂L/∂y = −h e^y Σ g. */
    static Tensor logSoftmax(Tensor g, Tensor y, int dim) {
        if (!SoftmaxGradients.supports(array(g), array(y), dim)) {
            return g.sub(y.exp().mul(g.sum(dim, true)));
        }
        return Op.of("logSoftmaxBackward", SoftmaxGradients.logSoftmax(array(g), array(y)))
                .wrt(g, h -> h.sub(h.mul(y.exp()).sum(dim, true)), y)
                .wrt(y, h -> h.mul(y.exp()).mul(g.sum(dim, true)).neg(), g, y)
                .tensor();
    }

    private static Op op(String name, Tensor g, Tensor other, Binary f) {
        return Op.of(name, Pointwise.floating(name, array(g), array(other), f));
    }
}
