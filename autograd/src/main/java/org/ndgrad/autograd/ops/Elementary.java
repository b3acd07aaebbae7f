package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Tabulated;
import org.ndgrad.autograd.kernels.math.Unary;

/**
 * Exponential, logarithmic, trigonometric and hyperbolic functions, angles in radians. Outside its domain a function
 * is NaN.
 */
public final class Elementary {

    private static final double LN_2 = Math.log(2);
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG10_E = 0.4342944819032518;

    private Elementary() {}

    /** y = eˣ; ∂L/∂x = g · y. */
    public static Tensor exp(Tensor x) {
        return byValue("exp", x, Unary.EXP, (g, y) -> g.mul(y));
    }

    /** An operation whose vjp reads its value: half types are widened first, so that it is not a rounded one. */
    static Tensor byValue(String name, Tensor x, DoubleUnaryOperator f, BinaryOperator<Tensor> vjp) {
        return HalfTypes.wide(
                x,
                v -> Op.pure(name, Pointwise.floating(array(v), f)).wrt(v, vjp).tensor());
    }

    /** y = 2ˣ; ∂L/∂x = g · y · ln 2. */
    public static Tensor exp2(Tensor x) {
        return Op.pure("exp2", Pointwise.floating(array(x), Tabulated.EXP2))
                .wrt(x, g -> g.mul(Slopes.exp2(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = eˣ − 1, exact for small x; ∂L/∂x = g · eˣ. */
    public static Tensor expm1(Tensor x) {
        return Op.pure("expm1", Pointwise.floating(array(x), Unary.EXPM1))
                .wrt(x, g -> g.mul(HalfTypes.widened(x).exp()), x)
                .tensor();
    }

    /** y = ln x; ∂L/∂x = g / x. −∞ at 0, NaN below. */
    public static Tensor log(Tensor x) {
        return Op.pure("log", Pointwise.floating(array(x), Unary.LOG))
                .wrt(x, g -> g.div(x), x)
                .tensor();
    }

    /** y = log₂ x, a whole number for a power of two; ∂L/∂x = g / (x ln 2). */
    public static Tensor log2(Tensor x) {
        return Op.pure("log2", Pointwise.floating(array(x), Tabulated.LOG2))
                .wrt(x, g -> g.mul(Slopes.log("log2", HalfTypes.widened(x), LOG2_E)), x)
                .tensor();
    }

    /** y = log₁₀ x; ∂L/∂x = g / (x ln 10). */
    public static Tensor log10(Tensor x) {
        return Op.pure("log10", Pointwise.floating(array(x), Tabulated.LOG10))
                .wrt(x, g -> g.mul(Slopes.log("log10", HalfTypes.widened(x), LOG10_E)), x)
                .tensor();
    }

    /** y = ln(1 + x), exact for small x; ∂L/∂x = g / (1 + x). */
    public static Tensor log1p(Tensor x) {
        return Op.pure("log1p", Pointwise.floating(array(x), Tabulated.LOG1P))
                .wrt(x, g -> g.div(HalfTypes.widened(x).add(1)), x)
                .tensor();
    }

    /** y = √x; ∂L/∂x = g / (2 y), infinite at 0. */
    public static Tensor sqrt(Tensor x) {
        return byValue("sqrt", x, Unary.SQRT, (g, y) -> g.div(y.mul(2)));
    }

    /** y = 1 / √x; ∂L/∂x = −g · y³ / 2. */
    public static Tensor rsqrt(Tensor x) {
        return byValue(
                "rsqrt", x, Unary.RSQRT, (g, y) -> g.mul(-0.5).mul(y).mul(y).mul(y));
    }

    /** y = sin x; ∂L/∂x = g · cos x. */
    public static Tensor sin(Tensor x) {
        return Op.pure("sin", Pointwise.floating(array(x), Unary.SIN))
                .wrt(x, g -> g.mul(HalfTypes.widened(x).cos()), x)
                .tensor();
    }

    /** y = cos x; ∂L/∂x = −g · sin x. */
    public static Tensor cos(Tensor x) {
        return Op.pure("cos", Pointwise.floating(array(x), Unary.COS))
                .wrt(x, g -> g.neg().mul(HalfTypes.widened(x).sin()), x)
                .tensor();
    }

    /** y = tan x; ∂L/∂x = g · (1 + y²). */
    public static Tensor tan(Tensor x) {
        return byValue("tan", x, Math::tan, (g, y) -> g.mul(y.square().add(1)));
    }

    /** y = arcsin x; ∂L/∂x = g / √(1 − x²). */
    public static Tensor asin(Tensor x) {
        return Op.pure("asin", Pointwise.floating(array(x), Tabulated.ASIN))
                .wrt(x, g -> g.mul(Slopes.asin("asin", HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = arccos x; ∂L/∂x = −g / √(1 − x²). */
    public static Tensor acos(Tensor x) {
        return Op.pure("acos", Pointwise.floating(array(x), Tabulated.ACOS))
                .wrt(x, g -> g.neg().mul(Slopes.asin("acos", HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = arctan x; ∂L/∂x = g / (1 + x²). */
    public static Tensor atan(Tensor x) {
        return Op.pure("atan", Pointwise.floating(array(x), Tabulated.ATAN))
                .wrt(x, g -> g.mul(Slopes.atan(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = sinh x; ∂L/∂x = g · cosh x. */
    public static Tensor sinh(Tensor x) {
        return Op.pure("sinh", Pointwise.floating(array(x), Tabulated.SINH))
                .wrt(x, g -> g.mul(cosh(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = cosh x; ∂L/∂x = g · sinh x. */
    public static Tensor cosh(Tensor x) {
        return Op.pure("cosh", Pointwise.floating(array(x), Tabulated.COSH))
                .wrt(x, g -> g.mul(sinh(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = tanh x; ∂L/∂x = g · (1 − y²). */
    public static Tensor tanh(Tensor x) {
        Op tanh = Op.pure("tanh", Pointwise.floating(array(x), Unary.TANH));
        return x.dtype() == DataType.FLOAT
                ? tanh.wrt(x, BackwardOps::tanhByValue).tensor()
                : tanh.wrt(x, g -> BackwardOps.tanh("tanhBackward", g, x), x).tensor();
    }

    /** y = arsinh x; ∂L/∂x = g / √(x² + 1). */
    public static Tensor asinh(Tensor x) {
        return Op.pure("asinh", Pointwise.floating(array(x), Tabulated.ASINH))
                .wrt(x, g -> g.mul(Slopes.asinh(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = arcosh x; ∂L/∂x = g / √(x² − 1). NaN below 1. */
    public static Tensor acosh(Tensor x) {
        return Op.pure("acosh", Pointwise.floating(array(x), Tabulated.ACOSH))
                .wrt(x, g -> g.mul(Slopes.acosh(HalfTypes.widened(x))), x)
                .tensor();
    }

    /** y = artanh x; ∂L/∂x = g / (1 − x²). Infinite at ±1. */
    public static Tensor atanh(Tensor x) {
        return Op.pure("atanh", Pointwise.floating(array(x), Tabulated.ATANH))
                .wrt(x, g -> g.mul(Slopes.atanh(HalfTypes.widened(x))), x)
                .tensor();
    }

    /**
     * y = the angle of the point (x, y), in (−π, π]; ∂L/∂y = g · x / (x² + y²), ∂L/∂x = −g · y / (x² + y²), 0 at
     * (0, 0).
     */
    public static Tensor atan2(Tensor y, Tensor x) {
        return Op.pure("atan2", Pointwise.floating("atan2", array(y), array(x), Binary.ATAN2))
                .wrt(y, g -> Slopes.atan2(g, y, x), x, y)
                .wrt(x, g -> Slopes.atan2(g, x, y).neg(), x, y)
                .tensor();
    }

    /** y = √(a² + b²) without overflow; ∂L/∂a = g · a / y, ∂L/∂b = g · b / y, NaN where a = b = 0. */
    public static Tensor hypot(Tensor a, Tensor b) {
        return Op.pure("hypot", Pointwise.floating("hypot", array(a), array(b), Binary.HYPOT))
                .wrt(a, g -> g.mul(Slopes.hypot(HalfTypes.widened(a), HalfTypes.widened(b))), a, b)
                .wrt(b, g -> g.mul(Slopes.hypot(HalfTypes.widened(b), HalfTypes.widened(a))), a, b)
                .tensor();
    }

    /** y = a · 2ᵇ, whole b or not, also where 2ᵇ does not fit; ∂L/∂a = g · 2ᵇ, ∂L/∂b = g · y · ln 2. */
    public static Tensor ldexp(Tensor a, Tensor b) {
        return HalfTypes.wide(a, b, Elementary::shifted);
    }

    private static Tensor shifted(Tensor a, Tensor b) {
        return Op.pure("ldexp", Pointwise.floating("ldexp", array(a), array(b), Elementary::ldexp))
                .wrt(a, g -> shifted(g, b), b)
                .wrt(b, (g, y) -> g.mul(y).mul(LN_2))
                .tensor();
    }

    private static double ldexp(double a, double b) {
        double whole = Math.rint(Math.max(-5000, Math.min(b, 5000)));
        return Math.scalb(a * Math.pow(2, b - whole), (int) whole);
    }

    /** y = x · π / 180, radians of degrees. */
    public static Tensor deg2rad(Tensor x) {
        return x.mul(Math.PI / 180);
    }

    /** y = x · 180 / π, degrees of radians. */
    public static Tensor rad2deg(Tensor x) {
        return x.mul(180 / Math.PI);
    }
}
