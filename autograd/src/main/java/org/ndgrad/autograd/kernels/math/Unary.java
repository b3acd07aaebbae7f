package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/**
 * Functions of one number that are used so often that they have loops of their own. Those of {@link FloatMath} and
 * {@link FloatTrigonometry} are exact to one or two units in the last place of a float32 result.
 */
public final class Unary implements DoubleUnaryOperator {

    /** −x. */
    public static final Unary NEGATE = new Unary(x -> -x, FloatLoops::negate, DoubleLoops::negate);

    /** |x|. */
    public static final Unary ABS = new Unary(Math::abs, FloatLoops::abs, DoubleLoops::abs);

    /** x². */
    public static final Unary SQUARE = new Unary(x -> x * x, FloatLoops::square, DoubleLoops::square);

    /** max(x, 0). */
    public static final Unary RELU = new Unary(x -> Math.max(x, 0), FloatLoops::relu, DoubleLoops::relu);

    /** 1 / x. */
    public static final Unary RECIPROCAL = new Unary(x -> 1 / x, FloatLoops::reciprocal, DoubleLoops::reciprocal);

    /** √x. */
    public static final Unary SQRT = new Unary(Math::sqrt, FloatLoops::sqrt, DoubleLoops::sqrt);

    /** 1 / √x. */
    public static final Unary RSQRT =
            new Unary(x -> 1 / Math.sqrt(x), FloatLoops::reciprocalSqrt, DoubleLoops::reciprocalSqrt);

    /** −1, 0 or 1, as x is; 0 for NaN. */
    public static final Unary SIGN = new Unary(x -> x > 0 ? 1 : x < 0 ? -1 : 0, FloatLoops::sign, DoubleLoops::sign);

    /** eˣ. */
    public static final Unary EXP =
            DoubleSteps.unary((x, z, n) -> FloatMath.exp(x, 0, z, 0, n), DoubleExponentials::exp, 1);

    /** eˣ − 1. */
    public static final Unary EXPM1 = DoubleSteps.unary(
            (x, z, n) -> FloatMath.inBlocks(FloatSmoothLoops::expm1, x, z, n), DoubleExponentials::expm1, 1);

    /** ln x. */
    public static final Unary LOG =
            DoubleSteps.unary((x, z, n) -> FloatMath.log(x, 0, z, 0, n), DoubleLogarithms::log, 1);

    /** tanh x. */
    public static final Unary TANH =
            DoubleSteps.unary((x, z, n) -> FloatMath.tanh(x, 0, z, 0, n), DoubleExponentials::tanh, 1);

    /** 1 / (1 + e⁻ˣ). */
    public static final Unary SIGMOID =
            DoubleSteps.unary((x, z, n) -> FloatMath.sigmoid(x, 0, z, 0, n), DoubleLogistic.SIGMOID, 1);

    /** sin x. */
    public static final Unary SIN =
            DoubleSteps.unary((x, z, n) -> FloatTrigonometry.sin(x, 0, z, 0, n), DoubleTrigonometry.SIN, 1);

    /** cos x. */
    public static final Unary COS =
            DoubleSteps.unary((x, z, n) -> FloatTrigonometry.cos(x, 0, z, 0, n), DoubleTrigonometry.COS, 1);

    /** The largest whole number not above x. */
    public static final Unary FLOOR = new Unary(Math::floor, FloatLoops::floor, DoubleLoops::floor);

    /** The smallest whole number not below x. */
    public static final Unary CEIL = new Unary(Math::ceil, FloatLoops::ceil, DoubleLoops::ceil);

    /** The nearest whole number, the even one of two. */
    public static final Unary ROUND = new Unary(Math::rint, FloatLoops::round, DoubleLoops::round);

    /** x without its fraction. */
    public static final Unary TRUNC = new Unary(Scalars::trunc, FloatLoops::trunc, DoubleLoops::trunc);

