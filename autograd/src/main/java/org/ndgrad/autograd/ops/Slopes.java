package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.elementwise.Powers;
import org.ndgrad.autograd.kernels.math.DoubleMath;
import org.ndgrad.autograd.kernels.math.ElementarySlopes;
import org.ndgrad.autograd.kernels.math.Scalars;
import org.ndgrad.autograd.kernels.math.ScaledProducts;
import org.ndgrad.autograd.kernels.math.Sinc;
import org.ndgrad.autograd.kernels.math.Ternary;

/**
 * Derivatives of functions for which a formula made of operations would cancel, overflow or round too often. They are
 * computed in double precision, rounded once, and can be differentiated in turn.
 */
final class Slopes {

    private static final double LN_2 = Math.log(2);

    private static final Ternary POWER_SLOPE = Ternary.each(Slopes::powerSlope);
    private static final Ternary SIGNS =
            Ternary.each((g, a, b) -> a == 0 ? 0 : g * Math.signum(a) * Math.copySign(1, b));

    /** Beyond, 1 + x² is x². */
    private static final double SQUARE_MOST = 1e100;

    private Slopes() {}

    /** y = 2ˣ ln 2; ∂L/∂x = g · y · ln 2. */
    static Tensor exp2(Tensor x) {
        return of("exp2Backward", x, ElementarySlopes.EXP2, (g, y) -> g.mul(y).mul(LN_2));
    }

    /** y = log e / x, the logarithm to any base; ∂L/∂x = −g · y / x. */
    static Tensor log(String op, Tensor x, double logOfE) {
        return of(op + "Backward", x, v -> logOfE / v, (g, y) -> g.neg().mul(y.div(x)));
    }

    /** y = 1 / (1 + x²); ∂L/∂x = −2 g · x · y². */
    static Tensor atan(Tensor x) {
        return of(
                "atanBackward",
                x,
                v -> Math.abs(v) > SQUARE_MOST ? 1 / v / v : 1 / (1 + v * v),
                (g, y) -> g.mul(Masks.weigh(x, y)).mul(y).mul(-2));
    }

    /**
     * z = g x / (x² + y²), 0 at (0, 0); with w = g y / (x² + y²), which is this with x and y exchanged, ∂L/∂y =
     * −2 h x w / (x² + y²), ∂L/∂x = h (y w − x z) / (x² + y²) for an incoming h, 0 where x or y is infinite.
     */
    static Tensor atan2(Tensor g, Tensor y, Tensor x) {
        return Op.pure(
                        "atan2Backward",
                        Pointwise.floating("atan2Backward", array(g), array(y), array(x), Ternary.PER_SQUARES))
                .wrt(g, h -> atan2(h, y, x), y, x)
                .wrt(
                        y,
                        h -> whereFinite(
                                y, x, atan2(h.mul(atan2(g, x, y)), y, x).mul(-2)),
                        g,
                        y,
                        x)
                .wrt(
                        x,
                        h -> whereFinite(
                                y, x, atan2(h.mul(atan2(g, x, y)), x, y).sub(atan2(h.mul(atan2(g, y, x)), y, x))),
                        g,
                        y,
                        x)
                .tensor();
    }

    private static Tensor whereFinite(Tensor y, Tensor x, Tensor g) {
        return Comparison.maskedFill(g, Comparison.logicalOr(Comparison.isinf(y), Comparison.isinf(x)), 0);
    }

    /** y = σ(a − b), of the difference before it is rounded; ∂L/∂a = g y σ(b − a), ∂L/∂b = −g y σ(b − a). */
    static Tensor logaddexp(Tensor a, Tensor b) {
        return Op.pure(
                        "logaddexpBackward",
                        Pointwise.floating(
                                "logaddexpBackward", array(a), array(b), (p, q) -> DoubleMath.sigmoid(Math.E, p, q)))
                .wrt(a, (g, y) -> g.mul(y).mul(logaddexp(b, a)), a, b)
                .wrt(b, (g, y) -> g.neg().mul(y).mul(logaddexp(b, a)), a, b)
                .tensor();
    }

