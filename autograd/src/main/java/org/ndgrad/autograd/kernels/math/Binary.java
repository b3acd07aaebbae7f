package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions of two numbers that are used so often that they have loops of their own. */
public final class Binary implements DoubleBinaryOperator, LongBinaryOperator {

    /** a + b. */
    public static final Binary ADD = new Binary(Double::sum, Long::sum, FloatLoops::add, DoubleLoops::add);

    /** a − b. */
    public static final Binary SUBTRACT =
            new Binary((a, b) -> a - b, (a, b) -> a - b, FloatLoops::subtract, DoubleLoops::subtract);

    /** a · b. */
    public static final Binary MULTIPLY =
            new Binary((a, b) -> a * b, (a, b) -> a * b, FloatLoops::multiply, DoubleLoops::multiply);

    /** a / b. */
    public static final Binary DIVIDE =
            new Binary((a, b) -> a / b, (a, b) -> a / b, FloatLoops::divide, DoubleLoops::divide);

    /** The larger one; NaN wins. */
    public static final Binary MAX = new Binary(Math::max, Math::max, FloatLoops::max, DoubleLoops::max);

    /** The smaller one; NaN wins. */
    public static final Binary MIN = new Binary(Math::min, Math::min, FloatLoops::min, DoubleLoops::min);

    /** a · b where b is not 0, else 0, even if a is infinite. */
    public static final Binary WEIGH =
            of((a, b) -> b == 0 ? 0 : a * b, FloatPiecewiseLoops::weigh, DoublePiecewiseLoops::weigh);

    /** a · b for a b that is 0 or more than 1, and 0 where b is 0, even if a is infinite. */
    public static final Binary DROP = new Binary(
            (a, b) -> Math.min(Math.max(a, -Double.MAX_VALUE), Double.MAX_VALUE) * b,
            (a, b) -> a * b,
            FloatLoops::drop,
            DoubleLoops::drop);

    /** a where b is positive or NaN, else 0. */
    public static final Binary KEEP_POSITIVE = new Binary(
            (a, b) -> b <= 0 ? 0 : a,
            (a, b) -> b <= 0 ? 0 : a,
            keep(Interval.atMost(0).not()).floats,
            keep(Interval.atMost(0).not()).doubles);

    /** a (1 − b²), the backward pass of b = tanh x. */
    public static final Binary TANH_BACKWARD = of((a, b) -> a * ((1 - b) * (1 + b)), FloatLoops::tanhBackward);

    /** aᵇ as C's pow. */
    public static final Binary POWER = new Binary(
            DoubleSteps.two(DoublePowers.POWER),
            Scalars::power,
            FloatPowers::power,
            DoubleSteps.doubles(DoublePowers.POWER),
            true);

    /** a − b · trunc(a / b). */
    public static final Binary REMAINDER_TRUNCATED =
            ofSteps((a, b) -> a % b, FloatQuotients.TRUNCATED_REMAINDER, DoubleQuotients.TRUNCATED_REMAINDER);

    /** a − b · ⌊a / b⌋. */
    public static final Binary REMAINDER_FLOORED =
            ofSteps(Scalars::floorMod, FloatQuotients.FLOORED_REMAINDER, DoubleQuotients.FLOORED_REMAINDER);

    /** ⌊a / b⌋. */
    public static final Binary FLOOR_DIVIDE =
            ofSteps(Scalars::floorDivide, FloatQuotients.FLOORED, DoubleQuotients.FLOORED);

    /** a / b without its fraction. */
    public static final Binary TRUNC_DIVIDE =
            steps((a, b) -> Scalars.trunc(a / b), (s, n) -> DoubleLoops.truncDivide(s.x, s.second, s.y, n));

    /** a ln b, 0 where a = 0 unless b is NaN. */
    public static final Binary XLOGY = steps(DoubleEntropies.XLOGY);

