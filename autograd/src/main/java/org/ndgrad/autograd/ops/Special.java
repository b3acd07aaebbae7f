package org.ndgrad.autograd.ops;

import org.apache.commons.math3.special.Erf;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Pointwise;

/** Special functions, and combinations that are exact where the obvious formula is not. */
public final class Special {

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private Special() {}

    /** y = 2/√π ∫₀ˣ e^(−t²) dt; ∂L/∂x = g · 2/√π · e^(−x²). */
    public static Tensor erf(Tensor x) {
        return Op.of("erf", Pointwise.floating(x.data(), v -> Double.isNaN(v) ? v : Erf.erf(v)))
                .wrt(x, g -> g.mul(x.square().neg().exp().mul(TWO_OVER_ROOT_PI)), x)
                .tensor();
    }

    /** y = 1 − erf x, exact for large x; ∂L/∂x = −g · 2/√π · e^(−x²). */
    public static Tensor erfc(Tensor x) {
        return Op.of("erfc", Pointwise.floating(x.data(), v -> Double.isNaN(v) ? v : Erf.erfc(v)))
                .wrt(x, g -> g.neg().mul(x.square().neg().exp().mul(TWO_OVER_ROOT_PI)), x)
                .tensor();
    }

    /** y = sin(πx) / (πx), 1 at 0; ∂L/∂x = g · (cos(πx) − y) / x, 0 at 0, where higher derivatives are taken as 0, too. */
    public static Tensor sinc(Tensor x) {
        return Op.of("sinc", Pointwise.floating(x.data(), v -> v == 0 ? 1 : Math.sin(Math.PI * v) / (Math.PI * v)))
                .wrt(
                        x,
                        (g, y) -> {
                            Tensor safe = Comparison.maskedFill(x, x.eq(0), 1);
                            Tensor slope = safe.mul(Math.PI).cos().sub(y).div(safe);
                            return g.mul(Comparison.maskedFill(slope, x.eq(0), 0));
                        },
                        x)
                .tensor();
    }

    /** y = a · ln b, 0 where a = 0 unless b is NaN; ∂L/∂a = g · ln b (0 where a = 0 and b ≤ 0), ∂L/∂b = g · a / b. */
    public static Tensor xlogy(Tensor a, Tensor b) {
        return Op.of(
                        "xlogy",
                        Pointwise.floating(
                                "xlogy",
                                a.data(),
                                b.data(),
                                (p, q) -> p == 0 && !Double.isNaN(q) ? 0 : p * Math.log(q)))
                .wrt(a, g -> g.mul(Comparison.maskedFill(b.log(), Comparison.logicalAnd(a.eq(0), b.le(0)), 0)), a, b)
                .wrt(b, g -> g.mul(a.div(b)), a, b)
                .tensor();
    }

    /** y = ln(eᵃ + eᵇ) without overflow; ∂L/∂a = g · σ(a − b), ∂L/∂b = g · σ(b − a). */
    public static Tensor logAddExp(Tensor a, Tensor b) {
        return Op.of("logAddExp", Pointwise.floating("logAddExp", a.data(), b.data(), Special::logAddExp))
                .wrt(a, g -> g.mul(a.sub(b).sigmoid()), a, b)
                .wrt(b, g -> g.mul(b.sub(a).sigmoid()), a, b)
                .tensor();
    }

    private static double logAddExp(double a, double b) {
        double larger = Math.max(a, b);
        return Double.isInfinite(larger) ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
