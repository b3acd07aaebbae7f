package org.ndgrad.autograd.kernels.math;

/**
 * logit x = ln(x / (1 − x)). With the quotient u, as it is rounded, it is ln u + r / x, where r = x − u (1 − x) is what
 * the quotient leaves. Near ½, where the logarithm is close to 0, the second term holds the digits.
 */
public final class Logit {

    private static final float BELOW_1 = Math.nextDown(1f);

    /** The function. NaN outside [0, 1], ∓∞ at its ends. */
    public static final Unary LOGIT = DoubleSteps.unary(
            Float.MIN_VALUE,
            BELOW_1,
            Logit::atEnds,
            Logit::ofFloats,
            DoubleSteps.chain(Logit::quotient, Logit::rest, Logit::logarithm));

    private Logit() {}

    /** Returns the function of x moved into [ε, 1 − ε], which is that of x moved between those of the bounds. */
    public static Unary within(double epsilon) {
        double most = -LOGIT.applyAsDouble(epsilon); // not of 1 − ε, of which digits are lost
        return new Unary(
                x -> Math.min(Math.max(LOGIT.applyAsDouble(Math.min(Math.max(x, 0), 1)), -most), most),
                (x, z, n) -> {
                    FloatLoops.clamp(x, 0, 1, z, n);
                    LOGIT.floats.run(z, z, n);
                    FloatLoops.clamp(z, (float) -most, (float) most, z, n);
                },
                (x, z, n) -> {
                    DoubleLoops.clamp(x, 0, 1, z, n);
                    LOGIT.doubles.run(z, z, n);
                    DoubleLoops.clamp(z, -most, most, z, n);
                },
                LOGIT.cost);
    }

    /** Of numbers that are not well inside (0, 1). */
    private static double atEnds(double x) {
        return Math.log(x / (1 - x));
    }

    /** To the digits of floats. */
    private static void ofFloats(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.other[i] = s.x[i] / (1 - s.x[i]);
        }
        FloatLogarithms.log(s.other, s, n);
    }

    /** Sets other to u, argument to 1 − x, and spare to u times that. */
    private static void quotient(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double rest = 1 - s.x[i];
            double u = s.x[i] / rest;
            s.argument[i] = rest;
            s.other[i] = u;
            s.spare[i] = u * rest;
        }
    }

    /** Sets tail to r / x. */
    private static void rest(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double u = s.other[i];
            double rest = s.argument[i];
            double lostOfRest = (1 - rest) - s.x[i];
            double lost = DoubleLogarithms.lost(u, rest, s.spare[i]) + u * lostOfRest;
            s.tail[i] = ((s.x[i] - s.spare[i]) - lost) / s.x[i];
        }
    }

    private static void logarithm(DoubleMathScratch s, int n) {
        boolean regular = DoubleLogarithms.log(s.other, s.tail, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.other[i] >= Double.MIN_NORMAL && s.other[i] < Double.POSITIVE_INFINITY)) {
                s.y[i] = atEnds(s.x[i]);
            }
        }
    }
}
