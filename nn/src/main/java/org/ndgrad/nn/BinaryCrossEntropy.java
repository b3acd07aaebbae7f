package org.ndgrad.nn;

import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Elementary;

/** Binary cross-entropy of each element, of probabilities and of logits; the core of {@link Losses}. */
final class BinaryCrossEntropy {

    private static final double LOG_FLOOR = -100;
    private static final double DENOMINATOR_FLOOR = 1e-12;

    private BinaryCrossEntropy() {}

    static Tensor ofProbabilities(Tensor probabilities, Tensor targets) {
        Checks.sameShape("bce", "targets", targets, "probabilities", probabilities);
        Checks.floating("bce", "probabilities", probabilities);
        checkProbabilities(probabilities);
        Tensor p = probabilities;
        Tensor t = targets.to(p.dtype());
        Tensor value = Autograd.noGrad(() ->
                t.mul(flooredLog(p)).add(t.rsub(1).mul(flooredLogOneMinus(p))).neg());
        return Op.of("bce", value.data())
                .wrt(
                        p,
                        g -> g.mul(p.sub(t)).div(p.mul(p.rsub(1)).clamp(DENOMINATOR_FLOOR, Double.POSITIVE_INFINITY)),
                        p,
                        t)
                .wrt(t, g -> g.mul(flooredLogOneMinus(p).sub(flooredLog(p))), p)
                .tensor();
    }

    static Tensor ofLogits(Tensor logits, Tensor targets) {
        checkLogits(logits, targets);
        Tensor x = logits;
        Tensor t = targets.to(x.dtype());
        Tensor value = Autograd.noGrad(
                () -> x.relu().sub(x.mul(t)).add(Elementary.log1p(x.abs().neg().exp())));
        return Op.of("bceWithLogits", value.data())
                .wrt(x, g -> g.mul(x.sigmoid().sub(t)), x, t)
                .wrt(t, g -> g.mul(x.neg()), x)
                .tensor();
    }

    static Tensor ofLogits(Tensor logits, Tensor targets, Tensor positiveWeight) {
        checkLogits(logits, targets);
        Checks.broadcasts("bceWithLogits", "a positiveWeight", positiveWeight, "logits", logits);
        Tensor t = targets.to(logits.dtype());
        Tensor positive = t.mul(positiveWeight).mul(Activations.logSigmoid(logits));
        Tensor negative = t.rsub(1).mul(Activations.logSigmoid(logits.neg()));
        return positive.add(negative).neg();
    }

    private static void checkLogits(Tensor logits, Tensor targets) {
        Checks.sameShape("bceWithLogits", "targets", targets, "logits", logits);
        Checks.floating("bceWithLogits", "logits", logits);
    }

    private static Tensor flooredLog(Tensor p) {
        return p.log().clamp(LOG_FLOOR, Double.POSITIVE_INFINITY);
    }

    private static Tensor flooredLogOneMinus(Tensor p) {
        return Elementary.log1p(p.neg()).clamp(LOG_FLOOR, Double.POSITIVE_INFINITY);
    }

    private static void checkProbabilities(Tensor probabilities) {
        double[] values = probabilities.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IllegalArgumentException("bce: expected probabilities in [0, 1]; got " + values[i]
                        + " at position " + i + ". Apply sigmoid first, or use bceWithLogits.");
            }
        }
    }
}
