package org.ndgrad.autograd.numerics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number of about 31 digits, the sum of two doubles, and elementary functions of such numbers: a reference that has
 * nothing in common with what it judges. Where a result is less than 1e-290 it has the digits of a double only.
 */
record DoubleDouble(double hi, double lo) {

    static final DoubleDouble ZERO = of(0);
    static final DoubleDouble ONE = of(1);

    private static final MathContext DIGITS = new MathContext(420);
    private static final BigDecimal PI_DIGITS = machin();
    private static final BigDecimal HALF_PI_DIGITS = PI_DIGITS.divide(BigDecimal.valueOf(2), DIGITS);

    static final DoubleDouble PI = of(PI_DIGITS);
    static final DoubleDouble HALF_PI = of(HALF_PI_DIGITS);

    /** ln 2 = 2 artanh ⅓. */
    static final DoubleDouble LN_2 = of(inverseSeries(3, 1).multiply(BigDecimal.valueOf(2)));

    static final DoubleDouble LN_10 = of(10).log();

    private static final int TERMS = 12;
    private static final int SQUARINGS = 9;

    static DoubleDouble of(double x) {
        return new DoubleDouble(x, 0);
    }

    static DoubleDouble of(BigDecimal x) {
        double hi = x.round(MathContext.DECIMAL128).doubleValue();
        double lo = x.subtract(new BigDecimal(hi)).round(MathContext.DECIMAL128).doubleValue();
        return new DoubleDouble(hi, lo);
    }

    /** π = 16 arctan 1/5 − 4 arctan 1/239. */
    private static BigDecimal machin() {
        BigDecimal first = inverseSeries(5, -1).multiply(BigDecimal.valueOf(16));
        return first.subtract(inverseSeries(239, -1).multiply(BigDecimal.valueOf(4)), DIGITS);
    }