    /** x − trunc x. */
    public static final Unary FRAC = new Unary(x -> x - Scalars.trunc(x), FloatLoops::fraction, DoubleLoops::fraction);

    /** x itself. */
    public static final Unary SAME = new Unary(x -> x, FloatLoops::copy, DoubleLoops::copy);

    private final DoubleUnaryOperator one;
    /** The loop over floats. */
    public final FloatLoops.One floats;
    /** The loop over doubles. */
    public final DoubleLoops.One doubles;
    /** How many times as long as a sum an element takes, about: so much fewer of them are worth another thread. */
    public final int cost;

    /** Whether the loop over doubles is also the one for few of them, since single numbers would get other bits. */
    private final boolean always;

    /** Creates a function of which each type has a loop of its own. */
    public Unary(DoubleUnaryOperator one, FloatLoops.One floats, DoubleLoops.One doubles) {
        this(one, floats, doubles, 1);
    }

    /** Creates a function of which each type has a loop of its own, and which takes long. */
    Unary(DoubleUnaryOperator one, FloatLoops.One floats, DoubleLoops.One doubles, int cost) {
        this(one, floats, doubles, cost, false);
    }

    /** Creates a function whose loop over doubles, which fills up what is too short, is used for few of them, too. */
    Unary(DoubleUnaryOperator one, FloatLoops.One floats, DoubleLoops.One doubles, int cost, boolean always) {
        this.always = always;
        this.one = one;
        this.floats = floats;
        this.doubles = doubles;
        this.cost = cost;
    }

    /** Returns the loop for so many doubles: a short one would keep the compiler from vector instructions. */
    public DoubleLoops.One doubles(long count) {
        return always || count >= Scratch.FEW ? doubles : DoubleLoops.each(one);
    }

    /** Returns min(max(x, low), high); NaN stays. */
    public static Unary clamp(double low, double high) {
        return new Unary(
                x -> Math.min(Math.max(x, low), high),
                (x, z, n) -> FloatLoops.clamp(x, (float) low, (float) high, z, n),
                (x, z, n) -> DoubleLoops.clamp(x, low, high, z, n));
    }

    /** Returns x where it is finite, else one of three numbers. */
    public static Unary finite(double nan, double posInf, double negInf) {
        return new Unary(
                x -> Math.abs(x) <= Double.MAX_VALUE ? x : Double.isNaN(x) ? nan : x > 0 ? posInf : negInf,
                (x, z, n) -> FloatPiecewiseLoops.finite(x, (float) nan, (float) posInf, (float) negInf, z, n),
                (x, z, n) -> DoublePiecewiseLoops.finite(x, nan, posInf, negInf, z, n));
    }

    /** Returns the nearest multiple of the power of ten, or of its inverse, the even one of two. */
    public static Unary decimals(boolean whole, double power) {
        return DoubleSteps.unary((s, n) -> {
            if (!whole) {
                DoublePiecewiseLoops.decimals(s.x, power, s.y, n);
            } else if (power == Double.POSITIVE_INFINITY) {
                DoubleLoops.multiply(s.x, 0, s.y, n);
            } else {
                DoublePiecewiseLoops.multiples(s.x, power, s.y, n);
            }
        });
    }

    /** Returns factor · xᵏ for a finite k, also where xᵏ does not fit. */
    public static Unary power(double k, double factor) {
        return DoubleSteps.unary(
                (x, z, n) -> FloatPowers.power(x, k, factor, z, n),
                factor == 1 ? DoublePowers.power(k) : DoublePowers.multiple(k, factor));
    }

    /** Returns a function of which float32 has a loop of its own. */
    public static Unary of(DoubleUnaryOperator one, FloatLoops.One floats) {
        return new Unary(one, floats, DoubleLoops.each(one));
    }

    @Override
    public double applyAsDouble(double x) {
        return one.applyAsDouble(x);
    }
}
