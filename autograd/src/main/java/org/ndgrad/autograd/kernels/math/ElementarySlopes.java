package org.ndgrad.autograd.kernels.math;

/** Derivatives of functions of one number that backward passes compute for whole arrays. */
public final class ElementarySlopes {

    /** 2ˣ ln 2. */
    public static final Unary EXP2 = DoubleSteps.unary(ElementarySlopes::exp2);

    /** 2/√π · e^(−x²), of erf. */
    public static final Unary ERF =
            DoubleSteps.unary(DoubleSteps.chain(ElementarySlopes::square, ElementarySlopes::gauss));

    /** 1 / (x (1 − x)), NaN outside [0, 1]. */
    public static final Unary LOGIT = DoubleSteps.unary(ElementarySlopes::logit);

    private static final double LN_2 = Math.log(2);

    /** Beyond, 2ˣ may overflow where 2ˣ ln 2 does not. */
    private static final double EXP2_MOST = 1000;

    /** Beyond, e^(−x²) is 0. */
    private static final double GAUSS_MOST = 28;

    private ElementarySlopes() {}

    private static void exp2(DoubleMathScratch s, int n) {
        DoubleExponentials.exp2(s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] *= LN_2;
        }
        boolean regular = s.allNear(s.x, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.x[i] > EXP2_MOST) {
                s.y[i] = 2 * LN_2 * Math.pow(2, s.x[i] - 1);
            }
        }
    }

    /** Sets other to x², exactly that of the first half of its digits, and spare to what the square lacks. */
    private static void square(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double near = Math.min(Math.max(s.x[i], -GAUSS_MOST), GAUSS_MOST);
            double split = near * DoubleExponentials.SPLIT;
            double head = split - (split - near);
            s.other[i] = head * head;
            s.spare[i] = (head - near) * (head + near);
        }
    }

    private static void gauss(DoubleMathScratch s, int n) {
        DoubleExponentials.expOfLess(s.other, s, n);
        for (int i = 0; i < n; i++) {
            double less = s.spare[i]; // below 2⁻¹⁶: its exponential needs few terms
            s.y[i] *= ErrorFunctions.TWO_OVER_ROOT_PI
                    + ErrorFunctions.TWO_OVER_ROOT_PI * less * (1 + less * (0.5 + less * (1. / 6)));
        }
    }

    private static void logit(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double product = s.x[i] * (1 - s.x[i]);
            s.y[i] = 1 / (product + 0 * Math.sqrt(product)); // NaN of what is negative
        }
    }
}