    /** y = 2ᵃ / (2ᵃ + 2ᵇ); ∂L/∂a = g y (1 − y) ln 2, ∂L/∂b = −g y (1 − y) ln 2. */
    static Tensor logaddexp2(Tensor a, Tensor b) {
        return Op.pure(
                        "logaddexp2Backward",
                        Pointwise.floating(
                                "logaddexp2Backward", array(a), array(b), (p, q) -> DoubleMath.sigmoid(2, p, q)))
                .wrt(a, (g, y) -> g.mul(y).mul(logaddexp2(b, a)).mul(LN_2), a, b)
                .wrt(b, (g, y) -> g.mul(y).mul(logaddexp2(b, a)).mul(-LN_2), a, b)
                .tensor();
    }

    /** y = factor · xᵏ, also where xᵏ does not fit; ∂L/∂x = g · factor · k · xᵏ⁻¹. */
    static Tensor power(Tensor x, double factor, double k) {
        return Powers.isSimple(k)
                ? x.pow(k).mul(factor)
                : Op.pure("powBackward", Powers.multiple(array(x), factor, k))
                        .wrt(x, g -> g.mul(power(x, factor * k, k - 1)), x)
                        .tensor();
    }

    /**
     * z = g b aᵇ⁻¹; ∂L/∂a = h g b · (b − 1) aᵇ⁻², 0 for b = 0 and 1; ∂L/∂b = h g (aᵇ⁻¹ + b aᵇ⁻¹ ln a), without the
     * logarithm where a = 0 and b is at least 1.
     */
    static Tensor pow(Tensor g, Tensor a, Tensor b) {
        return Op.pure("powBackward", Pointwise.floating("powBackward", array(g), array(a), array(b), POWER_SLOPE))
                .wrt(g, h -> pow(h, a, b), a, b)
                .wrt(
                        a,
                        h -> {
                            Tensor straight = Comparison.logicalOr(b.eq(0), b.eq(1));
                            return Comparison.maskedFill(pow(h.mul(g).mul(b), a, b.sub(1)), straight, 0);
                        },
                        g,
                        a,
                        b)
                .wrt(
                        b,
                        h -> {
                            Tensor both = h.mul(g);
                            Tensor zeroBase = Comparison.logicalAnd(a.eq(0), b.ge(1));
                            Tensor bend = Comparison.maskedFill(timesLog(pow(both, a, b), a), zeroBase, 0);
                            return both.mul(a.pow(b.sub(1))).add(bend);
                        },
                        g,
                        a,
                        b)
                .tensor();
    }

    /** Returns y ln a, 0 where y = 0 but a is positive: at infinity, a power falls faster than the logarithm rises. */
    private static Tensor timesLog(Tensor y, Tensor a) {
        return Comparison.maskedFill(y.mul(a.log()), Comparison.logicalAnd(a.gt(0), y.eq(0)), 0);
    }

    private static double powerSlope(double g, double a, double b) {
        double less = b - 1;
        double power = Scalars.power(a, less);
        if (Double.isNaN(power) || a == 0 || Double.isInfinite(a) || Double.isInfinite(b)) {
            return g * (b * power);
        }
        double lost = DoubleMath.differenceLost(b, 1); // a to the power of it is a factor
        double rest = lost == 0 ? 1 : Math.exp(lost * Math.log(Math.abs(a)));
        if (isNormal(power)) {
            return ScaledProducts.product(g, b, power * rest);
        }
        double root = Math.pow(Math.abs(a), less / 2);
        return root == 0 || Double.isInfinite(root)
                ? g * (b * power)
                : ScaledProducts.product(g * Math.copySign(b, b * power), root, root * rest);
    }

    private static boolean isNormal(double x) {
        return Math.abs(x) >= Double.MIN_NORMAL && Math.abs(x) <= Double.MAX_VALUE;
    }

    /** y = aᵇ ln a; ∂L/∂a = g (b aᵇ⁻¹ ln a + aᵇ⁻¹), ∂L/∂b = g y ln a. */
    static Tensor powByExponent(Tensor a, Tensor b) {
        return Op.pure("powBackward", Pointwise.floating("powBackward", array(a), array(b), Slopes::exponentSlope))
                .wrt(a, g -> timesLog(pow(g, a, b), a).add(g.mul(a.pow(b.sub(1)))), a, b)
                .wrt(b, (g, y) -> g.mul(y).mul(a.log()), a)
                .tensor();
    }

    private static double exponentSlope(double a, double b) {
        double power = Scalars.power(a, b);
        if (isNormal(power) || a == 0 || Double.isInfinite(a) || Double.isInfinite(b)) {
            return power * Math.log(a);
        }
        double root = Math.pow(a, b / 2);
        return ScaledProducts.product(Math.log(a), root, root);
    }

