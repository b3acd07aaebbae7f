package org.ndgrad.autograd.kernels.math;

/**
 * arcsin and arccos of doubles, in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}.
 *
 * <p>With a = |x|: arcsin s = s + s z p(z) for z = s² up to ¼, the polynomial being found at Chebyshev's nodes, with an
 * error below 2⁻⁵⁷. Above, s = √z with z = (1 − a) / 2, and arcsin a = π/2 − 2 arcsin s. Which of the two it is, is
 * decided without a branch: of both z and both s, it is the smaller one.
 */
final class DoubleArcFunctions {

    private static final double P_0 = 0.16666666666666669;
    private static final double P_1 = 0.07499999999998425;
    private static final double P_2 = 0.04464285714637338;
    private static final double P_3 = 0.030381944137085216;
    private static final double P_4 = 0.0223721730020056;
    private static final double P_5 = 0.0173523912659092;
    private static final double P_6 = 0.013971235301124917;
    private static final double P_7 = 0.011478952690254089;
    private static final double P_8 = 0.010324318288763578;
    private static final double P_9 = 0.005450878187643825;
    private static final double P_10 = 0.017419357965078285;
    private static final double P_11 = -0.014881409393100096;
    private static final double P_12 = 0.028778442612773937;

    /** The polynomial for floats, with an error below 2⁻³⁴. */
    private static final double F_0 = 0.16666666686147094;

    private static final double F_1 = 0.07499992383419403;
    private static final double F_2 = 0.04464767521711883;
    private static final double F_3 = 0.030268919101069484;
    private static final double F_4 = 0.023613714221919088;
    private static final double F_5 = 0.010566947821325393;
    private static final double F_6 = 0.030985460400031712;

    private static final double HALF_PI_TAIL = 6.123233995736766e-17;
    /** Added to ½, it makes 1, and less of anything below. */
    private static final double ALMOST_HALF = Math.nextDown(0.5);

    private static final double TINY = 1e-300;

    /** Multiplied by it, a number is split into two halves of its digits (Veltkamp). */
    private static final double SPLIT = 0x1p27 + 1;

    private DoubleArcFunctions() {}

    /** Within 1 unit in the last place. */
    static void asin(DoubleMathScratch s, int n) {
        reduce(s.x, s.rest, s.other, n);
        polynomial(s.rest, s.y, n);
        split(s.x, s.rest, s.other, s.y, s.tail, n);
        asin(s.x, s.other, s.tail, s.y, n);
    }

    /** Within 1 unit in the last place. */
    static void acos(DoubleMathScratch s, int n) {
        reduce(s.x, s.rest, s.other, n);
        polynomial(s.rest, s.y, n);
        split(s.x, s.rest, s.other, s.y, s.tail, n);
        acos(s.x, s.other, s.tail, s.y, n);
    }

    /** To the digits of floats. */
    static void asinOfFloats(DoubleMathScratch s, int n) {
        reduce(s.x, s.rest, s.other, n);
        fewTerms(s.rest, s.other, s.y, n);
        for (int i = 0; i < n; i++) {
            double above = Math.floor(Math.abs(s.x[i]) + ALMOST_HALF);
            double abs = above * (Math.PI / 2) + (1 - 3 * above) * s.y[i];
            s.y[i] = Math.min(Math.max(2 * s.x[i], -abs), abs);
        }
    }

    /** To the digits of floats. */
    static void acosOfFloats(DoubleMathScratch s, int n) {
        reduce(s.x, s.rest, s.other, n);
        fewTerms(s.rest, s.other, s.y, n);
        for (int i = 0; i < n; i++) {
            double above = Math.floor(Math.abs(s.x[i]) + ALMOST_HALF);
            double sign = Math.min(Math.max(s.x[i] * 0x1p1000 * 0x1p100, -1), 1);
            double base = Math.PI / 2 * (1 - above * sign);
            s.y[i] = base - sign * (1 - 3 * above) * s.y[i];
        }
    }

    private static void reduce(double[] x, double[] square, double[] root, int n) {
        for (int i = 0; i < n; i++) {
            double abs = Math.abs(x[i]);
            double far = 0.5 * (1 - abs);
            square[i] = Math.min(abs * abs, far);
            root[i] = Math.min(abs, Math.sqrt(far));
        }
    }

    /** Sets y to z p(z). */
    private static void polynomial(double[] square, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double z = square[i];
            double w = z * z;
            double v = w * w;
            double even = (P_0 + w * P_2) + v * ((P_4 + w * P_6) + v * ((P_8 + w * P_10) + v * P_12));
            double odd = (P_1 + w * P_3) + v * ((P_5 + w * P_7) + v * (P_9 + w * P_11));
            y[i] = z * even + w * odd;
        }
    }

    /** Sets y to arcsin of the root. */
    private static void fewTerms(double[] square, double[] root, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double z = square[i];
            double w = z * z;
            double even = F_0 + w * (F_2 + w * (F_4 + w * F_6));
            double odd = F_1 + w * (F_3 + w * F_5);
            y[i] = root[i] + root[i] * (z * even + w * odd);
        }
    }

    /**
     * Replaces the root by the first half of its digits, and sets the tail to what arcsin has besides. The root of a
     * rounded number would not have the digits that the tail gets back from the number.
     */
    private static void split(double[] x, double[] square, double[] root, double[] y, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double s = root[i];
            double above = Math.floor(Math.abs(x[i]) + ALMOST_HALF);
            double head = s * SPLIT - (s * SPLIT - s);
            double given = s - head;
            double ofSquare = (square[i] - head * head) / (s + head + TINY);
            tail[i] = y[i] * s + (given + above * (ofSquare - given));
            root[i] = head;
        }
    }

    private static void asin(double[] x, double[] head, double[] tail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double above = Math.floor(Math.abs(x[i]) + ALMOST_HALF);
            double factor = 1 - 3 * above;
            double base = above * (Math.PI / 4);
            double abs = base + ((factor * head[i] + base) + (factor * tail[i] + above * HALF_PI_TAIL));
            y[i] = Math.min(Math.max(2 * x[i], -abs), abs);
        }
    }

    /** π/2 − x − … in the middle, and beyond twice the arcsine of the root, or π less that. */
    private static void acos(double[] x, double[] head, double[] tail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double above = Math.floor(Math.abs(x[i]) + ALMOST_HALF);
            double sign = Math.min(Math.max(x[i] * 0x1p1000 * 0x1p100, -1), 1);
            double factor = sign * (3 * above - 1);
            double halves = 1 - above * sign;
            y[i] = halves * (Math.PI / 2) + (factor * head[i] + (factor * tail[i] + halves * HALF_PI_TAIL));
        }
    }
}
