package org.ndgrad.autograd.numerics;

import static org.ndgrad.autograd.numerics.DoubleDouble.HALF_PI;
import static org.ndgrad.autograd.numerics.DoubleDouble.LN_2;
import static org.ndgrad.autograd.numerics.DoubleDouble.PI;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Special;

/** Functions of two numbers that are compared with their exact values. */
final class PairAccuracies {

    private PairAccuracies() {}

    static Stream<PairAccuracy> all() {
        return Stream.of(
                PairAccuracy.of(
                                "atan2",
                                Elementary::atan2,
                                PairAccuracies::atan2,
                                (y, x) -> perSquares(x, y, x),
                                (y, x) -> perSquares(-y, y, x))
                        .within(0.51, 0.51, 2, 3),
                PairAccuracy.of(
                                "hypot",
                                Elementary::hypot,
                                PairAccuracies::hypot,
                                (a, b) -> share(a, a, b),
                                (a, b) -> share(b, a, b))
                        .within(0.51, 0.51, 1, 2),
                PairAccuracy.of(
                                "pow",
                                Arithmetic::pow,
                                PairAccuracies::pow,
                                PairAccuracies::powOfBase,
                                PairAccuracies::powOfExponent)
                        .within(0.51, 0.51, 1, 4)
                        .in(0.5, 2, -900, 900),
                PairAccuracy.of(
                                "logaddexp",
                                Special::logaddexp,
                                (a, b) -> logaddexp(a, b, of(1)),
                                (a, b) -> sigmoid(a, b, of(1)),
                                (a, b) -> sigmoid(b, a, of(1)))
                        .within(0.51, 0.51, 2, 3)
                        .inUnitsOfTheLarger()
                        .in(-400, 400, -400, 400),
                PairAccuracy.of(
                                "logaddexp2",
                                Special::logaddexp2,
                                (a, b) -> logaddexp(a, b, LN_2),
                                (a, b) -> sigmoid(a, b, LN_2),
                                (a, b) -> sigmoid(b, a, LN_2))
                        .within(0.51, 0.51, 2, 3)
                        .inUnitsOfTheLarger()
                        .in(-400, 400, -400, 400),
                PairAccuracy.of(
                                "xlogy",
                                Special::xlogy,
                                (a, b) -> a == 0 && !Double.isNaN(b) ? of(0) : product(of(a), of(b).log()),
                                (a, b) -> b > 0 ? of(b).log() : null,
                                (a, b) -> b > 0 ? ratio(a, of(b)) : null)
                        .within(0.51, 1, 2, 1)
                        .in(-10, 10, 0, 10),
                PairAccuracy.of(
                                "xlog1py",
                                Special::xlog1py,
                                (a, b) -> a == 0 && !Double.isNaN(b) ? of(0) : product(of(a), of(b).log1p()),
                                (a, b) -> b > -1 ? of(b).log1p() : null,
                                (a, b) -> b > -1 ? ratio(a, of(b).plus(1)) : null)
                        .within(0.51, 2, 2, 2)
                        .in(-10, 10, -1, 10),
                PairAccuracy.of("fmod", Arithmetic::fmod, PairAccuracies::fmod, (a, b) -> null, (a, b) -> null),
                PairAccuracy.of(
                                "remainder",
                                Arithmetic::remainder,
                                PairAccuracies::remainder,
                                (a, b) -> null,
                                (a, b) -> null)
                        .within(0.5, 0, 0.5, 0),
                PairAccuracy.of(
                        "copysign",
                        Arithmetic::copysign,
                        (a, b) -> of(Double.doubleToRawLongBits(b) < 0 ? -Math.abs(a) : Math.abs(a)),
                        (a, b) -> null,
                        (a, b) -> null));
    }

    private static DoubleDouble of(double x) {
        return DoubleDouble.of(x);
    }

    private static boolean isFinite(double a, double b) {
        return Double.isFinite(a) && Double.isFinite(b);
    }

    /** Returns the power of two that brings the larger of two finite numbers near 1. */
    private static int exponent(double a, double b) {
        return Math.getExponent(Math.max(Math.abs(a), Math.abs(b)));
    }

    private static DoubleDouble scaled(double x, int exponent) {
        return of(Math.scalb(x, -exponent));
    }

    private static DoubleDouble atan2(double y, double x) {
        if (!isFinite(y, x) || y == 0 || x == 0) {
            double known = Math.atan2(y, x);
            double size = Math.abs(known);
            DoubleDouble part = size == Math.PI ? PI : size == Math.PI / 2 ? HALF_PI : of(size);
            return part.signed(known);
        }
        boolean flat = Math.abs(y) <= Math.abs(x);
        DoubleDouble angle =
                flat ? ratio(y, of(x)).atan() : ratio(x, of(y)).atan().negated();
        DoubleDouble turn = flat ? (x > 0 ? of(0) : PI) : HALF_PI;
        return turn.hi() == 0 ? angle : turn.signed(y).plus(angle);
    }

