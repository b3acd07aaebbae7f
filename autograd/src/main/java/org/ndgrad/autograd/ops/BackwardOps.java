package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.PiecewiseActivations;
import org.ndgrad.autograd.kernels.math.SmoothActivations;
import org.ndgrad.autograd.kernels.reduction.DominantShares;
import org.ndgrad.autograd.kernels.reduction.SoftmaxBackward;

/** Backward passes that are one operation, as what they belong to, and that can be differentiated in turn. */
final class BackwardOps {

    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double ONE_OVER_ROOT_2_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double CUBIC = 0.044715;

    /** Beyond, the second derivatives are 0, also as computed here, and what ∞ would be multiplied by. */
    private static final double FAR = 800;

    private static final double FAR_OF_NORMAL = 40;

    private BackwardOps() {}

    /** y' = g (1 − tanh² x); ∂L/∂g likewise, ∂L/∂x = −2 h g tanh x (1 − tanh² x) for an incoming h. */
    static Tensor tanh(String name, Tensor g, Tensor x) {
        return op(name, g, x, SmoothActivations.TANH_BACKWARD)
                .wrt(g, h -> tanh(name, h, x), x)
                .wrt(x, h -> tanh(name, h.mul(g).mul(x.tanh()).mul(-2), x), g, x)
                .tensor();
    }

    /**
     * y' = g (1 − y²); ∂L/∂g = h (1 − y²), ∂L/∂y = −2 h g y for an incoming h. For float32: in networks, the slope by x
     * would cost a step a tenth of its time. Far out, where y is rounded to ±1, the slope is 0.
     */
    static Tensor tanhByValue(Tensor g, Tensor y) {
        return op("tanhBackward", g, y, Binary.TANH_BACKWARD)
                .wrt(g, h -> tanhByValue(h, y), y)
                .wrt(y, h -> h.mul(g).mul(y).mul(-2), g, y)
                .tensor();
    }

    /** y' = g σ(x) σ(−x); ∂L/∂g likewise, ∂L/∂x = h g σ(x) σ(−x) (σ(−x) − σ(x)), the last being −tanh(x/2). */
    static Tensor sigmoid(String name, Tensor g, Tensor x) {
        return op(name, g, x, SmoothActivations.SIGMOID_BACKWARD)
                .wrt(g, h -> sigmoid(name, h, x), x)
                .wrt(x, h -> sigmoid(name, h.mul(g).mul(x.mul(0.5).tanh().neg()), x), g, x)
                .tensor();
    }

    /** y' = g where x > 0, else slope · g; linear in g, while x is a constant. */
    static Tensor leakyRelu(Tensor g, Tensor x, double slope) {
        return op("leakyReluBackward", g, x, PiecewiseActivations.leakyReluBackward(slope))
                .wrt(g, h -> leakyRelu(h, x, slope), x)
                .tensor();
    }

    /**
     * y' = g where x > 0, else g r α e^(rx), all times s; ∂L/∂g likewise, ∂L/∂x = s h g r² α e^(rx) where x &lt; 0,
     * else 0.
     */
    static Tensor elu(String name, Tensor g, Tensor x, double alpha, double rate, double scale) {
        return op(name, g, x, SmoothActivations.eluBackward(alpha, rate, scale))
                .wrt(g, h -> elu(name, h, x, alpha, rate, scale), x)
                .wrt(x, h -> Masks.keep(elu(name, h.mul(g), x, alpha * rate, rate, scale), x, Interval.below(0)), g, x)
                .tensor();
    }

    /** y' = g σ(βx), and g where βx > threshold; ∂L/∂g likewise, ∂L/∂x = h g β σ (1 − σ), and 0 there. */
    static Tensor softplus(String name, Tensor g, Tensor x, double beta, double threshold) {
        Interval curved = Interval.above(threshold).not();
        return op(name, g, x, SmoothActivations.softplusBackward(beta, threshold))
                .wrt(g, h -> softplus(name, h, x, beta, threshold), x)
                .wrt(
                        x,
                        h -> Masks.keep(
                                sigmoid(
                                        name,
                                        h.mul(g).mul(beta),
                                        HalfTypes.widened(x).mul(beta)),
                                x.mul(beta),
                                curved),
                        g,
                        x)
                .tensor();
    }

    /** y' = g σ (1 + x (1 − σ)); ∂L/∂g likewise, ∂L/∂x = h g σ (1 − σ) (2 − x tanh(x/2)). */
    static Tensor silu(Tensor g, Tensor x) {
        return smooth("siluBackward", g, x, SmoothActivations.SILU_BACKWARD, v -> {
            Tensor near = v.clamp(-FAR, FAR);
            return sigmoid("siluBackward", near.mul(near.mul(0.5).tanh()).rsub(2), v);
        });
    }

