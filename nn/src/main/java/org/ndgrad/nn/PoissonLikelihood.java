package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** Likelihood of Poisson distributions; the core of {@link Losses#poissonNllLoss}. */
final class PoissonLikelihood {

    private PoissonLikelihood() {}

    static Tensor negative(Tensor x, Tensor t, PoissonNllOptions options, WithinRange.Unit unit) {
        Tensor counts = unit.of(t);
        Tensor losses = options.logRates()
                ? rates(x, unit).sub(Losses.product(counts, x))
                : unit.of(x).sub(counts.mul(logRates(x.add(options.epsilon()), t)));
        Tensor full = options.full() ? losses.add(unit.of(logFactorial(t.to(x.dtype())))) : losses;
        return unit.undo(options.reduction().of(full), 1);
    }

    /** Returns eˣ in units: where it does not fit, its root does. */
    private static Tensor rates(Tensor x, WithinRange.Unit unit) {
        if (unit.isOne()) {
            return x.exp();
        }
        Tensor root = x.mul(0.5).exp();
        return unit.of(root).mul(root);
    }

    /** Returns logarithms, 0 where there is neither a rate nor a count. */
    private static Tensor logRates(Tensor rates, Tensor counts) {
        Tensor none = Functions.logicalAnd(rates.eq(0), counts.eq(0));
        return Functions.maskedFill(rates, none, 1).log();
    }

    /** Stirling's approximation for t > 1, elsewhere 0. */
    private static Tensor logFactorial(Tensor t) {
        Tensor small = t.le(1);
        Tensor safe = Functions.maskedFill(t, small, 1);
        Tensor stirling =
                safe.mul(safe.log()).sub(safe).add(safe.mul(2 * Math.PI).log().mul(0.5));
        return Functions.maskedFill(stirling, small, 0);
    }
}
