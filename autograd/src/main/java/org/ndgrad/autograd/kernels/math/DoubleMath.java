package org.ndgrad.autograd.kernels.math;

/**
 * Functions that {@link Math} has not, or slower. They are exact to a few units in the last place of the result, also
 * where that is close to 0 or to the ends of the range.
 */
public final class DoubleMath {

    private static final double LN_2 = Math.log(2);

    /** Where tanh is about ½. Below, its fraction is exact; above, 1 − tanh is less than tanh. */
    static final double NEAR = 0.55;

    /** From here on, x² + 1 and x² − 1 are x² to the last digit. */
    private static final double LARGE = 0x1p28;

    /** Beyond, e^(−x²/2) is less than the smallest double. */
    private static final double GAUSS_MOST = 38.7;

    private DoubleMath() {}

    /**
     * Returns tanh x within 1.5 units in the last place, special values as {@link Math#tanh}: below {@value #NEAR} by
     * Lambert's continued fraction x / (1 + x² / (3 + x² / (5 + …))), cut off at 15 and written as x − x p(x²) / q(x²);
     * above from e²ˣ.
     */
    public static double tanh(double x) {
        double abs = Math.abs(x);
        double tanh = abs < NEAR ? abs - tanhRest(abs) : 1 - 2 / (Math.exp(2 * abs) + 1);
        return Math.copySign(tanh, x);
    }

    /**
     * Returns x − tanh x, about x³/3 near 0. Up to 2 {@value #NEAR}, where that would cancel, it is twice what
     * x/2 gives and 2 t³ / (1 + t²) with t = tanh x/2.
     */
    public static double tanhshrink(double x) {
        double abs = Math.abs(x);
        if (abs < NEAR) {
            return Math.copySign(tanhRest(abs), x);
        }
        double t = tanh(0.5 * x);
        return abs < 2 * NEAR ? 2 * tanhshrink(0.5 * x) + 2 * t * t * t / (1 + t * t) : x - tanh(x);
    }

    private static double tanhRest(double x) {
        double u = x * x;
        double p = u * (675_675 + u * (45_045 + u * (594 + u)));
        double q = 2_027_025 + u * (945_945 + u * (51_975 + u * (630 + u)));
        return x * (p / q);
    }

    /** Returns 1 − tanh² x. */
    public static double tanhSlope(double x) {
        double exp = Math.exp(-2 * Math.abs(x));
        return 4 * exp / ((1 + exp) * (1 + exp));
    }

    /** Returns σ(x) = 1 / (1 + e⁻ˣ). */
    public static double sigmoid(double x) {
        return share(x < 0, Math.exp(-Math.abs(x)));
    }

    /** Returns σ(a − b) of the difference before it is rounded, or of that times ln 2 if the base is 2 instead of e. */
    public static double sigmoid(double base, double a, double b) {
        return share(!(a > b), power(base, a, b));
    }

    /** Returns p / (1 + p) or 1 / (1 + p) for a p from 0 to 1, and adds what rounding takes off the sum. */
    private static double share(boolean less, double p) {
        double sum = 1 + p;
        double share = (less ? p : 1) / sum;
        return share - share * ((p - (sum - 1)) / sum);
    }

    /** Returns base^−|a − b| for a base of e or 2, of the difference before it is rounded. */
    static double power(double base, double a, double b) {
        double larger = Math.max(a, b);
        double smaller = Math.min(a, b);
        double way = smaller - larger;
        double power = base == Math.E ? Math.exp(way) : Math.pow(base, way);
        if (!(power > 0)) {
            return power;
        }
        return power + power * differenceLost(smaller, larger) * (base == Math.E ? 1 : LN_2);
    }

    /** Returns a eˣ, which may have digits where eˣ is subnormal. */
    static double timesExp(double a, double x) {
        double root = Math.exp(0.5 * x);
        return a * root * root;
    }

    /** Returns what rounding took off p − q. */
    public static double differenceLost(double p, double q) {
        double difference = p - q;
        double back = difference - p;
        return (p - (difference - back)) + (-q - back);
    }

    /** Returns σ(x) σ(−x), the slope of {@link #sigmoid}. */
    public static double sigmoidSlope(double x) {
        double exp = Math.exp(-Math.abs(x));
        return exp / ((1 + exp) * (1 + exp));
    }

    /** Returns log₂ x, a whole number for a power of two. */
    public static double log2(double x) {
        if (x > 0 && x < Double.MIN_NORMAL) {
            return log2(x * 0x1p54) - 54;
        }
        int exponent = Math.getExponent(x);
        boolean isPower = exponent <= Double.MAX_EXPONENT && x == Math.scalb(1.0, exponent);
        return isPower ? exponent : Math.log(x) / LN_2;
    }

    /** Returns arsinh x. */
    public static double asinh(double x) {
        double abs = Math.abs(x);
        double square = abs * abs;
        double y = abs > LARGE ? Math.log(abs) + LN_2 : Math.log1p(abs + square / (1 + Math.sqrt(square + 1)));
        return Math.copySign(y, x);
    }

    /** Returns arcosh x. */
    public static double acosh(double x) {
        double less = x - 1;
        return x < 1 ? Double.NaN : x > LARGE ? Math.log(x) + LN_2 : Math.log1p(less + Math.sqrt(less * (less + 2)));
    }

    /** Returns artanh x. */
    public static double atanh(double x) {
        double abs = Math.abs(x);
        return Math.copySign(0.5 * Math.log1p(2 * abs / (1 - abs)), x);
    }

    /** Returns 1 / √(1 + x²), the slope of {@link #asinh}. */
    public static double asinhSlope(double x) {
        return 1 / Math.hypot(1, x); // exact to more digits than the root of a sum that was rounded twice
    }

    /** Returns e^(−x²/2): the square's head is exact, so that no digits are lost. */
    static double gauss(double x) {
        if (Math.abs(x) > GAUSS_MOST) {
            return 0;
        }
        double head = (float) x;
        return Math.exp(-0.5 * (head * head)) * Math.exp(0.5 * ((head - x) * (head + x)));
    }

    /** Returns sin πx for an x from −1 to 1, exactly 0 at whole numbers. */
    static double sinPi(double x) {
        double abs = Math.abs(x);
        return Math.copySign(Math.sin(Math.PI * Math.min(abs, 1 - abs)), x);
    }

    /** Returns cos πx for an x from −1 to 1, exactly 0 at halves. */
    static double cosPi(double x) {
        double abs = Math.abs(x);
        return abs < 0.25 ? Math.cos(Math.PI * abs) : Math.sin(Math.PI * (0.5 - abs));
    }
}
