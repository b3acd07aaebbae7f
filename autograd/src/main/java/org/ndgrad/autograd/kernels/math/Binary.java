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
    public static final Binary WEIGH = of((a, b) -> b == 0 ? 0 : a * b, FloatPiecewiseLoops::weigh);

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
            Scalars::power, Scalars::power, FloatPowers::power, DoubleLoops.each((a, b) -> Scalars.power(a, b)));

    /** a − b · trunc(a / b). */
    public static final Binary REMAINDER_TRUNCATED = steps((a, b) -> a % b, DoubleQuotients::truncatedRemainder);

    /** a − b · ⌊a / b⌋. */
    public static final Binary REMAINDER_FLOORED = steps(Scalars::floorMod, DoubleQuotients::flooredRemainder);

    /** ⌊a / b⌋. */
    public static final Binary FLOOR_DIVIDE = steps(Scalars::floorDivide, DoubleQuotients::floored);

    /** ln(eᵃ + eᵇ) without overflow. */
    public static final Binary LOG_ADD_EXP = ofSteps(DoubleLogistic::logaddexpOfFloats, DoubleLogistic::logaddexp);

    /** log₂(2ᵃ + 2ᵇ) without overflow. */
    public static final Binary LOG_ADD_EXP2 = ofSteps(DoubleLogistic::logaddexp2, DoubleLogistic::logaddexp2);

    /** The angle of the point (b, a), from −π to π. */
    public static final Binary ATAN2 = ofSteps(DoubleAngles::atan2, DoubleAngles::atan2);

    /** √(a² + b²) without overflow. */
    public static final Binary HYPOT = of(Math::hypot, DoubleSteps.floats(Binary::hypotOfFloats));

    /** |a| with the sign of b. */
    public static final Binary COPY_SIGN = of(Math::copySign, FloatLoops::copySign, DoubleLoops::copySign);

    private final DoubleBinaryOperator real;
    private final LongBinaryOperator whole;
    /** The loop over floats. */
    public final FloatLoops.Two floats;
    /** The loop over doubles. */
    public final DoubleLoops.Two doubles;

    private Binary(
            DoubleBinaryOperator real, LongBinaryOperator whole, FloatLoops.Two floats, DoubleLoops.Two doubles) {
        this.real = real;
        this.whole = whole;
        this.floats = floats;
        this.doubles = doubles;
    }

    /** Returns a function of which float32 has a loop of its own. */
    static Binary of(DoubleBinaryOperator real, FloatLoops.Two floats) {
        return new Binary(
                real, (a, b) -> (long) real.applyAsDouble((double) a, (double) b), floats, DoubleLoops.each(real));
    }

    /** Returns a function of floating numbers of which each type has a loop of its own. */
    static Binary of(DoubleBinaryOperator real, FloatLoops.Two floats, DoubleLoops.Two doubles) {
        return new Binary(real, (a, b) -> (long) real.applyAsDouble((double) a, (double) b), floats, doubles);
    }

    /** Returns a function of floating numbers of which a step gives the same bits as the function of two numbers. */
    private static Binary steps(DoubleBinaryOperator real, DoubleSteps.Step step) {
        return of(real, DoubleSteps.floats(step), DoubleSteps.doubles(step));
    }

    /** Returns a function of floating numbers with a step for float32, which may be less exact, and one for float64. */
    private static Binary ofSteps(DoubleSteps.Step ofFloats, DoubleSteps.Step ofDoubles) {
        return of(DoubleSteps.two(ofDoubles), DoubleSteps.floats(ofFloats), DoubleSteps.doubles(ofDoubles));
    }

    /** Returns the number at a share of the way from a to b, computed from the nearer end. */
    public static Binary lerp(double weight) {
        return steps((a, b) -> Scalars.lerp(a, b, weight), (s, n) -> lerp(s, weight, n));
    }

    private static void lerp(DoubleMathScratch s, double weight, int n) {
        double[] end = Math.abs(weight) < 0.5 ? s.x : s.second;
        double share = end == s.x ? weight : weight - 1;
        for (int i = 0; i < n; i++) {
            s.y[i] = end[i] + (s.second[i] - s.x[i]) * share;
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(s.second[i] - s.x[i]) <= Double.MAX_VALUE)) {
                s.y[i] = Scalars.lerp(s.x[i], s.second[i], weight);
            }
        }
    }

    /** Returns a + factor · b, rounded once in float32; whole if both are integral. */
    public static Binary addScaled(double factor, long whole) {
        return new Binary(
                (a, b) -> a + factor * b,
                (a, b) -> a + whole * b,
                DoubleSteps.floats((s, n) -> DoubleLoops.addScaled(s.x, s.second, factor, s.y, n)),
                (x, y, z, n) -> DoubleLoops.addScaled(x, y, factor, z, n));
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
