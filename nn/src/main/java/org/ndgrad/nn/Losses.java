package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Elementary;

/**
 * Loss functions. Pure functions of tensors: no state, no metrics.
 *
 * <p>Every loss has a form with a {@link Reduction}; without one it takes the mean, a 0-d tensor. Predictions and
 * targets must have the same shape: unlike PyTorch, nothing is broadcast, since (N) against (N, 1) is nearly always a
 * mistake.
 */
public final class Losses {

    private static final double LOG_FLOOR = -100;
    private static final double DENOMINATOR_FLOOR = 1e-12;

    private Losses() {}

    /**
     * Mean squared error, mean (x − t)², without a factor ½.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape ()
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor mse(Tensor predictions, Tensor targets) {
        return mse(predictions, targets, Reduction.MEAN);
    }

    /**
     * Squared error, (x − t)².
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor mse(Tensor predictions, Tensor targets, Reduction reduction) {
        return reduction.of(difference("mse", predictions, targets).square());
    }

    /**
     * Mean absolute error, mean |x − t|; its derivative at x = t is 0.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape ()
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor l1(Tensor predictions, Tensor targets) {
        return l1(predictions, targets, Reduction.MEAN);
    }

    /**
     * Absolute error, |x − t|.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor l1(Tensor predictions, Tensor targets, Reduction reduction) {
        return reduction.of(difference("l1", predictions, targets).abs());
    }

    /**
     * Mean Huber loss, see {@link #huber(Tensor, Tensor, double, Reduction)}.
     *
     * @param delta δ &gt; 0
     * @return shape ()
     */
    public static Tensor huber(Tensor predictions, Tensor targets, double delta) {
        return huber(predictions, targets, delta, Reduction.MEAN);
    }

    /**
     * Huber loss: with d = x − t, ½ d² where |d| ≤ δ, else δ (|d| − ½ δ).
     *
     * <p>Source: Huber, Robust estimation of a location parameter, 1964.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @param delta δ &gt; 0
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or delta is not positive
     */
    public static Tensor huber(Tensor predictions, Tensor targets, double delta, Reduction reduction) {
        checkArgument(delta > 0, "huber: expected delta > 0; got %s. Use l1 for the limit.", delta);
        return reduction.of(huber(difference("huber", predictions, targets), delta));
    }

    /**
     * Mean smooth L1 loss, see {@link #smoothL1(Tensor, Tensor, double, Reduction)}.
     *
     * @param beta β ≥ 0
     * @return shape ()
     */
    public static Tensor smoothL1(Tensor predictions, Tensor targets, double beta) {
        return smoothL1(predictions, targets, beta, Reduction.MEAN);
    }

    /**
     * Smooth L1 loss: with d = x − t, ½ d² / β where |d| ≤ β, else |d| − ½ β. It is the Huber loss divided by β, and
     * for β = 0 the absolute error.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @param beta β ≥ 0
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or beta is negative
     */
    public static Tensor smoothL1(Tensor predictions, Tensor targets, double beta, Reduction reduction) {
        checkArgument(beta >= 0, "smoothL1: expected beta >= 0; got %s.", beta);
        Tensor difference = difference("smoothL1", predictions, targets);
        return reduction.of(
                beta == 0 ? difference.abs() : huber(difference, beta).div(beta));
    }

    /**
     * Mean binary cross-entropy of probabilities, see {@link #bce(Tensor, Tensor, Reduction)}.
     *
     * @return shape ()
     */
    public static Tensor bce(Tensor probabilities, Tensor targets) {
        return bce(probabilities, targets, Reduction.MEAN);
    }

    /**
     * Binary cross-entropy of probabilities, −t log p − (1 − t) log(1 − p).
     *
     * <p>As in PyTorch, both logarithms are floored at −100, and ∂/∂p = (p − t) / max(p (1 − p), 1e-12), so that p = 0
     * and p = 1 give finite numbers. {@link #bceWithLogits} is more accurate.
     *
     * @param probabilities p, shape (*), in [0, 1]
     * @param targets t, shape (*), usually 0 or 1
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a probability is not in [0, 1]
     */
    public static Tensor bce(Tensor probabilities, Tensor targets, Reduction reduction) {
        Checks.sameShape("bce", "targets", targets, "probabilities", probabilities);
        Checks.floating("bce", "probabilities", probabilities);
        checkProbabilities(probabilities);
        Tensor p = probabilities;
        Tensor t = targets.to(p.dtype());
        Tensor value = Autograd.noGrad(() ->
                t.mul(flooredLog(p)).add(t.rsub(1).mul(flooredLogOneMinus(p))).neg());
        return reduction.of(Op.of("bce", value.data())
                .wrt(
                        p,
                        g -> g.mul(p.sub(t)).div(p.mul(p.rsub(1)).clamp(DENOMINATOR_FLOOR, Double.POSITIVE_INFINITY)),
                        p,
                        t)
                .wrt(t, g -> g.mul(flooredLogOneMinus(p).sub(flooredLog(p))), p)
                .tensor());
    }

