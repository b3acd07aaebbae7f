package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Pointwise;

/**
 * Sums, products, powers and the like, element by element.
 *
 * <p>Two tensors broadcast and promote. A number never promotes a floating tensor; a fractional one makes an integral
 * tensor float32.
 */
public final class Arithmetic {

    private Arithmetic() {}

    /** y = a + b; ∂L/∂a = g, ∂L/∂b = g. */
    public static Tensor add(Tensor a, Tensor b) {
        return Op.of("add", Pointwise.numeric("add", a.data(), b.data(), Double::sum, Long::sum))
                .wrt(a, g -> g)
                .wrt(b, g -> g)
                .tensor();
    }

    /** y = x + number; ∂L/∂x = g. */
    public static Tensor add(Tensor x, Number number) {
        return Op.of("add", Pointwise.numeric(x.data(), number, Double::sum, Long::sum))
                .wrt(x, g -> g)
                .tensor();
    }

    /** y = a − b; ∂L/∂a = g, ∂L/∂b = −g. */
    public static Tensor sub(Tensor a, Tensor b) {
        checkNotBoolean("sub", a, b);
        return Op.of("sub", Pointwise.numeric("sub", a.data(), b.data(), (p, q) -> p - q, (p, q) -> p - q))
                .wrt(a, g -> g)
                .wrt(b, g -> g.neg())
                .tensor();
    }

    /** y = x − number; ∂L/∂x = g. */
    public static Tensor sub(Tensor x, Number number) {
        return Op.of("sub", Pointwise.numeric(x.data(), number, (p, q) -> p - q, (p, q) -> p - q))
                .wrt(x, g -> g)
                .tensor();
    }

    /** y = number − x; ∂L/∂x = −g. */
    public static Tensor rsub(Tensor x, Number number) {
        return Op.of("rsub", Pointwise.numeric(x.data(), number, (p, q) -> q - p, (p, q) -> q - p))
                .wrt(x, g -> g.neg())
                .tensor();
    }

    /** y = a · b; ∂L/∂a = g · b, ∂L/∂b = g · a. */
    public static Tensor mul(Tensor a, Tensor b) {
        return Op.of("mul", Pointwise.numeric("mul", a.data(), b.data(), (p, q) -> p * q, (p, q) -> p * q))
                .wrt(a, g -> g.mul(b), b)
                .wrt(b, g -> g.mul(a), a)
                .tensor();
    }

    /** y = x · number; ∂L/∂x = g · number. */
    public static Tensor mul(Tensor x, Number number) {
        return Op.of("mul", Pointwise.numeric(x.data(), number, (p, q) -> p * q, (p, q) -> p * q))
                .wrt(x, g -> g.mul(number))
                .tensor();
    }

    /** y = a / b, a floating tensor also of integral ones; ∂L/∂a = g / b, ∂L/∂b = −g · a / b². */
    public static Tensor div(Tensor a, Tensor b) {
        return Op.of("div", Pointwise.floating("div", a.data(), b.data(), (p, q) -> p / q))
                .wrt(a, g -> g.div(b), b)
                .wrt(b, g -> g.neg().mul(a.div(b).div(b)), a, b)
                .tensor();
    }

    /** y = x / number, a floating tensor also of integral ones; ∂L/∂x = g / number. */
    public static Tensor div(Tensor x, Number number) {
        double divisor = DTypes.round(DTypes.floating(x.dtype()), number);
        return Op.of("div", Pointwise.floating(x.data(), p -> p / divisor))
                .wrt(x, g -> g.div(number))
                .tensor();
    }

    /** y = number / x; ∂L/∂x = −g · y / x. */
    public static Tensor rdiv(Tensor x, Number number) {
        double dividend = DTypes.round(DTypes.floating(x.dtype()), number);
        return Op.of("rdiv", Pointwise.floating(x.data(), p -> dividend / p))
                .wrt(x, (g, y) -> g.neg().mul(y.div(x)), x)
                .tensor();
    }

