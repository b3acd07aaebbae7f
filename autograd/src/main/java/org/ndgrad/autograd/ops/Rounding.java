package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Scalars;
import org.ndgrad.autograd.kernels.math.Unary;

/**
 * Whole numbers near an element. They are constant between jumps, so no gradient flows. Integral tensors stay as they
 * are.
 */
public final class Rounding {

    private Rounding() {}

    /** y = the largest whole number not above x; ∂L/∂x = 0. */
    public static Tensor floor(Tensor x) {
        return Op.pure("floor", Pointwise.numeric(array(x), Unary.FLOOR, v -> v))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = the smallest whole number not below x; ∂L/∂x = 0. */
    public static Tensor ceil(Tensor x) {
        return Op.pure("ceil", Pointwise.numeric(array(x), Unary.CEIL, v -> v))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = the nearest whole number, the even one of two; ∂L/∂x = 0. */
    public static Tensor round(Tensor x) {
        return Op.pure("round", Pointwise.numeric(array(x), Unary.ROUND, v -> v))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /**
     * y = the nearest number with so many digits behind the decimal point, the even one of two; ∂L/∂x = 0.
     *
     * @param decimals negative to round before the point: −3 for whole thousands
     */
    public static Tensor round(Tensor x, @Default("0") int decimals) {
        double power = Math.pow(10, Math.abs(decimals));
        return Op.pure(
                        "round",
                        Pointwise.numeric(
                                array(x),
                                Unary.decimals(decimals < 0, power),
                                v -> decimals < 0 ? Scalars.round(v, -decimals) : v))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = x without its fraction; ∂L/∂x = 0. */
    public static Tensor trunc(Tensor x) {
        return Op.pure("trunc", Pointwise.numeric(array(x), Unary.TRUNC, v -> v))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = x − trunc x; ∂L/∂x = g. */
    public static Tensor frac(Tensor x) {
        OpChecks.numbers("frac", x);
        return Op.pure("frac", Pointwise.numeric(array(x), Unary.FRAC, v -> 0))
                .wrt(x, g -> g)
                .tensor();
    }
}