    /** a / (x² + y²) where it is finite and means something. */
    private static @Nullable DoubleDouble perSquares(double a, double y, double x) {
        if (!isFinite(y, x) || (y == 0 && x == 0)) {
            return null;
        }
        int e = exponent(y, x);
        DoubleDouble squares = scaled(x, e).squared().plus(scaled(y, e).squared());
        return scaled(a, e).over(squares).scaled(-e);
    }

    private static DoubleDouble hypot(double a, double b) {
        if (!isFinite(a, b) || (a == 0 && b == 0)) {
            return of(Math.hypot(a, b));
        }
        int e = exponent(a, b);
        return root(a, b, e).scaled(e);
    }

    private static DoubleDouble root(double a, double b, int e) {
        return scaled(a, e).squared().plus(scaled(b, e).squared()).root();
    }

    private static @Nullable DoubleDouble share(double of, double a, double b) {
        if (!isFinite(a, b) || (a == 0 && b == 0)) {
            return null;
        }
        int e = exponent(a, b);
        return scaled(of, e).over(root(a, b, e));
    }

    private static DoubleDouble pow(double a, double b) {
        if (!isFinite(a, b) || a == 0 || b == 0 || a == 1) {
            return of(a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : Math.pow(a, b));
        }
        if (a < 0 && b != Math.rint(b)) {
            return of(Double.NaN);
        }
        DoubleDouble size = exp(product(of(Math.abs(a)).log(), of(b)));
        return a < 0 && Math.abs(b % 2) == 1 ? size.negated() : size;
    }

    private static @Nullable DoubleDouble powOfBase(double a, double b) {
        if (!isFinite(a, b) || a <= 0) {
            return null;
        }
        DoubleDouble size =
                product(of(a).log(), of(b).plus(-1)).plus(of(Math.abs(b)).log());
        return b == 0 ? of(0) : exp(size).signed(b);
    }

    private static @Nullable DoubleDouble powOfExponent(double a, double b) {
        if (!isFinite(a, b) || a <= 0) {
            return null;
        }
        DoubleDouble log = of(a).log();
        DoubleDouble size = log.hi() < 0 ? log.negated() : log;
        return a == 1 ? of(0) : exp(product(log, of(b)).plus(size.log())).signed(log.hi());
    }

    /** A product that may be beyond the range. */
    private static DoubleDouble product(DoubleDouble a, DoubleDouble b) {
        DoubleDouble product = a.times(b);
        double rounded = a.hi() * b.hi();
        return Double.isFinite(product.hi()) && Double.isFinite(product.lo()) ? product : of(rounded);
    }

    /** A quotient that may be beyond the range. */
    private static DoubleDouble ratio(double a, DoubleDouble b) {
        if (!isFinite(a, b.hi()) || a == 0 || b.hi() == 0) {
            return of(a / b.hi());
        }
        int e = Math.getExponent(a);
        int f = Math.getExponent(b.hi());
        return scaled(a, e).over(b.scaled(-f)).scaled(e - f);
    }

    private static DoubleDouble exp(DoubleDouble x) {
        return x.exp();
    }

    private static DoubleDouble logaddexp(double a, double b, DoubleDouble unit) {
        double larger = Math.max(a, b);
        if (!isFinite(a, b)) {
            return of(larger);
        }
        DoubleDouble way = of(Math.min(a, b)).minus(of(larger));
        DoubleDouble rest =
                Double.isFinite(way.hi()) ? product(way, unit).exp().log1p().over(unit) : of(0);
        return of(larger).plus(rest);
    }

    private static @Nullable DoubleDouble sigmoid(double a, double b, DoubleDouble unit) {
        DoubleDouble way = of(a).minus(of(b));
        return isFinite(a, b) && Double.isFinite(way.hi()) ? Reference.sigmoid(product(way, unit)) : null;
    }

    private static DoubleDouble fmod(double a, double b) {
        if (!isFinite(a, b) || b == 0) {
            return of(a % b);
        }
        return of(new BigDecimal(a).remainder(new BigDecimal(b)).doubleValue()).signed(a);
    }

    private static DoubleDouble remainder(double a, double b) {
        if (!isFinite(a, b) || b == 0) {
            return of(b == 0 || !Double.isFinite(a) || Double.isNaN(b) ? Double.NaN : a == 0 || a > 0 == b > 0 ? a : b);
        }
        BigDecimal rest = new BigDecimal(a).remainder(new BigDecimal(b));
        boolean other = rest.signum() != 0 && rest.signum() != Math.signum(b);
        BigDecimal exact = other ? rest.add(new BigDecimal(b)) : rest;
        return of(exact.doubleValue()).signed(b);
    }
}
