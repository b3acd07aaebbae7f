package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Quotient;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.elementwise.Powers;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.Ternary;
import org.ndgrad.autograd.kernels.math.Unary;

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
        return Op.pure("add", Pointwise.numeric("add", array(a), array(b), Binary.ADD))
                .wrt(a, g -> g)
                .wrt(b, g -> g)
                .tensor();
    }

    /** y = x + number; ∂L/∂x = g. */
    public static Tensor add(Tensor x, Number number) {
        return Op.pure("add", Pointwise.numeric(array(x), number, Binary.ADD))
                .wrt(x, g -> g)
                .tensor();
    }

    /** y = a + alpha · b; ∂L/∂a = g, ∂L/∂b = alpha · g. Integral tensors need a whole alpha. */
    public static Tensor add(Tensor a, Tensor b, Number alpha) {
        return Scaled.add("add", a, b, alpha);
    }

    /** y = a − b; ∂L/∂a = g, ∂L/∂b = −g. */
    public static Tensor sub(Tensor a, Tensor b) {
        checkNotBoolean("sub", a, b);
        return Op.pure("sub", Pointwise.numeric("sub", array(a), array(b), Binary.SUBTRACT))
                .wrt(a, g -> g)
                .wrt(b, g -> g.neg())
                .tensor();
    }

    /** y = x − number; ∂L/∂x = g. */
    public static Tensor sub(Tensor x, Number number) {
        checkNotBoolean("sub", x, x);
        return Op.pure("sub", Pointwise.numeric(array(x), number, Binary.SUBTRACT))
                .wrt(x, g -> g)
                .tensor();
    }

    /** y = a − alpha · b; ∂L/∂a = g, ∂L/∂b = −alpha · g. Integral tensors need a whole alpha. */
    public static Tensor sub(Tensor a, Tensor b, Number alpha) {
        checkNotBoolean("sub", a, b);
        return Scaled.sub(a, b, alpha);
    }

    /** y = number − x; ∂L/∂x = −g. */
    public static Tensor rsub(Tensor x, Number number) {
        checkNotBoolean("rsub", x, x);
        return Op.pure("rsub", Pointwise.numeric(number, array(x), Binary.SUBTRACT))
                .wrt(x, g -> g.neg())
                .tensor();
    }

    /** y = a · b; ∂L/∂a = g · b, ∂L/∂b = g · a. */
    public static Tensor mul(Tensor a, Tensor b) {
        return Op.pure("mul", Pointwise.numeric("mul", array(a), array(b), Binary.MULTIPLY))
                .wrt(a, g -> g.mul(b), b)
                .wrt(b, g -> g.mul(a), a)
                .tensor();
    }

    /** y = x · number; ∂L/∂x = g · number. */
    public static Tensor mul(Tensor x, Number number) {
        return Op.pure("mul", Pointwise.numeric(array(x), number, Binary.MULTIPLY))
                .wrt(x, g -> g.mul(number))
                .tensor();
    }

    /** y = x + value · a · b. */
    public static Tensor addcmul(Tensor x, Tensor a, Tensor b, @Default("1") Number value) {
        boolean floating = DTypes.isFloating(DTypes.promote(array(x), array(a), array(b)));
        return floating ? Scaled.addcmul(x, a, b, value) : Scaled.add("addcmul", x, a.mul(b), value);
    }

    /** y = x + value · a / b. */
    public static Tensor addcdiv(Tensor x, Tensor a, Tensor b, @Default("1") Number value) {
        return Scaled.addcdiv(x, a, b, value);
    }

    /** y = a / b, a floating tensor also of integral ones; ∂L/∂a = g / b, ∂L/∂b = −g · a / b². */
    public static Tensor div(Tensor a, Tensor b) {
        return Op.pure("div", Pointwise.floating("div", array(a), array(b), Binary.DIVIDE))
                .wrt(a, g -> g.div(b), b)
                .wrt(b, g -> Scaled.bySquare(g, a, b, -1), a, b)
                .tensor();
    }

    /** y = x / number, a floating tensor also of integral ones; ∂L/∂x = g / number. */
    public static Tensor div(Tensor x, Number number) {
        return Op.pure("div", Pointwise.floating(array(x), number, Binary.DIVIDE))
                .wrt(x, g -> g.div(number))
                .tensor();
    }

    /** y = number / x; ∂L/∂x = −g · number / x². */
    public static Tensor rdiv(Tensor x, Number number) {
        return HalfTypes.wide(
                x,
                v -> Op.pure("rdiv", Pointwise.floating(number, array(v), Binary.DIVIDE))
                        .wrt(v, g -> Scaled.bySquare(g, v, number), v)
                        .tensor());
    }

    /**
     * y = a / b, made a whole number; no gradient flows. Integral tensors stay integral.
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor div(Tensor a, Tensor b, Quotient quotient) {
        return quotient == Quotient.FLOOR
                ? discrete(name(quotient), a, b, Binary.FLOOR_DIVIDE, Math::floorDiv)
                : discrete(name(quotient), a, b, Binary.TRUNC_DIVIDE, (p, q) -> p / q);
    }

    private static String name(Quotient quotient) {
        return OpChecks.given("div", "quotient", quotient) == Quotient.FLOOR ? "floorDivide" : "truncDivide";
    }

    /** y = x / number, made a whole number; no gradient flows. */
    public static Tensor div(Tensor x, Number number, Quotient quotient) {
        return HalfTypes.wide(x, v -> div(v, beside(name(quotient), v, number), quotient));
    }

    private static Tensor discrete(
            String op, Tensor a, Tensor b, DoubleBinaryOperator quotient, LongBinaryOperator whole) {
        return Op.pure(op, divided(op, a, b, quotient, whole))
                .wrt(a, g -> Tensor.zerosLike(g))
                .wrt(b, g -> Tensor.zerosLike(g))
                .tensor();
    }

    private static INDArray divided(String op, Tensor a, Tensor b, DoubleBinaryOperator f, LongBinaryOperator g) {
        return Pointwise.numeric(op, array(a), array(b), f, (p, q) -> {
            if (q == 0) {
                throw new ArithmeticException(op + ": expected integral divisors other than 0; got 0."
                        + " Mask them, or convert with to(DataType.FLOAT).");
            }
            return g.applyAsLong(p, q);
        });
    }

    /**
     * y = ⌊a / b⌋; no gradient flows.
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor floorDivide(Tensor a, Tensor b) {
        return div(a, b, Quotient.FLOOR);
    }

    /** y = ⌊x / number⌋; no gradient flows. */
    public static Tensor floorDivide(Tensor x, Number number) {
        return div(x, number, Quotient.FLOOR);
    }

    /**
     * y = a − b · ⌊a / b⌋, with the sign of b; ∂L/∂a = g, ∂L/∂b = −g · ⌊a / b⌋.
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor remainder(Tensor a, Tensor b) {
        return Op.pure("remainder", divided("remainder", a, b, Binary.REMAINDER_FLOORED, Math::floorMod))
                .wrt(a, g -> g)
                .wrt(b, g -> g.neg().mul(floorDivide(a, b)), a, b)
                .tensor();
    }

    /** y = x − number · ⌊x / number⌋, with the sign of the number; ∂L/∂x = g. */
    public static Tensor remainder(Tensor x, Number number) {
        return HalfTypes.wide(x, v -> remainder(v, beside("remainder", v, number)));
    }

    /**
     * y = a − b · trunc(a / b), with the sign of a; ∂L/∂a = g, ∂L/∂b = −g · trunc(a / b).
     *
     * @throws ArithmeticException if both are integral and an element of b is 0
     */
    public static Tensor fmod(Tensor a, Tensor b) {
        return Op.pure("fmod", divided("fmod", a, b, Binary.REMAINDER_TRUNCATED, (p, q) -> p % q))
                .wrt(a, g -> g)
                .wrt(b, g -> g.neg().mul(div(a, b, Quotient.TRUNC)), a, b)
                .tensor();
    }

    /** y = x − number · trunc(x / number), with the sign of x; ∂L/∂x = g. */
    public static Tensor fmod(Tensor x, Number number) {
        return HalfTypes.wide(x, v -> fmod(v, beside("fmod", v, number)));
    }

    /** Returns the number as a tensor that counts as little as the number for the type of an operation with x. */
    static Tensor beside(String op, Tensor x, Number number) {
        DataType type = DTypes.promote(x.dtype(), number);
        return Tensor.of(type, Constants.held(op, type, number));
    }

    /** y = aᵇ; ∂L/∂a = g · b · aᵇ⁻¹ (0 where b = 0), ∂L/∂b = g · y · ln a (0 where a = 0 and b ≥ 0). */
    public static Tensor pow(Tensor a, Tensor b) {
        return HalfTypes.wide(a, b, Arithmetic::power);
    }

    private static Tensor power(Tensor a, Tensor b) {
        return Op.pure("pow", Pointwise.numeric("pow", array(a), array(b), Binary.POWER, Binary.POWER))
                .wrt(a, g -> Comparison.maskedFill(Slopes.pow(g, a, b), b.eq(0), 0), a, b)
                .wrt(b, g -> Comparison.maskedFill(g.mul(Slopes.powByExponent(a, b)), zeroBase(a, b), 0), a, b)
                .tensor();
    }

    private static Tensor zeroBase(Tensor a, Tensor b) {
        return Comparison.logicalAnd(a.eq(0), b.ge(0));
    }

    /** y = xᵏ; ∂L/∂x = g · k · xᵏ⁻¹, 0 for k = 0. */
    public static Tensor pow(Tensor x, Number k) {
        double factor = DTypes.round(DTypes.promote(x.dtype(), k), k);
        return Op.pure("pow", Powers.of(array(x), k))
                .wrt(
                        x,
                        g -> factor == 0
                                ? Tensor.zerosLike(g)
                                : g.mul(Slopes.power(HalfTypes.widened(x), factor, factor - 1)),
                        x)
                .tensor();
    }

    /** y = kˣ for a base k; ∂L/∂x = g · y · ln k. */
    public static Tensor pow(Number k, Tensor x) {
        return HalfTypes.wide(x, v -> pow(beside("pow", v, k), v));
    }

    /** y = aᵇ in float64, whatever the types of a and b. */
    public static Tensor floatPower(Tensor a, Tensor b) {
        return pow(a.to(DataType.DOUBLE), b.to(DataType.DOUBLE));
    }

    /** y = xᵏ in float64, whatever the type of x. */
    public static Tensor floatPower(Tensor x, Number k) {
        return pow(x.to(DataType.DOUBLE), k);
    }

    /** y = −x; ∂L/∂x = −g. */
    public static Tensor neg(Tensor x) {
        checkNotBoolean("neg", x, x);
        return Op.pure("neg", Pointwise.numeric(array(x), Unary.NEGATE, p -> -p))
                .wrt(x, g -> g.neg())
                .tensor();
    }

    /** y = |x|; ∂L/∂x = g · sign x, 0 at 0. */
    public static Tensor abs(Tensor x) {
        return Op.pure("abs", Pointwise.numeric(array(x), Unary.ABS, Math::abs))
                .wrt(x, g -> g.mul(sign(x)), x)
                .tensor();
    }

    /** y = x itself. */
    public static Tensor positive(Tensor x) {
        checkNotBoolean("positive", x, x);
        return x;
    }

    /** y = |a| with the sign of b, also of −0; ∂L/∂a = g · sign a · sign b, 0 where a = 0. No gradient flows to b. */
    public static Tensor copysign(Tensor a, Tensor b) {
        return Op.pure("copysign", Pointwise.floating("copysign", array(a), array(b), Binary.COPY_SIGN))
                .wrt(a, g -> Slopes.copysign(g, a, b), a, b)
                .wrt(b, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = |x| with the sign of the number, also of −0; ∂L/∂x = g · y / x, 0 where x = 0. */
    public static Tensor copysign(Tensor x, Number number) {
        return copysign(x, Tensor.of(DTypes.floating(x.dtype()), Math.copySign(1, number.doubleValue())));
    }

    /** y = −1, 0 or 1, as x is; no gradient flows. Sign of NaN is 0, as in PyTorch. */
    public static Tensor sign(Tensor x) {
        return Op.pure("sign", Pointwise.numeric(array(x), Unary.SIGN, Long::signum))
                .wrt(x, g -> Tensor.zerosLike(g))
                .tensor();
    }

    /** y = x²; ∂L/∂x = 2 g · x. Boolean tensors give int64. */
    public static Tensor square(Tensor x) {
        if (x.dtype() == DataType.BOOL) {
            return x.to(DataType.INT64);
        }
        return Op.pure("square", Pointwise.numeric(array(x), Unary.SQUARE, p -> p * p))
                .wrt(x, g -> g.mul(x).mul(2), x)
                .tensor();
    }

    /** y = 1 / x; ∂L/∂x = −g · y². */
    public static Tensor reciprocal(Tensor x) {
        return Elementary.byValue(
                "reciprocal", x, Unary.RECIPROCAL, (g, y) -> g.neg().mul(y).mul(y));
    }

    /** y = max(a, b); g goes to the larger one, half to each where they are equal. NaN wins. */
    public static Tensor maximum(Tensor a, Tensor b) {
        return Op.pure("maximum", Pointwise.numeric("maximum", array(a), array(b), Binary.MAX))
                .wrt(a, g -> Masks.weigh(g, Masks.shareOfLarger(a, b)), a, b)
                .wrt(b, g -> Masks.weigh(g, Masks.shareOfLarger(b, a)), a, b)
                .tensor();
    }

    /** y = min(a, b); g goes to the smaller one, half to each where they are equal. NaN wins. */
    public static Tensor minimum(Tensor a, Tensor b) {
        return Op.pure("minimum", Pointwise.numeric("minimum", array(a), array(b), Binary.MIN))
                .wrt(a, g -> Masks.weigh(g, Masks.shareOfLarger(b, a)), a, b)
                .wrt(b, g -> Masks.weigh(g, Masks.shareOfLarger(a, b)), a, b)
                .tensor();
    }

    /** y = min(max(x, low), high); ∂L/∂x = g where low ≤ x ≤ high, bounds included, else 0. */
    public static Tensor clamp(Tensor x, Number low, Number high) {
        OpChecks.bounds("clamp", low, high);
        Tensor source = x.to(DTypes.promote(DTypes.promote(x.dtype(), low), high));
        double min = DTypes.round(source.dtype(), low);
        double max = DTypes.round(source.dtype(), high);
        long least = Constants.bound("clamp", source.dtype(), low).longValue();
        long most = Constants.bound("clamp", source.dtype(), high).longValue();
        return Op.pure(
                        "clamp",
                        Pointwise.numeric(
                                array(source), Unary.clamp(min, max), p -> Math.min(Math.max(p, least), most)))
                .wrt(source, g -> Masks.keep(g, source, Interval.closed(min, max)), source)
                .tensor();
    }

    /**
     * y = min(max(x, low), high); ∂L/∂x = g where low ≤ x ≤ high, ∂L/∂low = g where x &lt; low &lt; high, ∂L/∂high = g
     * where high &lt; max(x, low), each else 0. For one of the bounds see {@link Bounds}.
     */
    public static Tensor clamp(Tensor x, Tensor low, Tensor high) {
        OpChecks.bounds("clamp", low, high);
        return Op.pure("clamp", Pointwise.clamp("clamp", array(x), array(low), array(high)))
                .wrt(x, g -> Masks.keep(g, Comparison.logicalAnd(x.ge(low), x.le(high))), x, low, high)
                .wrt(low, g -> Masks.keep(g, Comparison.logicalAnd(x.lt(low), low.lt(high))), x, low, high)
                .wrt(high, g -> Masks.keep(g, Comparison.logicalOr(x.gt(high), low.gt(high))), x, low, high)
                .tensor();
    }

    /** y = a + w · (b − a), exactly b for w = 1; ∂L/∂a = g · (1 − w), ∂L/∂b = g · w, ∂L/∂w = g · (b − a). */
    public static Tensor lerp(Tensor a, Tensor b, Tensor weight) {
        return Op.pure("lerp", Pointwise.floating("lerp", array(a), array(b), array(weight), Ternary.LERP))
                .wrt(a, g -> g.mul(HalfTypes.widened(weight).rsub(1)), weight)
                .wrt(b, g -> g.mul(weight), weight)
                .wrt(weight, g -> Scaled.byDifference(g, HalfTypes.widened(b), HalfTypes.widened(a)), a, b)
                .tensor();
    }

    /** y = a + w · (b − a), exactly b for w = 1; ∂L/∂a = g · (1 − w), ∂L/∂b = g · w. */
    public static Tensor lerp(Tensor a, Tensor b, double weight) {
        return Op.pure("lerp", Pointwise.floating("lerp", array(a), array(b), Binary.lerp(weight)))
                .wrt(a, g -> g.mul(1 - weight))
                .wrt(b, g -> g.mul(weight))
                .tensor();
    }

    private static void checkNotBoolean(String op, Tensor a, Tensor b) {
        checkArgument(
                a.dtype() != DataType.BOOL && b.dtype() != DataType.BOOL,
                "%s: expected tensors of numbers; got bool. Use logicalXor or logicalNot, or convert it with to(…).",
                op);
    }
}
