package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;

/** Likelihood of Poisson distributions; the core of {@link Losses#poissonNllLoss}. */
final class PoissonLikelihood {

    private PoissonLikelihood() {}

    static Tensor negative(Tensor x, Tensor t, PoissonNllOptions options) {
        Tensor losses = options.logRates()
                ? x.exp().sub(Losses.product(t, x))
                : x.sub(t.mul(logRates(x.add(options.epsilon()), t)));
        return options.reduction().of(options.full() ? losses.add(logFactorial(t.to(x.dtype()))) : losses);
    }

    /** Returns logarithms, 0 where there is neither a rate nor a count. */
    private static Tensor logRates(Tensor rates, Tensor counts) {
        Tensor none = Comparison.logicalAnd(rates.eq(0), counts.eq(0));
        return Comparison.maskedFill(rates, none, 1).log();
    }

    /** Stirling's approximation for t > 1, elsewhere 0. */
    private static Tensor logFactorial(Tensor t) {
        Tensor small = t.le(1);
        Tensor safe = Comparison.maskedFill(t, small, 1);
        Tensor stirling =
                safe.mul(safe.log()).sub(safe).add(safe.mul(2 * Math.PI).log().mul(0.5));
        return Comparison.maskedFill(stirling, small, 0);
    }
}
