package org.ndgrad.autograd.kernels.math;

/**
 * The error function, its complement and its inverse over float arrays, computed in double precision and rounded once.
 *
 * <p>Each is a fraction of two polynomials with the smallest largest relative error, below 10⁻⁹, found by Lawson's
 * iteration and solved for with mpmath's values. Loops are short enough for vector instructions, see {@link FloatMath}.
 */
final class FloatErrorLoops {

    /** Beyond, erf is ±1. */
    private static final float ERF_MOST = 4;

    /** Beyond, erfc is 0 or 2. */
    private static final float ERFC_MOST = 10.25f;

    /** Added to |x|, it changes none but 0, of which the sign is then 0. */
    private static final double TINY = 1e-300;

    /** Beyond, erfinv is left to the function of single numbers. */
    private static final float ERFINV_MOST = 0.99f;

    /** erf x / x in x². */
    private static final double[] ERF_ABOVE = {
        1.128379167086436, 0.20034210486793141, 0.05811803821963408, 0.004962060190797781,
        0.0005130305493876653, 2.178596624918858e-05, 7.52735777904562e-07, 3.004574958438003e-09
    };

    private static final double[] ERF_BELOW = {
        1,
        0.5108819005375197,
        0.12179974089692108,
        0.017718746083656162,
        0.0017151838676240736,
        0.00011151147275004492,
        4.518792957235431e-06,
        7.329423857700387e-08
    };

    /** e^(x²) erfc x in x. */
    private static final double[] ERFC_ABOVE = {
        0.9999999999213821,
        1.4345742166290385,
        1.0010799935628294,
        0.40265676573368914,
        0.09291367988687586,
        0.010029389834823736
    };

    private static final double[] ERFC_BELOW = {
        1,
        2.562953372836154,
        2.8930634248018077,
        1.8564266208726072,
        0.7226014786746858,
        0.1646841374133953,
        0.017776653272102188
    };

    /** e⁻ˣ up to x = 0.41. */
    private static final double[] EXP = {
        0.9999999999993945, -0.9999999998188447, 0.4999999910119133, -0.1666664953299123,
        0.04166505096931064, -0.00832499655821282, 0.001364808771172992, -0.00016143399006793987
    };

    /** erfinv x / x in x². */
    private static final double[] ERFINV_ABOVE = {
        0.8862269259562852, -4.321275307544047, 8.683844809415532, -9.209353283133675,
        5.456218494656476, -1.7403965391185714, 0.25441994442230964, -0.00968497113944288
    };

    private static final double[] ERFINV_BELOW = {
        1,
        -5.137836355326949,
        10.999818919056032,
        -12.629542671154589,
        8.308294518888431,
        -3.077054381925373,
        0.575333445893781,
        -0.03901344707746593
    };

    /** Elements of a block, of which several arrays fit in the nearest cache. */
    private static final int BLOCK = Scratch.BLOCK / 2;

    /** x, within bounds. */
    private static final int ARGUMENT = 0;

    /** What is made of it, and in the end the result. */
    private static final int RESULT = 1;

    private static final Step WIDEN = FloatErrorLoops::widen;
    private static final Step NARROW = FloatErrorLoops::narrow;
    private static final Step[] ERF = {WIDEN, odd(ERF_ABOVE, ERF_BELOW), NARROW};
    private static final Step[] ERFINV = {WIDEN, odd(ERFINV_ABOVE, ERFINV_BELOW), NARROW};
    private static final Step[] ERFC = {WIDEN, FloatErrorLoops::scaledErfc, FloatErrorLoops::gaussOfBothSigns, NARROW};

    /**
     * A loop over a block. It is compiled by itself, since one call is of many of them. Together with a loop of vector
     * instructions, those that change between float and double would become five times as slow: their registers would
     * be chosen so that each number waits for the one before.
     */
    private interface Step {
        /** Computes the first n elements of x and y; those of z begin at some number. */
        void run(double[] x, double[] y, float[] z, int begin, int n);
    }

    private FloatErrorLoops() {}

    static void erf(float[] x, float[] z, int n) {
        FloatLoops.clamp(x, -ERF_MOST, ERF_MOST, z, n);
        run(ERF, z, n);
    }

    static void erfc(float[] x, float[] z, int n) {
        FloatLoops.clamp(x, -ERFC_MOST, ERFC_MOST, z, n);
        run(ERFC, z, n);
    }

