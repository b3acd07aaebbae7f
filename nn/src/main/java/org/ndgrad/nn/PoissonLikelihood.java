package org.ndgrad.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** Likelihood of Poisson distributions; the core of {@link Losses#poissonNllLoss}. */
final class PoissonLikelihood {

    private PoissonLikelihood() {}

    static Tensor negative(Tensor x, Tensor t, PoissonNllOptions options, WithinRange.Unit unit) {
        if (!options.full()) {
            return unit.undo(options.reduction().of(losses(x, t, options, unit)), 1);
        }
        boolean isDouble = x.dtype() == DataType.DOUBLE || t.dtype() == DataType.DOUBLE;
        Tensor full = full(x.to(DataType.DOUBLE), t.to(DataType.DOUBLE), options, unit);
        return unit.undo(options.reduction().of(full), 1).to(isDouble ? DataType.DOUBLE : DataType.FLOAT);
    }

    private static Tensor losses(Tensor x, Tensor t, PoissonNllOptions options, WithinRange.Unit unit) {
        Tensor counts = unit.of(t);
        return options.logRates()
                ? rates(x, unit).sub(Losses.product(counts, x))
                : unit.of(x).sub(counts.mul(logRates(x.add(options.epsilon()), t)));
    }

    /**
     * With Stirling's approximation for t &gt; 1. There the rest is t (eᵈ − 1 − d) − ε, where d is the logarithm of the
     * rate less that of t: near the most likely rate, where the terms of the formula cancel, neither is.
     */
    private static Tensor full(Tensor x, Tensor t, PoissonNllOptions options, WithinRange.Unit unit) {
        Tensor small = t.le(1);
        Tensor safe = Functions.maskedFill(t, small, 1);
        Tensor half = safe.mul(2 * Math.PI).log().mul(0.5);
        if (!unit.isOne()) {
            Tensor stirling = safe.mul(safe.log()).sub(safe).add(half);
            return losses(x, t, options, unit).add(unit.of(Functions.maskedFill(stirling, small, 0)));
        }
        double epsilon = options.logRates() ? 0 : options.epsilon();
        Tensor rates = Functions.maskedFill(x, small, options.logRates() ? 0 : 1);
        Tensor logarithms = options.logRates() ? rates : rates.add(epsilon).log();
        Tensor d = logarithms.sub(safe.log());
        Tensor many = safe.mul(d.expm1().sub(d)).sub(epsilon).add(half);
        return Functions.where(small, losses(x, t, options, unit), many);
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
}
