package org.ndgrad.autograd.kernels.math;

/** Products of numbers with logarithms, where 0 · ∞ is 0, in loops like those of {@link DoubleLogarithms}. */
final class DoubleEntropies {

    /** x ln y of the second number y, 0 where x = 0 unless y is NaN. */
    static final DoubleSteps.Step XLOGY = DoubleSteps.chain(
            (s, n) -> DoubleLogarithms.log(s.second, s, n),
            (s, n) -> DoubleLoops.multiply(s.x, s.y, s.y, n),
            DoubleEntropies::zeroTimes);

    /** x ln(1 + y) of the second number y, 0 where x = 0 unless y is NaN. */
    static final DoubleSteps.Step XLOG1PY = DoubleSteps.chain(
            (s, n) -> DoubleLogarithms.log1p(s.second, s, n),
            (s, n) -> DoubleLoops.multiply(s.x, s.y, s.y, n),
            DoubleEntropies::zeroTimes);

    /** −x ln x, 0 at 0 and −∞ below. */
    static final DoubleSteps.Step ENTROPY =
            DoubleSteps.chain(DoubleLogarithms::log, DoubleEntropies::minusProduct, DoubleEntropies::irregularEntropy);

    private DoubleEntropies() {}

    /** Makes products with 0 to 0, but for NaN. */
    private static void zeroTimes(DoubleMathScratch s, int n) {
        boolean regular = s.allBeyond(s.x, Double.MIN_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.x[i] == 0 && !Double.isNaN(s.second[i])) {
                s.y[i] = 0;
            }
        }
    }

    private static void irregularEntropy(DoubleMathScratch s, int n) {
        boolean regular = s.allBetween(s.x, Double.MIN_VALUE, Double.MAX_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.x[i] <= 0) {
                s.y[i] = s.x[i] == 0 ? 0 : Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static void minusProduct(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = -s.x[i] * s.y[i];
        }
    }
}
