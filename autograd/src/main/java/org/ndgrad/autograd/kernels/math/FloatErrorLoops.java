package org.ndgrad.autograd.kernels.math;

/**
 * The error function, its complement and its inverse over float arrays, computed in double precision and rounded once.
 *
 * <p>Each is a fraction of two polynomials with the smallest largest relative error, below 10⁻⁹, found by Lawson's
 * iteration and solved for with mpmath's values. Loops are short enough for vector instructions, see {@link FloatMath}.
 */
final class FloatErrorLoops {

    /** Beyond, erf is ±1. */
    private static final double ERF_MOST = 4;

    /** Beyond, erfc is 0 or 2. */
    private static final double ERFC_MOST = 10.25;

    /** Beyond, erfinv is left to the function of single numbers. */
    private static final double ERFINV_MOST = 0.99;

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
        0.010029389834823736,
        0,
        0
    };

    private static final double[] ERFC_BELOW = {
        1,
        2.562953372836154,
        2.8930634248018077,
        1.8564266208726072,
        0.7226014786746858,
        0.1646841374133953,
        0.017776653272102188,
        0
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

    /** The slots of {@link Scratch}: x, x within bounds, the argument of a polynomial, and polynomials. */
    private static final int INPUT = 0;

    private static final int WITHIN = 1;
    private static final int ARGUMENT = 2;
    private static final int ABOVE = 3;
    private static final int BELOW = 4;

    private FloatErrorLoops() {}

    static void erf(float[] x, float[] z, int n) {
        odd(x, ERF_MOST, ERF_ABOVE, ERF_BELOW, z, n);
    }

    static void erfinv(float[] x, float[] z, int n) {
        double[] all = Scratch.ofThread().doubles(INPUT);
        odd(x, ERFINV_MOST, ERFINV_ABOVE, ERFINV_BELOW, z, n);
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(all[i]) <= ERFINV_MOST)) {
                z[i] = (float) ErrorFunctions.ERFINV.applyAsDouble(all[i]);
            }
        }
    }

    /** x p(x²) / q(x²) with x moved into bounds; x itself stays in its slot. */
    private static void odd(float[] x, double most, double[] above, double[] below, float[] z, int n) {
        Scratch s = Scratch.ofThread();
        double[] within = s.doubles(WITHIN);
        double[] square = s.doubles(ARGUMENT);
        double[] p = s.doubles(ABOVE);
        double[] q = s.doubles(BELOW);
        widen(x, s.doubles(INPUT), n);
        DoubleLoops.clamp(s.doubles(INPUT), -most, most, within, n);
        DoubleLoops.square(within, square, n);
        polynomial(square, above, p, n);
        polynomial(square, below, q, n);
        for (int i = 0; i < n; i++) {
            p[i] = within[i] * (p[i] / q[i]);
        }
        narrow(p, z, n);
    }

    /** e^(−a²) p(a) / q(a) with a = |x|, taken from 2 where x is negative. */
    static void erfc(float[] x, float[] z, int n) {
        Scratch s = Scratch.ofThread();
        double[] input = s.doubles(INPUT);
        double[] abs = s.doubles(WITHIN);
        double[] argument = s.doubles(ARGUMENT);
        double[] p = s.doubles(ABOVE);
        double[] q = s.doubles(BELOW);
        widen(x, input, n);
        for (int i = 0; i < n; i++) {
            abs[i] = Math.min(Math.abs(input[i]), ERFC_MOST);
            argument[i] = abs[i] * abs[i] * 0x1p-8;
        }
        polynomial(abs, ERFC_ABOVE, p, n);
        polynomial(abs, ERFC_BELOW, q, n);
        for (int i = 0; i < n; i++) {
            p[i] = p[i] / q[i];
        }
        polynomial(argument, EXP, q, n);
        for (int i = 0; i < n; i++) {
            double e = q[i] * q[i];
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            p[i] *= e * e;
        }
        for (int i = 0; i < n; i++) {
            double sign = Math.min(Math.max(input[i] * 0x1p200, -1), 1);
            p[i] = (1 - sign) + sign * p[i];
        }
        narrow(p, z, n);
    }

    private static void widen(float[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i];
        }
    }

    private static void narrow(double[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) x[i];
        }
    }

    /** Σ cₖ xᵏ of degree 7, even and odd terms apart, so that fewer products wait for each other. */
    private static void polynomial(double[] x, double[] c, double[] y, int n) {
        double c0 = c[0];
        double c1 = c[1];
        double c2 = c[2];
        double c3 = c[3];
        double c4 = c[4];
        double c5 = c[5];
        double c6 = c[6];
        double c7 = c[7];
        for (int i = 0; i < n; i++) {
            double v = x[i];
            double w = v * v;
            y[i] = (c0 + w * (c2 + w * (c4 + w * c6))) + v * (c1 + w * (c3 + w * (c5 + w * c7)));
        }
    }
}
