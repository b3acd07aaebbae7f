package org.ndgrad.autograd.kernels.math;

/**
 * Products of three numbers, right to the last digits wherever they fit, though those of two may not: exponents are
 * kept apart then.
 */
public final class ScaledProducts {

    /** Below, the last digits may be lost. */
    private static final double LEAST = 0x1p-960;

    /** From here on, sums of squares are used as they are. */
    private static final double LEAST_SQUARES = 0x1p-900;

    /** A factor after which sums of two numbers fit. */
    private static final double DOWN = 0x1p-8;

    /** A factor after which differences of products of two numbers fit. */
    private static final double HALFWAY = 0x1p-513;

    private ScaledProducts() {}

    /** Returns a b c. */
    public static double product(double a, double b, double c) {
        double product = a * b;
        return isSafe(product)
                ? product * c
                : Math.scalb(fraction(a) * fraction(b) * fraction(c), exponent(a) + exponent(b) + exponent(c));
    }

    /** Returns a b / c. */
    public static double ratio(double a, double b, double c) {
        double product = a * b;
        return isSafe(product)
                ? product / c
                : Math.scalb(fraction(a) * fraction(b) / fraction(c), exponent(a) + exponent(b) - exponent(c));
    }

    /** Returns a b − c d, to the last digits also where the products are nearly equal, or do not fit. */
    public static double difference(double a, double b, double c, double d) {
        double difference = plainDifference(a, b, c, d);
        return isFinite(difference)
                ? difference
                : plainDifference(a * HALFWAY, b * HALFWAY, c * HALFWAY, d * HALFWAY) / HALFWAY / HALFWAY;
    }

    private static double plainDifference(double a, double b, double c, double d) {
        double left = a * b;
        double right = c * d;
        double difference = left - right;
        return isFinite(difference) ? difference + (Math.fma(a, b, -left) - Math.fma(c, d, -right)) : difference;
    }

    /** Sets w to x y z. */
    static void product(double[] x, double[] y, double[] z, double[] w, int n) {
        DoubleLoops.multiply(x, y, w, n);
        boolean safe = areSafe(w, n);
        DoubleLoops.multiply(w, z, w, n);
        for (int i = 0; i < n && !safe; i++) {
            if (!isSafe(x[i] * y[i])) {
                w[i] = product(x[i], y[i], z[i]);
            }
        }
    }

    /** Sets w to x y / z. */
    static void ratio(double[] x, double[] y, double[] z, double[] w, int n) {
        DoubleLoops.multiply(x, y, w, n);
        boolean safe = areSafe(w, n);
        DoubleLoops.divide(w, z, w, n);
        for (int i = 0; i < n && !safe; i++) {
            if (!isSafe(x[i] * y[i])) {
                w[i] = ratio(x[i], y[i], z[i]);
            }
        }
    }

