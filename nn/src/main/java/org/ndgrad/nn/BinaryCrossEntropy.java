package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.FusedLosses;

/** Binary cross-entropy of each element, of probabilities and of logits; the core of {@link Losses}. */
final class BinaryCrossEntropy {

    private BinaryCrossEntropy() {}

    static Tensor ofProbabilities(Tensor probabilities, Tensor targets) {
        Checks.sameShape("binaryCrossEntropy", "targets", targets, "probabilities", probabilities);
        Checks.floating("binaryCrossEntropy", "probabilities", probabilities);
        checkProbabilities(probabilities);
        return FusedLosses.binaryCrossEntropy(probabilities, targets.to(probabilities.dtype()));
    }

    static Tensor ofLogits(Tensor logits, Tensor targets) {
        checkLogits(logits, targets);
        return FusedLosses.binaryCrossEntropyWithLogits(logits, targets.to(logits.dtype()));
    }

    static Tensor ofLogits(Tensor logits, Tensor targets, Tensor positiveWeight, WithinRange.Unit unit) {
        checkLogits(logits, targets);
        Checks.broadcasts("binaryCrossEntropyWithLogits", "a positiveWeight", positiveWeight, "logits", logits);
        Tensor t = targets.to(logits.dtype());
        Tensor positive = product(t, positiveWeight, unit.of(Functions.logsigmoid(logits)));
        Tensor negative = product(t.rsub(1), Tensor.of(t.dtype(), 1), unit.of(Functions.logsigmoid(logits.neg())));
        return positive.add(negative).neg();
    }

    /**
     * y = a b x, where a factor of 0 counts more than an infinite x; ∂L/∂a = g b x, ∂L/∂b = g a x, likewise, so that
     * they are infinite where x is; ∂L/∂x = g a b.
     */
    private static Tensor product(Tensor a, Tensor b, Tensor x) {
        return Op.of("mul", Losses.product(a.detach().mul(b.detach()), x.detach()))
                .wrt(a, g -> product(g, b, x), b, x)
                .wrt(b, g -> product(g, a, x), a, x)
                .wrt(x, g -> g.mul(a).mul(b), a, b)
                .tensor();
    }

    /** Multiplies losses by a factor each, or by fewer ones that broadcast. */
    static Tensor weighted(String who, Tensor losses, Tensor weight) {
        Checks.broadcasts(who, "a weight", weight, "the losses", losses);
        return Losses.product(weight, losses);
    }

    private static void checkLogits(Tensor logits, Tensor targets) {
        Checks.sameShape("binaryCrossEntropyWithLogits", "targets", targets, "logits", logits);
        Checks.floating("binaryCrossEntropyWithLogits", "logits", logits);
    }

    private static void checkProbabilities(Tensor probabilities) {
        double[] values = probabilities.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException(
                        "binaryCrossEntropy: expected probabilities in [0, 1]; got " + values[i] + " at position " + i
                                + ". Apply sigmoid first, or use binaryCrossEntropyWithLogits.");
            }
        }
    }
}