    /**
     * y' = g (t + x σ (1 − t²)), t = tanh(ln(1 + eˣ)); ∂L/∂g likewise, ∂L/∂x = h g σ (1 − t²) (2 + x (1 − σ − 2 t σ)).
     */
    static Tensor mish(Tensor g, Tensor x) {
        return smooth("mishBackward", g, x, SmoothActivations.MISH_BACKWARD, v -> {
            Tensor s = v.sigmoid();
            Tensor rise = Activations.softplus(v);
            Tensor t = rise.tanh();
            Tensor bend = v.clamp(-FAR, FAR).mul(s.mul(t.mul(2).add(1)).rsub(1)).add(2);
            return tanh("mishBackward", s.mul(bend), rise);
        });
    }

    /** y' = g (Φ(x) + x φ(x)); ∂L/∂g likewise, ∂L/∂x = h g φ(x) (2 − x²). */
    static Tensor gelu(Tensor g, Tensor x) {
        return smooth("geluBackward", g, x, SmoothActivations.GELU_BACKWARD, v -> {
            Tensor square = v.clamp(-FAR_OF_NORMAL, FAR_OF_NORMAL).square();
            return square.mul(-0.5).exp().mul(ONE_OVER_ROOT_2_PI).mul(square.rsub(2));
        });
    }

    /**
     * y' = g ((1 + t) + x (1 − t²) u') / 2, t = tanh u, u = c (x + k x³); ∂L/∂g likewise, ∂L/∂x = h g (1 − t²)
     * (c + 6 c k x² − x t u'²).
     */
    static Tensor geluTanh(Tensor g, Tensor x) {
        return smooth("geluBackward", g, x, SmoothActivations.GELU_TANH_BACKWARD, v -> {
            Tensor near = v.clamp(-FAR_OF_NORMAL, FAR_OF_NORMAL);
            Tensor square = near.square().mul(CUBIC);
            Tensor u = near.mul(square.add(1)).mul(ROOT_2_OVER_PI);
            Tensor rise = square.mul(3).add(1).mul(ROOT_2_OVER_PI);
            Tensor bend = square.mul(6).add(1).mul(ROOT_2_OVER_PI);
            return tanh("geluBackward", bend.sub(near.mul(u.tanh()).mul(rise.square())), u);
        });
    }

    /** y' = g f'(x); ∂L/∂g = h f'(x), ∂L/∂x = h g f″(x), the second derivative made of operations. */
    private static Tensor smooth(String name, Tensor g, Tensor x, Binary f, UnaryOperator<Tensor> second) {
        return op(name, g, x, f)
                .wrt(g, h -> smooth(name, h, x, f, second), x)
                .wrt(x, h -> h.mul(g).mul(second.apply(HalfTypes.widened(x))), g, x)
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
        return Op.pure("softmaxBackward", softmaxOf(g.detach(), y.detach(), dim))
                .wrt(g, h -> softmax(h, y, dim), y)
                .wrt(
                        y,
                        h -> h.mul(g.sub(g.mul(y).sum(dim, KeepDim.YES)))
                                .sub(g.mul(h.mul(y).sum(dim, KeepDim.YES))),
                        g,
                        y)
                .tensor();
    }

    /** y' = g − e^y Σ g along a dim; ∂L/∂g = h − Σ h e^y, ∂L/∂y = −h e^y Σ g. */
    static Tensor logSoftmax(Tensor g, Tensor y, int dim) {
        return Op.pure("logSoftmaxBackward", logSoftmaxOf(g.detach(), y.detach(), dim))
                .wrt(g, h -> h.sub(h.mul(y.exp()).sum(dim, KeepDim.YES)), y)
                .wrt(y, h -> h.mul(y.exp()).mul(g.sum(dim, KeepDim.YES)).neg(), g, y)
                .tensor();
    }

    private static INDArray softmaxOf(Tensor g, Tensor y, int dim) {
        return SoftmaxBackward.supports(array(g), array(y), dim)
                ? SoftmaxBackward.softmax(array(g), array(y))
                : balanced(y.mul(g.sub(g.mul(y).sum(dim, KeepDim.YES))), y, dim);
    }

    private static INDArray logSoftmaxOf(Tensor g, Tensor y, int dim) {
        if (SoftmaxBackward.supports(array(g), array(y), dim)) {
            return SoftmaxBackward.logSoftmax(array(g), array(y));
        }
        Tensor shares = y.exp();
        return balanced(g.sub(shares.mul(g.sum(dim, KeepDim.YES))), shares, dim);
    }

    private static INDArray balanced(Tensor results, Tensor shares, int dim) {
        DominantShares.balance(array(results), array(shares), dim);
        return array(results);
    }

    private static Op op(String name, Tensor g, Tensor other, Binary f) {
        return Op.pure(name, Pointwise.floating(name, array(g), array(other), f));
    }
}
