package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.ErrorFunctions;
import org.ndgrad.autograd.kernels.math.Gammas;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.Logit;
import org.ndgrad.autograd.kernels.math.Tabulated;

/** Special functions, and combinations that are exact where the obvious formula is not. */
public final class Special {

    private Special() {}

    /** y = 2/√π ∫₀ˣ e^(−t²) dt; ∂L/∂x = g · 2/√π · e^(−x²). */
    public static Tensor erf(Tensor x) {
        return Op.pure("erf", Pointwise.floating(array(x), ErrorFunctions.ERF))
                .wrt(x, g -> g.mul(Slopes.erf("erf", HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = 1 − erf x, exact for large x; ∂L/∂x = −g · 2/√π · e^(−x²). */
    public static Tensor erfc(Tensor x) {
        return Op.pure("erfc", Pointwise.floating(array(x), ErrorFunctions.ERFC))
                .wrt(x, g -> g.neg().mul(Slopes.erf("erfc", HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = the number whose erf is x, NaN outside [−1, 1]; ∂L/∂x = g · √π/2 · e^(y²). */
    public static Tensor erfinv(Tensor x) {
        return Elementary.byValue(
                "erfinv",
                x,
                ErrorFunctions.ERFINV,
                (g, y) -> g.mul(y.square().exp().div(ErrorFunctions.TWO_OVER_ROOT_PI)));
    }

    /** y = ln |Γ(x)|; ∂L/∂x = g · ψ(x). Infinite at 0, −1, −2, … */
    public static Tensor lgamma(Tensor x) {
        return Op.pure("lgamma", Pointwise.floating(array(x), Gammas.LOG_GAMMA))
                .wrt(x, g -> g.mul(digamma(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = ψ(x) = Γ′(x) / Γ(x); ∂L/∂x = g · ψ′(x). ∓∞ at ±0, NaN at −1, −2, … */
    public static Tensor digamma(Tensor x) {
        return Op.pure("digamma", Pointwise.floating(array(x), Gammas.DIGAMMA))
                .wrt(x, g -> g.mul(polygamma(1, HalfTypes.widened(x))), x)
                .tensor();
    }

    /**
     * y = ψ⁽ⁿ⁾(x), the n-th derivative of digamma; ∂L/∂x = g · ψ⁽ⁿ⁺¹⁾(x).
     *
     * @param n from 0 to 170
     */
    public static Tensor polygamma(int n, Tensor x) {
        checkArgument(
                n >= 0 && n <= Gammas.LARGEST_ORDER,
                "polygamma: expected an order from 0 to %s; got %s. Use a smaller one.",
                Gammas.LARGEST_ORDER,
                n);
        return Op.pure("polygamma", Pointwise.floating(array(x), Gammas.polygamma(n)))
                .wrt(x, g -> g.mul(polygamma(n + 1, HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = ln(x / (1 − x)), NaN outside [0, 1]; ∂L/∂x = g / (x (1 − x)). */
    public static Tensor logit(Tensor x) {
        return Op.pure("logit", Pointwise.floating(array(x), Logit.LOGIT))
                .wrt(x, g -> g.mul(Slopes.logit(HalfTypes.widened(x))), x)
                .tensor();
    }

    /**
     * y = logit of x moved into [ε, 1 − ε], where ∂L/∂x = g / (x (1 − x)); no gradient flows outside. With ε above 0, y
     * is finite, whatever x's type holds between 1 − ε and 1.
     *
     * @param epsilon ε, from 0 to 1/2
     */
    public static Tensor logit(Tensor x, double epsilon) {
        checkArgument(
                epsilon >= 0 && epsilon <= 0.5,
                "logit: expected epsilon from 0 to 0.5; got %s. Use a small number like 1e-6.",
                epsilon);
        DataType type = DTypes.floating(x.dtype());
        boolean any = epsilon > 0; // then 0 and 1 are outside, though the bounds may round to them
        double low = Math.max(DTypes.round(type, epsilon), any ? -DTypes.below(type, 0) : 0);
        double high = Math.min(DTypes.round(type, 1 - epsilon), any ? DTypes.below(type, 1) : 1);
        return Op.pure("logit", Pointwise.floating(array(x), Logit.within(epsilon)))
                .wrt(
                        x,
                        g -> Masks.keep(
                                g.mul(slope(x, low, high)),
                                x,
                                Interval.closed(low, high).orNan()),
                        x)
                .tensor();
    }

    /** Returns that of logit, of what is outside of the bounds one that is finite, too. */
    private static Tensor slope(Tensor x, double low, double high) {
        return Slopes.logit(HalfTypes.widened(x).clamp(low, high));
    }

    /** y = −x ln x, 0 at 0 and −∞ below; ∂L/∂x = −g · (1 + ln x). */
    public static Tensor entr(Tensor x) {
        return Op.pure("entr", Pointwise.floating(array(x), Tabulated.ENTROPY))
                .wrt(x, g -> g.neg().mul(HalfTypes.widened(x).log().add(1)), x)
                .tensor();
    }

    /** y = sin(πx) / (πx), 1 at 0; ∂L/∂x = g · (cos(πx) − y) / x, 0 at 0. Exact also near 0 and, 0, at ±∞. */
    public static Tensor sinc(Tensor x) {
        return HalfTypes.wide(x, v -> Slopes.sinc(0, v));
    }

    /** y = a · ln b, 0 where a = 0 unless b is NaN; ∂L/∂a = g · ln b (0 where a = 0 and b ≤ 0), ∂L/∂b = g · a / b. */
    public static Tensor xlogy(Tensor a, Tensor b) {
        return Op.pure("xlogy", Pointwise.floating("xlogy", array(a), array(b), Binary.XLOGY))
                .wrt(
                        a,
                        g -> g.mul(Comparison.maskedFill(
                                HalfTypes.widened(b).log(), Comparison.logicalAnd(a.eq(0), b.le(0)), 0)),
                        a,
                        b)
                .wrt(b, g -> Scaled.ratio(g, a, b), a, b)
                .tensor();
    }

    /** y = x · ln k, 0 where x = 0 unless k is NaN; ∂L/∂x = g · ln k (0 where x = 0 and k ≤ 0). */
    public static Tensor xlogy(Tensor x, Number k) {
        return HalfTypes.wide(x, v -> xlogy(v, beside(v, k)));
    }

    /** Returns the number, whole beside whole numbers, which need not hold it: the result is floating. */
    private static Tensor beside(Tensor x, Number number) {
        boolean whole = !DTypes.isFloating(x.dtype()) && DTypes.isIntegral(number);
        return whole ? Tensor.of(DataType.INT64, number) : Arithmetic.beside("xlogy", x, number);
    }

    /** y = k · ln x, 0 if k = 0 unless x is NaN; ∂L/∂x = g · k / x. */
    public static Tensor xlogy(Number k, Tensor x) {
        return HalfTypes.wide(x, v -> xlogy(beside(v, k), v));
    }

    /**
     * y = a · ln(1 + b), 0 where a = 0 unless b is NaN; ∂L/∂a = g · ln(1 + b) (0 where a = 0 and b ≤ −1), ∂L/∂b = g ·
     * a / (1 + b).
     */
    public static Tensor xlog1py(Tensor a, Tensor b) {
        return Op.pure("xlog1py", Pointwise.floating("xlog1py", array(a), array(b), Binary.XLOG1PY))
                .wrt(
                        a,
                        g -> g.mul(Comparison.maskedFill(
                                Elementary.log1p(HalfTypes.widened(b)), Comparison.logicalAnd(a.eq(0), b.le(-1)), 0)),
                        a,
                        b)
                .wrt(b, g -> Scaled.ratio(g, a, HalfTypes.widened(b).add(1)), a, b)
                .tensor();
    }

    /** y = ln(eᵃ + eᵇ) without overflow; ∂L/∂a = g · σ(a − b), ∂L/∂b = g · σ(b − a). */
    public static Tensor logaddexp(Tensor a, Tensor b) {
        return Op.pure("logaddexp", Pointwise.floating("logaddexp", array(a), array(b), Binary.LOG_ADD_EXP))
                .wrt(a, g -> g.mul(Slopes.logaddexp(HalfTypes.widened(a), HalfTypes.widened(b))), a, b)
                .wrt(b, g -> g.mul(Slopes.logaddexp(HalfTypes.widened(b), HalfTypes.widened(a))), a, b)
                .tensor();
    }

    /** y = log₂(2ᵃ + 2ᵇ) without overflow; ∂L/∂a = g · σ((a − b) ln 2), ∂L/∂b = g · σ((b − a) ln 2). */
    public static Tensor logaddexp2(Tensor a, Tensor b) {
        return Op.pure("logaddexp2", Pointwise.floating("logaddexp2", array(a), array(b), Binary.LOG_ADD_EXP2))
                .wrt(a, g -> g.mul(Slopes.logaddexp2(HalfTypes.widened(a), HalfTypes.widened(b))), a, b)
                .wrt(b, g -> g.mul(Slopes.logaddexp2(HalfTypes.widened(b), HalfTypes.widened(a))), a, b)
                .tensor();
    }
}