    static void erfinv(float[] x, float[] z, int n) {
        int[] others = Scratch.ofThread().places(n);
        int count = beyond(x, ERFINV_MOST, others, n);
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = ErrorFunctions.ERFINV.applyAsDouble(x[others[k]]);
        }
        FloatLoops.clamp(x, -ERFINV_MOST, ERFINV_MOST, z, n);
        run(ERFINV, z, n);
        for (int k = 0; k < count; k++) {
            z[others[k]] = (float) values[k];
        }
    }

    /** Replaces the first n elements of z by what the steps make of them. */
    private static void run(Step[] steps, float[] z, int n) {
        Scratch s = Scratch.ofThread();
        double[] x = s.doubles(ARGUMENT);
        double[] y = s.doubles(RESULT);
        for (int begin = 0; begin < n; begin += BLOCK) {
            int size = Math.min(BLOCK, n - begin);
            for (Step step : steps) {
                step.run(x, y, z, begin, size);
            }
        }
    }

    /** Lists the places of numbers farther from 0, and of NaN; returns how many there are. */
    private static int beyond(float[] x, float most, int[] others, int n) {
        int bits = Float.floatToRawIntBits(most);
        int count = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) { // four at once, of which hardly any is to be listed
            int signs = room(x[i], bits) | room(x[i + 1], bits) | room(x[i + 2], bits) | room(x[i + 3], bits);
            for (int k = i; k < i + 4 && signs < 0; k++) {
                others[count] = k;
                count -= room(x[k], bits) >> (Integer.SIZE - 1);
            }
        }
        for (; i < n; i++) {
            others[count] = i;
            count -= room(x[i], bits) >> (Integer.SIZE - 1);
        }
        return count;
    }

    /** Returns a negative number if |x| is more than the number of these bits, or NaN. */
    private static int room(float x, int bits) {
        return bits - (Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
    }

    private static void widen(double[] x, double[] y, float[] z, int begin, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = z[begin + i];
        }
    }

    private static void narrow(double[] x, double[] y, float[] z, int begin, int n) {
        for (int i = 0; i < n; i++) {
            z[begin + i] = (float) y[i];
        }
    }

    /** x p(x²) / q(x²). */
    private static Step odd(double[] above, double[] below) {
        return (x, y, z, begin, n) -> odd(x, above, below, y, Math.max(n, Scratch.FEW));
    }

    private static void odd(double[] x, double[] p, double[] q, double[] y, int n) {
        double p0 = p[0];
        double p1 = p[1];
        double p2 = p[2];
        double p3 = p[3];
        double p4 = p[4];
        double p5 = p[5];
        double p6 = p[6];
        double p7 = p[7];
        double q1 = q[1];
        double q2 = q[2];
        double q3 = q[3];
        double q4 = q[4];
        double q5 = q[5];
        double q6 = q[6];
        double q7 = q[7];
        for (int i = 0; i < n; i++) { // even and odd terms apart, so that fewer products wait for each other
            double v = x[i] * x[i];
            double w = v * v;
            double above = (p0 + w * (p2 + w * (p4 + w * p6))) + v * (p1 + w * (p3 + w * (p5 + w * p7)));
            double below = (1 + w * (q2 + w * (q4 + w * q6))) + v * (q1 + w * (q3 + w * (q5 + w * q7)));
            y[i] = x[i] * (above / below);
        }
    }

    /** e^(x²) erfc x = p(a) / q(a) with a = |x|. */
    private static void scaledErfc(double[] x, double[] y, float[] z, int begin, int n) {
        double[] p = ERFC_ABOVE;
        double p0 = p[0];
        double p1 = p[1];
        double p2 = p[2];
        double p3 = p[3];
        double p4 = p[4];
        double p5 = p[5];
        double[] q = ERFC_BELOW;
        double q1 = q[1];
        double q2 = q[2];
        double q3 = q[3];
        double q4 = q[4];
        double q5 = q[5];
        double q6 = q[6];
        int size = Math.max(n, Scratch.FEW);
        for (int i = 0; i < size; i++) {
            double v = Math.abs(x[i]);
            double w = v * v;
            double above = (p0 + w * (p2 + w * p4)) + v * (p1 + w * (p3 + w * p5));
            double below = (1 + w * (q2 + w * (q4 + w * q6))) + v * (q1 + w * (q3 + w * q5));
            y[i] = above / below;
        }
    }

    /** e^(−x²) times what the step before made, taken from 2 where x is negative. */
    private static void gaussOfBothSigns(double[] x, double[] y, float[] z, int begin, int n) {
        double[] c = EXP;
        double c0 = c[0];
        double c1 = c[1];
        double c2 = c[2];
        double c3 = c[3];
        double c4 = c[4];
        double c5 = c[5];
        double c6 = c[6];
        double c7 = c[7];
        int size = Math.max(n, Scratch.FEW);
        for (int i = 0; i < size; i++) {
            double v = x[i] * x[i] * 0x1p-8;
            double w = v * v;
            double e = (c0 + w * (c2 + w * (c4 + w * c6))) + v * (c1 + w * (c3 + w * (c5 + w * c7)));
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            double sign = x[i] / (Math.abs(x[i]) + TINY);
            y[i] = (1 - sign) + sign * (y[i] * e * e);
        }
    }
}