    /** a ln(1 + b), 0 where a = 0 unless b is NaN. */
    public static final Binary XLOG1PY = steps(DoubleEntropies.XLOG1PY);

    /** 1 where a is larger, or NaN is there; ½ where both are equal, else 0. */
    public static final Binary SHARE_OF_LARGER = of(
            (a, b) -> a < b ? 0 : a == b ? 0.5 : 1,
            FloatPiecewiseLoops::shareOfLarger,
            DoublePiecewiseLoops::shareOfLarger);

    /** 0 where a is less than 0 or NaN, b where a = 0, else 1. */
    public static final Binary HEAVISIDE = new Binary(
            (a, b) -> a == 0 ? b : a > 0 ? 1 : 0,
            (a, b) -> a == 0 ? b : a > 0 ? 1 : 0,
            FloatPiecewiseLoops::heaviside,
            DoublePiecewiseLoops::heaviside);

    /** ln(eᵃ + eᵇ) without overflow. */
    public static final Binary LOG_ADD_EXP = ofSteps(FloatLogAddExp.NATURAL, DoubleLogistic.LOGADDEXP);

    /** log₂(2ᵃ + 2ᵇ) without overflow. */
    public static final Binary LOG_ADD_EXP2 = ofSteps(FloatLogAddExp.OF_TWO, DoubleLogistic.LOGADDEXP2);

    /** The angle of the point (b, a), from −π to π. */
    public static final Binary ATAN2 = ofSteps(FloatAngles.ATAN2, DoubleAngles.ATAN2);

    /** √(a² + b²) without overflow. */
    public static final Binary HYPOT = ofSteps(Binary::hypotOfFloats, DoublePowers.HYPOT);

    /** |a| with the sign of b. */
    public static final Binary COPY_SIGN = of(Math::copySign, FloatLoops::copySign, DoubleLoops::copySign);

    private final DoubleBinaryOperator real;
    private final LongBinaryOperator whole;
    /** The loop over floats. */
    public final FloatLoops.Two floats;
    /** The loop over doubles. */
    public final DoubleLoops.Two doubles;

    /** Whether the loop over doubles, which fills up what is too short, is also the one for few of them. */
    private final boolean always;

    private Binary(
            DoubleBinaryOperator real, LongBinaryOperator whole, FloatLoops.Two floats, DoubleLoops.Two doubles) {
        this(real, whole, floats, doubles, false);
    }

    private Binary(
            DoubleBinaryOperator real,
            LongBinaryOperator whole,
            FloatLoops.Two floats,
            DoubleLoops.Two doubles,
            boolean always) {
        this.real = real;
        this.whole = whole;
        this.floats = floats;
        this.doubles = doubles;
        this.always = always;
    }

    /** Returns the loop for so many doubles: a short one would keep the compiler from vector instructions. */
    public DoubleLoops.Two doubles(long count) {
        return always || count >= Scratch.FEW ? doubles : DoubleLoops.each(real);
    }

    /** Returns a function of which float32 has a loop of its own. */
    static Binary of(DoubleBinaryOperator real, FloatLoops.Two floats) {
        return new Binary(
                real, (a, b) -> (long) real.applyAsDouble((double) a, (double) b), floats, DoubleLoops.each(real));
    }

    /** Returns a function of floating numbers of which each type has a loop of its own. */
    public static Binary of(DoubleBinaryOperator real, FloatLoops.Two floats, DoubleLoops.Two doubles) {
        return new Binary(real, (a, b) -> (long) real.applyAsDouble((double) a, (double) b), floats, doubles);
    }

    /** Returns a function of floating numbers of which a step gives the same bits as the function of two numbers. */
    private static Binary steps(DoubleBinaryOperator real, DoubleSteps.Step step) {
        return ofSteps(real, step, step);
    }

    /** The same with a step for float32 of its own. */
    private static Binary ofSteps(DoubleBinaryOperator real, DoubleSteps.Step ofFloats, DoubleSteps.Step ofDoubles) {
        return of(real, DoubleSteps.floats(ofFloats), DoubleSteps.doubles(ofDoubles));
    }

