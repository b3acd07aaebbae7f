package org.ndgrad.autograd.kernels.math;

/**
 * Logarithms of sums of two powers of floats, in double precision: max(x, y) + ln(1 + p) with p = e^−|x − y|. The
 * logarithm is 2 artanh s with s = p / (2 + p), s times a polynomial in s² that is found at Chebyshev's nodes, with an
 * error below 2⁻⁵³. What terms that cancel cost is less than floats show, unlike in {@link DoubleLogistic}.
 */
final class FloatLogAddExp {

    /** Beyond, e⁻ˣ is no float. */
    private static final double MOST = 110;

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN_2 = Math.log(2);

    private static final double A_0 = 2;
    private static final double A_1 = 0.6666666666668257;
    private static final double A_2 = 0.399999999952876;
    private static final double A_3 = 0.2857142911165716;
    private static final double A_4 = 0.22222190861346283;
    private static final double A_5 = 0.1818285980047391;
    private static final double A_6 = 0.15363676248891633;
    private static final double A_7 = 0.13591305485579894;
    private static final double A_8 = 0.09880789048764786;
    private static final double A_9 = 0.17780763826113305;

    /** ln(eˣ + eʸ). */
    static final DoubleSteps.Step NATURAL = steps(1, 1);

    /** log₂(2ˣ + 2ʸ). */
    static final DoubleSteps.Step OF_TWO = steps(LN_2, LOG2_E);

    private FloatLogAddExp() {}

    private static DoubleSteps.Step steps(double lnBase, double perUnit) {
        return DoubleSteps.chain(
                (s, n) -> difference(lnBase, s, n),
                (s, n) -> DoubleExponentials.reduceNegative(s.argument, s.count, s.rest, s.tail, n),
                DoubleMathScratch::raise,
                (s, n) -> DoubleExponentials.polynomial(s.rest, s.tail, s.y, n),
                FloatLogAddExp::logarithm,
                (s, n) -> plusLarger(perUnit, s, n),
                FloatLogAddExp::ofInfinite);
    }

    private static void difference(double lnBase, DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.argument[i] = Math.min(Math.abs(s.x[i] - s.second[i]) * lnBase, MOST);
        }
    }

    /** Sets y to ln(1 + p), of p = (1 + y) count. */
    private static void logarithm(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double p = (1 + s.y[i]) * s.count[i];
            double share = p / (2 + p);
            double z = share * share;
            double w = z * z;
            double even = A_0 + w * (A_2 + w * (A_4 + w * (A_6 + w * A_8)));
            double odd = A_1 + w * (A_3 + w * (A_5 + w * (A_7 + w * A_9)));
            s.y[i] = share * even + share * z * odd;
        }
    }

    private static void plusLarger(double perUnit, DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double larger = Math.max(s.x[i], s.second[i]);
            s.spare[i] = larger;
            s.y[i] = larger + s.y[i] * perUnit;
        }
    }

    private static void ofInfinite(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.spare, n);
        for (int i = 0; i < n && !regular; i++) {
            if (Math.abs(s.spare[i]) > Double.MAX_VALUE) {
                s.y[i] = s.spare[i];
            }
        }
    }
}
