package org.ndgrad.autograd.ops;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Exponentials;
import org.ndgrad.autograd.kernels.Pointwise;
import org.ndgrad.autograd.kernels.Shapes;

/** What stands between the linear layers of a network. Shape (*), the same for the result. */
public final class Activations {

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    /** How to compute the Gaussian error linear unit. */
    public enum Gelu {
        /** By the error function: x · (1 + erf(x / √2)) / 2. */
        EXACT,
        /** By the approximation x · (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. */
        TANH
    }

    private Activations() {}

    /** y = max(x, 0); ∂L/∂x = g where x > 0, else 0, also at 0. */
    public static Tensor relu(Tensor x) {
        return Op.of("relu", Pointwise.numeric(x.data(), v -> v <= 0 ? 0 : v, v -> Math.max(v, 0)))
                .wrt(x, (g, y) -> g.mul(notLow(y, 0)))
                .tensor();
    }

    /** y = x where x > 0, else slope · x; ∂L/∂x = g where x > 0, else slope · g. */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Op.of("leakyRelu", Pointwise.floating(x.data(), v -> v > 0 ? v : v * slope))
                .wrt(x, g -> g.mul(slopes(x, slope)), x)
                .tensor();
    }

    private static Tensor notLow(Tensor x, double bound) {
        return Op.of("mask", Pointwise.floating(x.data(), v -> v <= bound ? 0 : 1))
                .tensor();
    }

    private static Tensor slopes(Tensor x, double below) {
        return Op.of("mask", Pointwise.floating(x.data(), v -> v > 0 ? 1 : below))
                .tensor();
    }

    /** y = min(max(x, low), high); ∂L/∂x = g where low &lt; x &lt; high, bounds excluded, else 0. */
    public static Tensor hardtanh(Tensor x, double low, double high) {
        return Op.of("hardtanh", Pointwise.floating(x.data(), v -> Math.min(Math.max(v, low), high)))
                .wrt(x, g -> g.mul(Comparison.logicalNot(Comparison.logicalOr(x.le(low), x.ge(high)))), x)
                .tensor();
    }

    /** y = min(max(x, 0), 6). */
    public static Tensor relu6(Tensor x) {
        return hardtanh(x, 0, 6);
    }

    /** y = x where x > 0, else α (eˣ − 1); ∂L/∂x = g where x > 0, else g · α · eˣ. */
    public static Tensor elu(Tensor x, double alpha) {
        return Op.of("elu", Pointwise.floating(x.data(), v -> v > 0 ? v : alpha * Math.expm1(v)))
                .wrt(
                        x,
                        g -> Comparison.where(
                                x.le(0),
                                g.mul(x.clamp(Double.NEGATIVE_INFINITY, 0).exp().mul(alpha)),
                                g),
                        x)
                .tensor();
    }

    /** y = λ · elu(x, α) with the constants that keep mean 0 and variance 1 (Klambauer et al. 2017). */
    public static Tensor selu(Tensor x) {
        return elu(x, SELU_ALPHA).mul(SELU_SCALE);
    }

    /** y = 1 / (1 + e⁻ˣ); ∂L/∂x = g · y · (1 − y). */
    public static Tensor sigmoid(Tensor x) {
        return Op.of("sigmoid", Pointwise.floating(x.data(), v -> 1 / (1 + Math.exp(-v))))
                .wrt(x, (g, y) -> g.mul(y.mul(y.rsub(1))))
                .tensor();
    }

    /** y = ln σ(x), exact far below 0; ∂L/∂x = g · σ(−x). */
    public static Tensor logSigmoid(Tensor x) {
        return Op.of(
                        "logSigmoid",
                        Pointwise.floating(x.data(), v -> Math.min(v, 0) - Math.log1p(Math.exp(-Math.abs(v)))))
                .wrt(x, g -> g.mul(x.neg().sigmoid()), x)
                .tensor();
    }

    /** y = ln(1 + eˣ), and x beyond 20; ∂L/∂x = g · σ(x). */
    public static Tensor softplus(Tensor x) {
        return softplus(x, 1, 20);
    }

    /** y = ln(1 + e^(βx)) / β, and x where βx exceeds the threshold; ∂L/∂x = g · σ(βx). */
    public static Tensor softplus(Tensor x, double beta, double threshold) {
        return Op.of(
                        "softplus",
                        Pointwise.floating(
                                x.data(),
                                v -> v * beta > threshold
                                        ? v
                                        : (Math.max(v * beta, 0) + Math.log1p(Math.exp(-Math.abs(v * beta)))) / beta))
                .wrt(
                        x,
                        g -> Comparison.where(
                                x.mul(beta).gt(threshold), g, g.mul(x.mul(beta).sigmoid())),
                        x)
                .tensor();
    }

    /** y = x / (1 + |x|). */
    public static Tensor softsign(Tensor x) {
        return x.div(x.abs().add(1));
    }

    /** y = x · Φ(x), Φ the distribution function of the standard normal distribution. */
    public static Tensor gelu(Tensor x) {
        return gelu(x, Gelu.EXACT);
    }

    /** y = x · Φ(x), exact or approximated. */
    public static Tensor gelu(Tensor x, Gelu form) {
        Tensor twice = form == Gelu.EXACT
                ? Special.erf(x.mul(Math.sqrt(0.5))).add(1)
                : x.pow(3)
                        .mul(0.044715)
                        .add(x)
                        .mul(Math.sqrt(2 / Math.PI))
                        .tanh()
                        .add(1);
        return x.mul(twice).mul(0.5);
    }

    /** y = x · σ(x), also called swish. */
    public static Tensor silu(Tensor x) {
        return x.mul(x.sigmoid());
    }

    /** y = eˣ / Σ eˣ along a dim; ∂L/∂x = y · (g − Σ g · y). NaN where all elements are −∞. */
    public static Tensor softmax(Tensor x, int dim) {
        int along = Shapes.dim("softmax", dim, x.ndim());
        return Op.of("softmax", Exponentials.softmax(x.data(), along))
                .wrt(x, (g, y) -> y.mul(g.sub(g.mul(y).sum(along, true))))
                .tensor();
    }

    /** y = x − ln Σ eˣ along a dim; ∂L/∂x = g − e^y · Σ g. */
    public static Tensor logSoftmax(Tensor x, int dim) {
        int along = Shapes.dim("logSoftmax", dim, x.ndim());
        return Op.of("logSoftmax", Exponentials.logSoftmax(x.data(), along))
                .wrt(x, (g, y) -> g.sub(y.exp().mul(g.sum(along, true))))
                .tensor();
    }
}