    /** Sets w to x y z; no product of floats leaves the range of doubles. */
    static void product(float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = (float) ((double) x[i] * y[i] * z[i]);
        }
    }

    /** Sets w to x y / z. */
    static void ratio(float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = (float) ((double) x[i] * y[i] / z[i]);
        }
    }

    /** Sets w to x + factor · y z. */
    static void addProduct(double factor, float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = (float) (x[i] + factor * y[i] * z[i]);
        }
    }

    /** Sets w to x + factor · y / z. */
    static void addRatio(double factor, float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = (float) (x[i] + factor * y[i] / z[i]);
        }
    }

    /** Sets w to factor · x y / z². */
    static void bySquare(double factor, float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = (float) (factor * x[i] * y[i] / ((double) z[i] * z[i]));
        }
    }

    /** Sets w to factor · x y / z². */
    static void bySquare(double factor, double[] x, double[] y, double[] z, double[] w, int n) {
        DoubleMathScratch s = DoubleMathScratch.ofThread();
        DoubleLoops.multiply(z, z, w, n);
        boolean safe = s.allApart(w, LEAST, n);
        DoubleLoops.multiply(x, y, w, n);
        safe = safe && s.allApart(w, LEAST, n);
        DoubleLoops.multiply(w, factor, w, n);
        safe = safe && s.allApart(w, LEAST, n);
        bySquare(z, w, n);
        for (int i = 0; i < n && !safe; i++) {
            if (!isSafe(x[i] * y[i]) || !isSafe(x[i] * y[i] * factor) || !isSafe(z[i] * z[i])) {
                double product = fraction(factor) * fraction(x[i]) * fraction(y[i]);
                int exponents = exponent(factor) + exponent(x[i]) + exponent(y[i]) - 2 * exponent(z[i]);
                w[i] = Math.scalb(product / fraction(z[i]) / fraction(z[i]), exponents);
            }
        }
    }

    private static void bySquare(double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] /= z[i] * z[i];
        }
    }

    /** Sets w to x z / (y² + z²), 0 where y and z are. */
    static void perSquares(float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            double length = (double) z[i] * z[i] + (double) y[i] * y[i];
            w[i] = (float) ((double) x[i] * z[i] / length);
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(w[i]) <= Float.MAX_VALUE)) {
                w[i] = (float) perSquares((double) x[i], y[i], z[i]);
            }
        }
    }

    /** Returns x + factor · y, though the product may not fit. */
    static double addScaled(double x, double y, double factor) {
        double sum = x + factor * y;
        return Math.abs(sum) <= Double.MAX_VALUE ? sum : Math.fma(factor, y, x);
    }

    /** Sets z, which may be x or y, to x + factor · y. */
    static void addScaled(double[] x, double[] y, double factor, double[] z, int n) {
        boolean kept = z != x && z != y;
        if (kept) {
            DoubleLoops.addScaled(x, y, factor, z, n);
        }
        boolean done = kept && areFinite(z, n);
        for (int i = 0; i < n && !done; i++) {
            z[i] = addScaled(x[i], y[i], factor);
        }
    }

    /** Returns the loop over x + factor · y z. */
    static DoubleLoops.Three addProduct(double factor) {
        return (x, y, z, w, n) -> {
            DoubleLoops.multiply(y, factor, w, n);
            boolean safe = areSafe(w, n);
            addProduct(x, z, w, n);
            safe = safe && areFinite(w, n);
            for (int i = 0; i < n && !safe; i++) {
                if (isDoubtful(factor, y[i], w[i])) {
                    boolean beyond = isFinite(factor) && isFinite(y[i]) && isFinite(z[i]);
                    w[i] = sum(x[i], product(factor, y[i], z[i]), product(factor * DOWN, y[i], z[i]), beyond);
                }
            }
        };
    }

    private static void addProduct(double[] x, double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = x[i] + w[i] * z[i];
        }
    }

    /** Returns the loop over x + factor · y / z. */
    static DoubleLoops.Three addRatio(double factor) {
        return (x, y, z, w, n) -> {
            DoubleLoops.multiply(y, factor, w, n);
            boolean safe = areSafe(w, n);
            addRatio(x, z, w, n);
            safe = safe && areFinite(w, n);
            for (int i = 0; i < n && !safe; i++) {
                if (isDoubtful(factor, y[i], w[i])) {
                    boolean beyond = isFinite(factor) && isFinite(y[i]) && Math.abs(z[i]) > 0;
                    w[i] = sum(x[i], ratio(factor, y[i], z[i]), ratio(factor * DOWN, y[i], z[i]), beyond);
                }
            }
        };
    }

    /**
     * Returns x + term.
     *
     * @param down the term in a unit in which sums of two numbers fit
     * @param beyond whether a term that is infinite is only beyond the range: it is nothing beside an infinite x
     */
    private static double sum(double x, double term, double down, boolean beyond) {
        double sum = x + term;
        return isFinite(sum) ? sum : beyond && Double.isInfinite(x) ? x : (x * DOWN + down) / DOWN;
    }

    private static boolean isDoubtful(double factor, double y, double result) {
        return (y != 0 && !isSafe(factor * y)) || !isFinite(result);
    }

    private static void addRatio(double[] x, double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = x[i] + w[i] / z[i];
        }
    }

    /** Sets w to x z / (y² + z²), 0 where y and z are. */
    static void perSquares(double[] x, double[] y, double[] z, double[] w, int n) {
        squares(y, z, w, n);
        boolean safe = DoubleMathScratch.ofThread().allApart(w, LEAST_SQUARES, n);
        DoubleLoops.multiply(x, z, w, n);
        safe = safe && areSafe(w, n);
        perSquares(y, z, w, n);
        for (int i = 0; i < n && !safe; i++) {
            double squares = z[i] * z[i] + y[i] * y[i];
            if (!(squares >= LEAST_SQUARES && squares <= Double.MAX_VALUE && isSafe(x[i] * z[i]))) {
                w[i] = perSquares(x[i], y[i], z[i]);
            }
        }
    }

    private static void squares(double[] y, double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = z[i] * z[i] + y[i] * y[i];
        }
    }

    private static void perSquares(double[] y, double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] /= z[i] * z[i] + y[i] * y[i];
        }
    }

    private static double perSquares(double g, double y, double x) {
        double squares = x * x + y * y;
        if (squares >= LEAST_SQUARES && squares <= Double.MAX_VALUE) {
            return ratio(g, x, squares);
        }
        // powers of two bring the larger one near 1 and lose no digits
        double scale = Math.scalb(1.0, -Math.getExponent(Math.max(Math.abs(x), Math.abs(y))));
        double share = scale * x;
        double other = scale * y;
        double length = share * share + other * other;
        if (length == 0) {
            return 0;
        }
        double ratio = ratio(g, share, length);
        return Math.abs(ratio) >= LEAST || scale < 1 ? ratio * scale : ratio(g * scale, share, length);
    }

    /** Whether no digits have been lost in any of them. */
    private static boolean areSafe(double[] x, int n) {
        return DoubleMathScratch.ofThread().allApart(x, LEAST, n);
    }

    /** Whether no digits have been lost at the ends of the range. */
    private static boolean isSafe(double x) {
        double abs = Math.abs(x);
        return abs >= LEAST && abs < Double.POSITIVE_INFINITY;
    }

    private static boolean areFinite(double[] x, int n) {
        return DoubleMathScratch.ofThread().allApart(x, 0, n);
    }

    private static boolean isFinite(double x) {
        return Math.abs(x) <= Double.MAX_VALUE;
    }

    private static double fraction(double x) {
        return Math.scalb(x, -exponent(x));
    }

    private static int exponent(double x) {
        return Math.getExponent(x);
    }
}