    /** Returns a function of floating numbers of which a step is all there is. */
    private static Binary steps(DoubleSteps.Step step) {
        return ofSteps(step, step);
    }

    /** Returns a function of floating numbers with a step for float32, which may be less exact, and one for float64. */
    private static Binary ofSteps(DoubleSteps.Step ofFloats, DoubleSteps.Step ofDoubles) {
        return ofSteps(DoubleSteps.floats(ofFloats), ofDoubles);
    }

    /** The same with a loop over floats. */
    static Binary ofSteps(FloatLoops.Two floats, DoubleSteps.Step ofDoubles) {
        DoubleBinaryOperator real = DoubleSteps.two(ofDoubles);
        return new Binary(
                real,
                (a, b) -> (long) real.applyAsDouble((double) a, (double) b),
                floats,
                DoubleSteps.doubles(ofDoubles),
                true);
    }

    /** Returns the number at a share of the way from a to b, computed from the nearer end. */
    public static Binary lerp(double weight) {
        return of(
                (a, b) -> Scalars.lerp(a, b, weight),
                (x, y, z, n) -> lerp(x, y, weight, z, n),
                DoubleSteps.doubles((s, n) -> lerp(s, weight, n)));
    }

    /** No difference of floats leaves the range of doubles. */
    private static void lerp(float[] x, float[] y, double weight, float[] z, int n) {
        boolean isEarly = Math.abs(weight) < 0.5;
        float[] end = isEarly ? x : y;
        double share = isEarly ? weight : -(1 - weight);
        for (int i = 0; i < n; i++) {
            z[i] = (float) (end[i] + ((double) y[i] - x[i]) * share);
        }
    }

    private static void lerp(DoubleMathScratch s, double weight, int n) {
        double[] end = Math.abs(weight) < 0.5 ? s.x : s.second;
        double share = end == s.x ? weight : -(1 - weight);
        for (int i = 0; i < n; i++) {
            s.y[i] = end[i] + (s.second[i] - s.x[i]) * share;
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(s.second[i] - s.x[i]) <= Double.MAX_VALUE)) {
                s.y[i] = Scalars.lerp(s.x[i], s.second[i], weight);
            }
        }
    }

    /** Returns a + factor · b, also where the product does not fit, rounded once in float32; whole if a and b are. */
    public static Binary addScaled(double factor, long whole) {
        return new Binary(
                (a, b) -> ScaledProducts.addScaled(a, b, factor),
                (a, b) -> a + whole * b,
                (x, y, z, n) -> addScaled(x, y, factor, z, n),
                (x, y, z, n) -> ScaledProducts.addScaled(x, y, factor, z, n));
    }

    private static void addScaled(float[] x, float[] y, double factor, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) (x[i] + factor * y[i]);
        }
    }

    /** Returns a where b belongs to the interval, else 0. */
    public static Binary keep(Interval interval) {
        FloatSelect select = FloatSelect.of(interval);
        DoubleSelect selectDouble = DoubleSelect.of(interval);
        return of(
                (a, b) -> interval.test(b) ? a : 0,
                (x, y, z, n) -> select.choose(y, x, 0, z, n),
                (x, y, z, n) -> selectDouble.choose(y, x, 0, z, n));
    }

    /** No square of floats leaves the range of doubles; ∞ wins over NaN. */
    private static void hypotOfFloats(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.sqrt(s.x[i] * s.x[i] + s.second[i] * s.second[i]);
        }
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(s.y[i])) {
                s.y[i] = Math.hypot(s.x[i], s.second[i]);
            }
        }
    }

    @Override
    public double applyAsDouble(double a, double b) {
        return real.applyAsDouble(a, b);
    }

    @Override
    public long applyAsLong(long a, long b) {
        return whole.applyAsLong(a, b);
    }
}