    /** y = g with the signs of a and b as factors, 0 where a = 0; linear in g, while a and b are constants. */
    static Tensor copysign(Tensor g, Tensor a, Tensor b) {
        return Op.pure("copysignBackward", Pointwise.floating("copysignBackward", array(g), array(a), array(b), SIGNS))
                .wrt(g, h -> copysign(h, a, b), a, b)
                .wrt(a, h -> Tensor.zerosLike(h))
                .tensor();
    }

    /** y = a / √(a² + b²), NaN at (0, 0); with w = b / √(a² + b²), ∂L/∂a = g w² / √…, ∂L/∂b = −g y w / √…. */
    static Tensor hypot(Tensor a, Tensor b) {
        return Op.pure("hypotBackward", Pointwise.floating("hypotBackward", array(a), array(b), Slopes::shareOfLength))
                .wrt(a, g -> g.mul(hypot(b, a).square()).div(Elementary.hypot(a, b)), a, b)
                .wrt(b, (g, y) -> g.neg().mul(y).mul(hypot(b, a)).div(Elementary.hypot(a, b)), a, b)
                .tensor();
    }

    private static double shareOfLength(double a, double b) {
        if (Double.isInfinite(a) && Math.abs(b) <= Double.MAX_VALUE) {
            return Math.signum(a);
        }
        double length = Math.hypot(a, b);
        double scale = length > Double.MAX_VALUE ? 0.5 : length < 0x1p-960 ? 0x1p100 : 1;
        return scale == 1 ? a / length : scale * a / Math.hypot(scale * a, scale * b);
    }

    /** y = 1 / √(1 + x²); ∂L/∂x = −g · x · y³. */
    static Tensor asinh(Tensor x) {
        return of(
                "asinhBackward",
                x,
                DoubleMath::asinhSlope,
                (g, y) -> g.mul(cubed(x, y)).neg());
    }

    /** y = 1 / √(x² − 1); ∂L/∂x = −g · x · y³. */
    static Tensor acosh(Tensor x) {
        return of(
                "acoshBackward",
                x,
                v -> 1 / (Math.sqrt(Math.abs(v) - 1) * Math.sqrt(Math.abs(v) + 1)),
                (g, y) -> g.mul(cubed(x, y)).neg());
    }

    /** y = 1 / √(1 − x²); ∂L/∂x = g · x · y³. */
    static Tensor asin(String op, Tensor x) {
        return of(op + "Backward", x, v -> 1 / Math.sqrt((1 - v) * (1 + v)), (g, y) -> g.mul(cubed(x, y)));
    }

    /** y = 1 / (1 − x²); ∂L/∂x = 2 g · x · y². */
    static Tensor atanh(Tensor x) {
        return of(
                "atanhBackward",
                x,
                v -> 1 / ((1 - v) * (1 + v)),
                (g, y) -> g.mul(Masks.weigh(x, y)).mul(y).mul(2));
    }

    /** y = 1 / (x (1 − x)), NaN outside [0, 1]; ∂L/∂x = g · (2 x − 1) · y². */
    static Tensor logit(Tensor x) {
        return of(
                "logitBackward",
                x,
                ElementarySlopes.LOGIT,
                (g, y) -> g.mul(x.mul(2).sub(1)).mul(y).mul(y));
    }

    /** y = 2/√π · e^(−x²); ∂L/∂x = −2 g · x · y. */
    static Tensor erf(String op, Tensor x) {
        return of(
                op + "Backward",
                x,
                ElementarySlopes.ERF,
                (g, y) -> g.mul(Masks.weigh(x, y)).mul(-2));
    }

    /** y = the n-th derivative of sin(πx) / (πx); ∂L/∂x = g · the next one. */
    static Tensor sinc(int n, Tensor x) {
        DoubleUnaryOperator f = n == 0 ? Sinc.VALUE : v -> Sinc.derivative(n, v);
        return of("sinc", x, f, (g, y) -> g.mul(sinc(n + 1, x)));
    }

    /** x · y³, one factor after the other, and 0 where y is. */
    private static Tensor cubed(Tensor x, Tensor y) {
        return Masks.weigh(x, y).mul(y).mul(y);
    }

    private static Tensor of(String name, Tensor x, DoubleUnaryOperator f, BinaryOperator<Tensor> vjp) {
        return Op.pure(name, Pointwise.floating(array(x), f)).wrt(x, vjp, x).tensor();
    }
}
