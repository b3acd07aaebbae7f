package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.DoubleMath;
import org.ndgrad.autograd.kernels.math.ScaledProducts;
import org.ndgrad.autograd.kernels.math.Sinc;

/**
 * Derivatives of functions for which a formula made of operations would cancel, overflow or round too often. They are
 * computed in double precision, rounded once, and can be differentiated in turn.
 */
final class Slopes {

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private static final double LN_2 = Math.log(2);

    /** Beyond, 2ˣ may overflow. */
    private static final double EXP2_MOST = 1000;

    /** Beyond, 1 + x² is x². */
    private static final double SQUARE_MOST = 1e100;

    private Slopes() {}

    /** y = 2ˣ ln 2; ∂L/∂x = g · y · ln 2. */
    static Tensor exp2(Tensor x) {
        return of(
                "exp2Backward",
                x,
                v -> v > EXP2_MOST ? 2 * LN_2 * Math.pow(2, v - 1) : LN_2 * Math.pow(2, v),
                (g, y) -> g.mul(y).mul(LN_2));
    }

    /** y = 1 / (x ln b) for a base b; ∂L/∂x = −g · y / x. */
    static Tensor log(String op, Tensor x, double lnOfBase) {
        return of(
                op + "Backward",
                x,
                v -> Math.abs(v) > 1 ? 1 / v / lnOfBase : 1 / (v * lnOfBase),
                (g, y) -> g.neg().mul(y.div(x)));
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
     * −2 h x w / (x² + y²), ∂L/∂x = h (y w − x z) / (x² + y²) for an incoming h.
     */
    static Tensor atan2(Tensor g, Tensor y, Tensor x) {
        return Op.pure(
                        "atan2Backward",
                        Pointwise.floating("atan2Backward", array(g), array(y), array(x), Slopes::perSquares))
                .wrt(g, h -> atan2(h, y, x), y, x)
                .wrt(y, h -> atan2(h.mul(atan2(g, x, y)), y, x).mul(-2), g, y, x)
                .wrt(x, h -> atan2(h.mul(atan2(g, x, y)), x, y).sub(atan2(h.mul(atan2(g, y, x)), y, x)), g, y, x)
                .tensor();
    }

    private static double perSquares(double g, double y, double x) {
        double squares = x * x + y * y;
        if (squares >= 0x1p-900 && squares < 0x1p900) {
            return ScaledProducts.ratio(g, x, squares);
        }
        double length = Math.hypot(x, y);
        return length == 0 ? 0 : ScaledProducts.ratio(g, x / length, length);
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

    /** y = 2/√π · e^(−x²); ∂L/∂x = −2 g · x · y. */
    static Tensor erf(String op, Tensor x) {
        return of(
                op + "Backward",
                x,
                v -> TWO_OVER_ROOT_PI * DoubleMath.gauss(v, 1),
                (g, y) -> g.mul(Masks.weigh(x, y)).mul(-2));
    }

    /** y = the n-th derivative of sin(πx) / (πx); ∂L/∂x = g · the next one. */
    static Tensor sinc(int n, Tensor x) {
        return of("sinc", x, v -> Sinc.derivative(n, v), (g, y) -> g.mul(sinc(n + 1, x)));
    }

    /** x · y³, one factor after the other, and 0 where y is. */
    private static Tensor cubed(Tensor x, Tensor y) {
        return Masks.weigh(x, y).mul(y).mul(y);
    }

    private static Tensor of(String name, Tensor x, DoubleUnaryOperator f, BinaryOperator<Tensor> vjp) {
        return Op.pure(name, Pointwise.floating(array(x), f)).wrt(x, vjp, x).tensor();
    }
}
