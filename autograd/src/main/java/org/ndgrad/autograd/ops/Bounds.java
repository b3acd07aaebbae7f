package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.Unary;

/** One-sided limits, and what replaces numbers that are missing or too large. */
public final class Bounds {

    private Bounds() {}

    /** y = max(x, low), as {@link #clampMin(Tensor, Number)}: with one bound, it is the lower one. */
    public static Tensor clamp(Tensor x, Number low) {
        return clampMin(x, low);
    }

    /** y = max(x, low), as {@link #clampMin(Tensor, Tensor)}: with one bound, it is the lower one. */
    public static Tensor clamp(Tensor x, Tensor low) {
        return clampMin(x, low);
    }

    /** y = max(x, low); ∂L/∂x = g where x ≥ low, else 0. NaN wins. */
    public static Tensor clampMin(Tensor x, Number low) {
        DataType type = DTypes.promote(x.dtype(), low);
        double bound = DTypes.round(type, low);
        return Op.pure("clampMin", Pointwise.numeric(array(x), Constants.bound("clampMin", type, low), Binary.MAX))
                .wrt(x, g -> Masks.keep(g, x, Interval.atLeast(bound)), x)
                .tensor();
    }

    /** y = max(x, low); ∂L/∂x = g where x ≥ low, else 0, ∂L/∂low = g where x &lt; low, else 0. NaN wins. */
    public static Tensor clampMin(Tensor x, Tensor low) {
        return Op.pure("clampMin", Pointwise.numeric("clampMin", array(x), array(low), Binary.MAX))
                .wrt(x, g -> Masks.keep(g, x.ge(low)), x, low)
                .wrt(low, g -> Masks.keep(g, x.lt(low)), x, low)
                .tensor();
    }

    /** y = min(x, high); ∂L/∂x = g where x ≤ high, else 0. NaN wins. */
    public static Tensor clampMax(Tensor x, Number high) {
        DataType type = DTypes.promote(x.dtype(), high);
        double bound = DTypes.round(type, high);
        return Op.pure("clampMax", Pointwise.numeric(array(x), Constants.bound("clampMax", type, high), Binary.MIN))
                .wrt(x, g -> Masks.keep(g, x, Interval.atMost(bound)), x)
                .tensor();
    }

    /** y = min(x, high); ∂L/∂x = g where x ≤ high, else 0, ∂L/∂high = g where x &gt; high, else 0. NaN wins. */
    public static Tensor clampMax(Tensor x, Tensor high) {
        return Op.pure("clampMax", Pointwise.numeric("clampMax", array(x), array(high), Binary.MIN))
                .wrt(x, g -> Masks.keep(g, x.le(high)), x, high)
                .wrt(high, g -> Masks.keep(g, x.gt(high)), x, high)
                .tensor();
    }

    /** y = max(a, b), of which NaN loses; g goes to the larger one, to a where they are equal. */
    public static Tensor fmax(Tensor a, Tensor b) {
        return Op.pure("fmax", Pointwise.numeric("fmax", array(a), array(b), Bounds::fmax, Math::max))
                .wrt(a, g -> Masks.keep(g, firstWins(a.ge(b), b)), a, b)
                .wrt(b, g -> Masks.keep(g, Comparison.logicalNot(firstWins(a.ge(b), b))), a, b)
                .tensor();
    }

    private static double fmax(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    }

    /** y = min(a, b), of which NaN loses; g goes to the smaller one, to a where they are equal. */
    public static Tensor fmin(Tensor a, Tensor b) {
        return Op.pure("fmin", Pointwise.numeric("fmin", array(a), array(b), (p, q) -> -fmax(-p, -q), Math::min))
                .wrt(a, g -> Masks.keep(g, firstWins(a.le(b), b)), a, b)
                .wrt(b, g -> Masks.keep(g, Comparison.logicalNot(firstWins(a.le(b), b))), a, b)
                .tensor();
    }

    private static Tensor firstWins(Tensor wins, Tensor b) {
        return Comparison.logicalOr(wins, Comparison.isnan(b));
    }

    /** y = x, but 0 for NaN and the largest numbers of x's type for ±∞; ∂L/∂x = g where x is finite, else 0. */
    public static Tensor nanToNum(Tensor x) {
        return nanToNum(x, 0);
    }

    /** y = x, but {@code nan} for NaN and the largest numbers of x's type for ±∞; ∂L/∂x = g where x is finite. */
    public static Tensor nanToNum(Tensor x, double nan) {
        double largest = DTypes.largest(x.dtype());
        return nanToNum(x, nan, largest, -largest);
    }

    /** y = x, but {@code nan} for NaN, {@code posInf} for ∞, {@code negInf} for −∞; ∂L/∂x = g where x is finite. */
    public static Tensor nanToNum(Tensor x, double nan, double posInf, double negInf) {
        return Op.pure("nanToNum", Pointwise.numeric(array(x), Unary.finite(nan, posInf, negInf), v -> v))
                .wrt(x, g -> Masks.keep(g, x, Interval.open(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)), x)
                .tensor();
    }

    /** y = 0 where x &lt; 0 or NaN, values where x = 0, else 1. A constant: as in PyTorch, it has no derivative. */
    public static Tensor heaviside(Tensor x, Tensor values) {
        return Op.pure("heaviside", Pointwise.numeric("heaviside", array(x), array(values), Binary.HEAVISIDE))
                .tensor();
    }
}