    /**
     * y = ⌊a / b⌋; no gradient flows.
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor floorDivide(Tensor a, Tensor b) {
        return Op.of(
                        "floorDivide",
                        Pointwise.numeric(
                                "floorDivide",
                                a.data(),
                                b.data(),
                                Arithmetic::floorDivide,
                                (p, q) -> Math.floorDiv(p, divisor("floorDivide", q))))
                .wrt(a, Tensor::zerosLike)
                .wrt(b, Tensor::zerosLike)
                .tensor();
    }

    /**
     * y = a − b · ⌊a / b⌋, with the sign of b; ∂L/∂a = g, ∂L/∂b = −g · ⌊a / b⌋.
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor remainder(Tensor a, Tensor b) {
        return Op.of(
                        "remainder",
                        Pointwise.numeric(
                                "remainder",
                                a.data(),
                                b.data(),
                                Arithmetic::mod,
                                (p, q) -> Math.floorMod(p, divisor("remainder", q))))
                .wrt(a, g -> g)
                .wrt(b, g -> g.neg().mul(floorDivide(a, b)), a, b)
                .tensor();
    }

    private static long divisor(String op, long q) {
        if (q == 0) {
            throw new ArithmeticException(
                    op
                            + ": expected integral divisors other than 0; got 0. Mask them, or convert with to(DataType.FLOAT).");
        }
        return q;
    }

    /** Python's floor division, where 1 // 0.1 is 9, since 0.1 is a little more than a tenth. */
    private static double floorDivide(double p, double q) {
        if (q == 0) {
            return p / q;
        }
        double rest = p % q;
        double quotient = (p - rest) / q - (rest != 0 && rest < 0 != q < 0 ? 1 : 0);
        double floor = Math.floor(quotient);
        return quotient == 0 ? Math.copySign(0, p / q) : quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double mod(double p, double q) {
        double rest = p % q;
        return rest != 0 && rest < 0 != q < 0 ? rest + q : rest;
    }

    /** y = aᵇ; ∂L/∂a = g · b · aᵇ⁻¹ (0 where b = 0), ∂L/∂b = g · y · ln a (0 where a = 0 and b ≥ 0). */
    public static Tensor pow(Tensor a, Tensor b) {
        return Op.of("pow", Pointwise.numeric("pow", a.data(), b.data(), Arithmetic::power, Arithmetic::power))
                .wrt(a, g -> Comparison.maskedFill(g.mul(b.mul(a.pow(b.sub(1)))), b.eq(0), 0), a, b)
                .wrt(b, (g, y) -> Comparison.maskedFill(g.mul(y.mul(a.log())), zeroBase(a, b), 0), a, b)
                .tensor();
    }

    private static Tensor zeroBase(Tensor a, Tensor b) {
        return Comparison.logicalAnd(a.eq(0), b.ge(0));
    }

    /** y = xᵏ; ∂L/∂x = g · k · xᵏ⁻¹, 0 for k = 0. */
    public static Tensor pow(Tensor x, Number k) {
        double less = k.doubleValue() - 1;
        return Op.of("pow", Pointwise.numeric(x.data(), k, Arithmetic::power, Arithmetic::power))
                .wrt(
                        x,
                        g -> less == -1
                                ? Tensor.zerosLike(g)
                                : g.mul(x.pow(less).mul(k)),
                        x)
                .tensor();
    }

    /** y = kˣ for a base k; ∂L/∂x = g · y · ln k. */
    public static Tensor pow(Number k, Tensor x) {
        return pow(Tensor.of(DTypes.promote(x.dtype(), k), k), x);
    }

    /** C's pow, which knows that 1 to any power is 1, and −1 to an infinite one. */
    private static double power(double base, double exponent) {
        return base == 1 || (base == -1 && Double.isInfinite(exponent)) ? 1 : Math.pow(base, exponent);
    }

    private static long power(long base, long exponent) {
        checkArgument(
                exponent >= 0,
                "pow: expected whole exponents of at least 0 for an integral base; got %s. Convert to float first.",
                exponent);
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return result;
    }

    /** y = −x; ∂L/∂x = −g. */
    public static Tensor neg(Tensor x) {
        checkNotBoolean("neg", x, x);
        return Op.of("neg", Pointwise.numeric(x.data(), p -> -p, p -> -p))
                .wrt(x, g -> g.neg())
                .tensor();
    }

    /** y = |x|; ∂L/∂x = g · sign x, 0 at 0. */
    public static Tensor abs(Tensor x) {
        return Op.of("abs", Pointwise.numeric(x.data(), Math::abs, Math::abs))
                .wrt(x, g -> g.mul(sign(x)), x)
                .tensor();
    }

    /** y = −1, 0 or 1, as x is; no gradient flows. Sign of NaN is 0, as in PyTorch. */
    public static Tensor sign(Tensor x) {
        return Op.of("sign", Pointwise.numeric(x.data(), p -> p > 0 ? 1 : p < 0 ? -1 : 0, Long::signum))
                .wrt(x, Tensor::zerosLike)
                .tensor();
    }

    /** y = x²; ∂L/∂x = 2 g · x. */
    public static Tensor square(Tensor x) {
        return Op.of("square", Pointwise.numeric(x.data(), p -> p * p, p -> p * p))
                .wrt(x, g -> g.mul(x).mul(2), x)
                .tensor();
    }

    /** y = 1 / x; ∂L/∂x = −g · y². */
    public static Tensor reciprocal(Tensor x) {
        return Op.of("reciprocal", Pointwise.floating(x.data(), p -> 1 / p))
                .wrt(x, (g, y) -> g.neg().mul(y.mul(y)))
                .tensor();
    }

    /** y = max(a, b); g goes to the larger one, half to each where they are equal. NaN wins. */
    public static Tensor maximum(Tensor a, Tensor b) {
        return Op.of("maximum", Pointwise.numeric("maximum", a.data(), b.data(), Math::max, Math::max))
                .wrt(a, g -> g.mul(shareOfLarger(a, b)), a, b)
                .wrt(b, g -> g.mul(shareOfLarger(b, a)), a, b)
                .tensor();
    }

    /** y = min(a, b); g goes to the smaller one, half to each where they are equal. NaN wins. */
    public static Tensor minimum(Tensor a, Tensor b) {
        return Op.of("minimum", Pointwise.numeric("minimum", a.data(), b.data(), Math::min, Math::min))
                .wrt(a, g -> g.mul(shareOfLarger(b, a)), a, b)
                .wrt(b, g -> g.mul(shareOfLarger(a, b)), a, b)
                .tensor();
    }

    private static Tensor shareOfLarger(Tensor a, Tensor b) {
        return Op.of("share", Pointwise.floating("share", a.data(), b.data(), (p, q) -> p < q ? 0 : p == q ? 0.5 : 1))
                .tensor();
    }

    /** y = min(max(x, low), high); ∂L/∂x = g where low ≤ x ≤ high, bounds included, else 0. */
    public static Tensor clamp(Tensor x, Number low, Number high) {
        boolean whole = DTypes.isIntegral(low) && DTypes.isIntegral(high);
        Tensor source = DTypes.isFloating(x.dtype()) || whole ? x : x.to(DataType.FLOAT);
        double min = DTypes.round(source.dtype(), low);
        double max = DTypes.round(source.dtype(), high);
        return Op.of(
                        "clamp",
                        Pointwise.numeric(
                                source.data(),
                                p -> Math.min(Math.max(p, min), max),
                                p -> Math.min(Math.max(p, low.longValue()), high.longValue())))
                .wrt(source, g -> g.mul(Comparison.logicalAnd(source.ge(low), source.le(high))), source)
                .tensor();
    }

    /** y = a + w · (b − a). */
    public static Tensor lerp(Tensor a, Tensor b, Tensor weight) {
        return a.add(weight.mul(b.sub(a)));
    }

    private static void checkNotBoolean(String op, Tensor a, Tensor b) {
        checkArgument(
                DTypes.promote(a.dtype(), b.dtype()) != DataType.BOOL,
                "%s: expected tensors of numbers; got bool. Use logicalXor or logicalNot.",
                op);
    }
}