    /**
     * Mean binary cross-entropy of logits, see {@link #bceWithLogits(Tensor, Tensor, Reduction)}.
     *
     * @return shape ()
     */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets) {
        return bceWithLogits(logits, targets, Reduction.MEAN);
    }

    /**
     * Binary cross-entropy of logits, max(x, 0) − x t + log(1 + e^−|x|); ∂/∂x = σ(x) − t. Exact for any finite logit.
     *
     * @param logits x, shape (*)
     * @param targets t, shape (*), usually 0 or 1
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets, Reduction reduction) {
        Checks.sameShape("bceWithLogits", "targets", targets, "logits", logits);
        Checks.floating("bceWithLogits", "logits", logits);
        Tensor x = logits;
        Tensor t = targets.to(x.dtype());
        Tensor value = Autograd.noGrad(
                () -> x.relu().sub(x.mul(t)).add(Elementary.log1p(x.abs().neg().exp())));
        return reduction.of(Op.of("bceWithLogits", value.data())
                .wrt(x, g -> g.mul(x.sigmoid().sub(t)), x, t)
                .wrt(t, g -> g.mul(x.neg()), x)
                .tensor());
    }

    /**
     * Binary cross-entropy of logits with a factor w for the positive class, −w t log σ(x) − (1 − t) log(1 − σ(x)).
     *
     * @param logits x, shape (*)
     * @param targets t, shape (*), usually 0 or 1
     * @param positiveWeight w, of a shape that broadcasts to (*), often (C); above 1 it favors recall
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes of logits and targets differ
     */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets, Tensor positiveWeight, Reduction reduction) {
        Checks.sameShape("bceWithLogits", "targets", targets, "logits", logits);
        Checks.floating("bceWithLogits", "logits", logits);
        Tensor t = targets.to(logits.dtype());
        Tensor positive = t.mul(positiveWeight).mul(Activations.logSigmoid(logits));
        Tensor negative = t.rsub(1).mul(Activations.logSigmoid(logits.neg()));
        return reduction.of(positive.add(negative).neg());
    }

    /**
     * Mean cross-entropy between class scores and targets, see
     * {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @return shape ()
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return crossEntropy(logits, targets, CrossEntropyOptions.defaults());
    }

    /**
     * Cross-entropy between class scores and targets: −log softmax(x)ₜ for class indices t, −Σ t log softmax(x) for
     * probabilities t.
     *
     * <p>As in PyTorch, the mean of no samples, or of ignored ones only, is NaN; a target probability 0 of a class with
     * logit −∞ gives NaN.
     *
     * @param logits x, unnormalized scores, shape (N, C), (C) or (N, C, *)
     * @param targets class indices of an integer dtype and shape (N), () or (N, *); or probabilities of the shape of
     *     logits
     * @return shape (), or that of class indices with {@link Reduction#NONE}
     * @throws IllegalArgumentException if shapes or dtypes don't go together
     * @throws IndexOutOfBoundsException if a class index is not in [0, C) and not the one to ignore
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets, CrossEntropyOptions options) {
        boolean indices = CrossEntropy.areIndices("crossEntropy", logits, targets);
        CrossEntropy loss = new CrossEntropy("crossEntropy", logits.logSoftmax(CrossEntropy.classDim(logits)), options);
        return indices ? loss.ofIndices(targets) : loss.ofProbabilities(targets);
    }

    /**
     * Mean negative log-likelihood, see {@link #nll(Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @return shape ()
     */
    public static Tensor nll(Tensor logProbabilities, Tensor targets) {
        return nll(logProbabilities, targets, CrossEntropyOptions.defaults());
    }

    /**
     * Negative log-likelihood of class indices, −xₜ. After {@code logSoftmax} it equals the cross-entropy.
     *
     * @param logProbabilities x, shape (N, C), (C) or (N, C, *)
     * @param targets class indices t of an integer dtype and shape (N), () or (N, *)
     * @return shape (), or that of targets with {@link Reduction#NONE}
     * @throws IllegalArgumentException if shapes or dtypes don't go together
     * @throws IndexOutOfBoundsException if a class index is not in [0, C) and not the one to ignore
     */
    public static Tensor nll(Tensor logProbabilities, Tensor targets, CrossEntropyOptions options) {
        checkArgument(
                CrossEntropy.areIndices("nll", logProbabilities, targets),
                "nll: expected class indices as targets; got probabilities of shape %s. Use crossEntropy on logits.",
                Text.shape(targets));
        return new CrossEntropy("nll", logProbabilities, options).ofIndices(targets);
    }

    private static Tensor difference(String who, Tensor predictions, Tensor targets) {
        Checks.sameShape(who, "targets", targets, "predictions", predictions);
        return predictions.sub(targets);
    }

    /** With c = d clamped to [−δ, δ], c (d − ½ c): no branch, and smooth at 0 for the second derivative. */
    private static Tensor huber(Tensor d, double delta) {
        Tensor clamped = d.clamp(-delta, delta);
        return clamped.mul(d.sub(clamped.mul(0.5)));
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