    /** Returns Σ signⁿ / ((2n + 1) k²ⁿ⁺¹). */
    private static BigDecimal inverseSeries(int k, int sign) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(k), DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 0; n < 1000; n++) {
            BigDecimal term = power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS);
            sum = n % 2 == 1 && sign < 0 ? sum.subtract(term, DIGITS) : sum.add(term, DIGITS);
            power = power.divide(BigDecimal.valueOf((long) k * k), DIGITS);
        }
        return sum;
    }

    /** Returns a + b for |a| ≥ |b|; what is not finite has no second part. */
    private static DoubleDouble quick(double a, double b) {
        double hi = a + b;
        return new DoubleDouble(hi, Double.isFinite(hi) ? b - (hi - a) : 0);
    }

    DoubleDouble plus(DoubleDouble other) {
        double sum = hi + other.hi;
        if (!Double.isFinite(sum)) {
            return of(sum);
        }
        double part = sum - hi;
        double error = (hi - (sum - part)) + (other.hi - part);
        double low = lo + other.lo;
        double lowPart = low - lo;
        double lowError = (lo - (low - lowPart)) + (other.lo - lowPart);
        DoubleDouble first = quick(sum, error + low);
        return quick(first.hi, first.lo + lowError);
    }

    DoubleDouble plus(double other) {
        return plus(of(other));
    }

    DoubleDouble negated() {
        return new DoubleDouble(-hi, -lo);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(other.negated());
    }

    DoubleDouble times(DoubleDouble other) {
        double product = hi * other.hi;
        return Double.isFinite(product) && product != 0
                ? quick(product, Math.fma(hi, other.hi, -product) + (hi * other.lo + lo * other.hi))
                : of(product);
    }

    DoubleDouble times(double other) {
        return times(of(other));
    }

    DoubleDouble over(DoubleDouble other) {
        double first = hi / other.hi;
        if (!Double.isFinite(first) || first == 0 || !Double.isFinite(other.hi)) {
            return of(first);
        }
        DoubleDouble rest = minus(other.times(first));
        double second = rest.hi / other.hi;
        DoubleDouble last = rest.minus(other.times(second));
        DoubleDouble sum = quick(first, second);
        return quick(sum.hi, sum.lo + last.hi / other.hi);
    }

    DoubleDouble inverse() {
        return ONE.over(this);
    }

    DoubleDouble squared() {
        return times(this);
    }

    DoubleDouble root() {
        if (hi < 0x1p-900 && hi > 0) { // so that the rest of the square has all its digits
            return scaled(600).root().scaled(-300);
        }
        double root = Math.sqrt(hi);
        if (!(root > 0) || !Double.isFinite(root)) {
            return of(root);
        }
        DoubleDouble rest = minus(of(root).squared());
        return quick(root, rest.hi / (2 * root));
    }

    DoubleDouble scaled(int power) {
        return new DoubleDouble(Math.scalb(hi, power), Math.scalb(lo, power));
    }

    DoubleDouble abs() {
        return hi < 0 || (hi == 0 && 1 / hi < 0) ? negated() : this;
    }

    /** Returns the number of this size with the sign of another one. */
    DoubleDouble signed(double sign) {
        return Math.copySign(1, sign) < 0 ? abs().negated() : abs();
    }

    DoubleDouble exp() {
        if (Double.isNaN(hi) || hi > 710 || hi < -746) {
            return of(Math.exp(hi));
        }
        int k = (int) Math.rint(hi / LN_2.hi);
        DoubleDouble power = minus(LN_2.times(k)).smallExpm1().plus(1);
        return power.scaled(k / 2).scaled(k - k / 2);
    }

    DoubleDouble expm1() {
        return Math.abs(hi) < 0.5 ? smallExpm1() : exp().plus(-1);
    }

    /** By the power series of a part of this, and e²ˣ − 1 = (eˣ − 1) (eˣ + 1). */
    private DoubleDouble smallExpm1() {
        if (Math.abs(hi) < 1e-20) {
            return hi == 0 ? this : plus(squared().scaled(-1));
        }
        DoubleDouble x = scaled(-SQUARINGS);
        DoubleDouble sum = ZERO;
        for (int n = TERMS; n > 1; n--) {
            sum = sum.plus(1).times(x).over(of(n));
        }
        DoubleDouble value = sum.plus(1).times(x);
        for (int i = 0; i < SQUARINGS && value.hi != 0; i++) {
            value = value.times(value.plus(2));
        }
        return value;
    }

    DoubleDouble log() {
        if (!(hi > 0) || hi == Double.POSITIVE_INFINITY) {
            return of(Math.log(hi));
        }
        int k = Math.getExponent(hi) < Double.MIN_EXPONENT ? Math.getExponent(hi * 0x1p60) - 60 : Math.getExponent(hi);
        k = Math.scalb(hi, -k) > 1.4 ? k + 1 : k;
        return scaled(-k).plus(-1).smallLog1p().plus(LN_2.times(k));
    }

    DoubleDouble log1p() {
        return hi > -0.5 && hi < 0.5 ? smallLog1p() : plus(1).log();
    }

    /** By a step of Newton's method from the value of doubles. */
    private DoubleDouble smallLog1p() {
        if (hi == 0) {
            return this;
        }
        DoubleDouble first = of(Math.log1p(hi));
        DoubleDouble power = first.smallExpm1();
        DoubleDouble step = minus(power).over(power.plus(1));
        return first.plus(step).minus(step.squared().scaled(-1));
    }

    /** Returns sin and cos. */
    DoubleDouble[] sinAndCos() {
        if (!Double.isFinite(hi)) {
            return new DoubleDouble[] {of(Double.NaN), of(Double.NaN)};
        }
        DoubleDouble rest = this;
        int quarter = 0;
        if (Math.abs(hi) > 0.78) {
            BigDecimal exact = new BigDecimal(hi).add(new BigDecimal(lo));
            BigInteger turns = exact.divide(HALF_PI_DIGITS, DIGITS)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .toBigInteger();
            rest = of(exact.subtract(HALF_PI_DIGITS.multiply(new BigDecimal(turns), DIGITS)));
            quarter = turns.and(BigInteger.valueOf(3)).intValue();
        }
        DoubleDouble square = rest.squared();
        DoubleDouble sin = rest.times(series(square, 3).plus(1));
        DoubleDouble cos = series(square, 2).plus(1);
        sin = rest.hi == 0 ? rest : sin;
        return switch (quarter) {
            case 0 -> new DoubleDouble[] {sin, cos};
            case 1 -> new DoubleDouble[] {cos, sin.negated()};
            case 2 -> new DoubleDouble[] {sin.negated(), cos.negated()};
            default -> new DoubleDouble[] {cos.negated(), sin};
        };
    }

    /** Returns −u / (first − 1) first (1 − u / (first + 1) (first + 2) (1 − …)) for u = x². */
    private static DoubleDouble series(DoubleDouble square, int first) {
        DoubleDouble sum = ZERO;
        for (int n = first + 26; n >= first; n -= 2) {
            sum = sum.plus(1).times(square).over(of((double) n * (n - 1))).negated();
        }
        return sum;
    }

    DoubleDouble sin() {
        return sinAndCos()[0];
    }

    DoubleDouble cos() {
        return sinAndCos()[1];
    }

    DoubleDouble atan() {
        if (Math.abs(hi) > 1) {
            return HALF_PI.minus(abs().inverse().atan()).signed(hi);
        }
        DoubleDouble first = of(Math.atan(hi));
        DoubleDouble[] of = first.sinAndCos();
        return hi == 0 || Double.isNaN(hi)
                ? this
                : first.plus(times(of[1]).minus(of[0]).over(of[1].plus(times(of[0]))));
    }

    /** Returns √((1 − x) (1 + x)). */
    DoubleDouble cathetus() {
        return ONE.minus(this).times(plus(1)).root();
    }
}
