package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.FusedLosses;
import org.ndgrad.autograd.internal.Text;

/**
 * Loss functions. Pure functions of tensors: no state, no metrics.
 *
 * <p>Every loss has a form with a {@link Reduction}; without one it takes the mean, a 0-d tensor. Predictions and
 * targets must have the same shape: unlike PyTorch, nothing is broadcast, since (N) against (N, 1) is nearly always a
 * mistake. Those with a margin and those of distributions come from the classes above.
 */
public final class Losses extends LikelihoodLosses {

    private Losses() {}

    /**
     * Mean squared error, mean (x − t)², without a factor ½.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape ()
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor mseLoss(Tensor predictions, Tensor targets) {
        return mseLoss(predictions, targets, Reduction.MEAN);
    }

    /**
     * Squared error, (x − t)².
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor mseLoss(Tensor predictions, Tensor targets, Reduction reduction) {
        Checks.sameShape("mseLoss", "targets", targets, "predictions", predictions);
        return switch (reduction) {
            case MEAN -> FusedLosses.mseLoss(predictions, targets);
            case SUM -> FusedLosses.sse(predictions, targets);
            default -> FusedLosses.squaredErrors(predictions, targets);
        };
    }

    /**
     * Mean absolute error, mean |x − t|; its derivative at x = t is 0.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape ()
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor l1Loss(Tensor predictions, Tensor targets) {
        return l1Loss(predictions, targets, Reduction.MEAN);
    }

    /**
     * Absolute error, |x − t|.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor l1Loss(Tensor predictions, Tensor targets, Reduction reduction) {
        Checks.sameShape("l1Loss", "targets", targets, "predictions", predictions);
        return WithinRange.of(
                (all, unit) -> {
                    Tensor difference = unit.of(all.get(0)).sub(unit.of(all.get(1)));
                    return unit.undo(reduction.of(difference.abs()), 1);
                },
                predictions,
                targets);
    }

    /** Mean Huber loss with δ = 1, see {@link #huberLoss(Tensor, Tensor, double, Reduction)}. */
    public static Tensor huberLoss(Tensor predictions, Tensor targets) {
        return huberLoss(predictions, targets, 1);
    }

    /**
     * Mean Huber loss, see {@link #huberLoss(Tensor, Tensor, double, Reduction)}.
     *
     * @param delta δ &gt; 0
     * @return shape ()
     */
    public static Tensor huberLoss(Tensor predictions, Tensor targets, double delta) {
        return huberLoss(predictions, targets, delta, Reduction.MEAN);
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
    public static Tensor huberLoss(Tensor predictions, Tensor targets, double delta, Reduction reduction) {
        checkArgument(delta > 0, "huberLoss: expected delta > 0; got %s. Use l1Loss for the limit.", delta);
        Checks.sameShape("huberLoss", "targets", targets, "predictions", predictions);
        return WithinRange.of(
                (all, unit) -> {
                    Tensor losses =
                            FusedLosses.huberErrors(unit.of(all.get(0)), unit.of(all.get(1)), 1, unit.of(delta));
                    return unit.undo(reduction.of(losses), 2);
                },
                predictions,
                targets);
    }

    /** Mean smooth L1 loss with β = 1, see {@link #smoothL1Loss(Tensor, Tensor, double, Reduction)}. */
    public static Tensor smoothL1Loss(Tensor predictions, Tensor targets) {
        return smoothL1Loss(predictions, targets, 1);
    }

    /**
     * Mean smooth L1 loss, see {@link #smoothL1Loss(Tensor, Tensor, double, Reduction)}.
     *
     * @param beta β ≥ 0
     * @return shape ()
     */
    public static Tensor smoothL1Loss(Tensor predictions, Tensor targets, double beta) {
        return smoothL1Loss(predictions, targets, beta, Reduction.MEAN);
    }

    /**
     * Smooth L1 loss: with d = x − t, ½ d² / β where |d| ≤ β, else |d| − ½ β. It is the Huber loss divided by β, for
     * β = 0, or so small that float32 takes it for 0, the absolute error, and for β = ∞ it is 0.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @param beta β ≥ 0
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or beta is negative
     */
    public static Tensor smoothL1Loss(Tensor predictions, Tensor targets, double beta, Reduction reduction) {
        checkArgument(beta >= 0, "smoothL1Loss: expected beta >= 0; got %s. Use 1.", beta);
        Checks.sameShape("smoothL1Loss", "targets", targets, "predictions", predictions);
        return WithinRange.of(
                (all, unit) -> {
                    Tensor losses = smoothErrors(unit.of(all.get(0)), unit.of(all.get(1)), unit.of(beta));
                    return unit.undo(reduction.of(losses), 1);
                },
                predictions,
                targets);
    }

    private static Tensor smoothErrors(Tensor x, Tensor t, double beta) {
        if (beta == Double.POSITIVE_INFINITY) {
            return x.sub(t).abs().mul(0.0); // NaN where the difference is infinite
        }
        boolean isLimit = beta == 0 || (x.dtype() != DataType.DOUBLE && (float) beta == 0);
        return isLimit ? x.sub(t).abs() : FusedLosses.huberErrors(x, t, beta, 1);
    }

    /**
     * Mean binary cross-entropy of probabilities, see {@link #binaryCrossEntropy(Tensor, Tensor, Reduction)}.
     *
     * @return shape ()
     */
    public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor targets) {
        return binaryCrossEntropy(probabilities, targets, Reduction.MEAN);
    }

    /**
     * Binary cross-entropy of probabilities, −t log p − (1 − t) log(1 − p).
     *
     * <p>As in PyTorch, both logarithms are floored at −100, and ∂/∂p = (p − t) / max(p (1 − p), 1e-12), so that p = 0
     * and p = 1 give finite numbers. {@link #binaryCrossEntropyWithLogits} is more accurate.
     *
     * @param probabilities p, shape (*), in [0, 1]
     * @param targets t, shape (*), usually 0 or 1
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a probability is not in [0, 1]
     */
    public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor targets, Reduction reduction) {
        return binaryCrossEntropy(probabilities, targets, BceOptions.defaults().withReduction(reduction));
    }

    /**
     * Binary cross-entropy of probabilities with a factor per element, w (−t log p − (1 − t) log(1 − p)).
     *
     * @param probabilities p, shape (*), in [0, 1]
     * @param targets t, shape (*), usually 0 or 1
     * @param options reduction and weight; a weight of positives only is for logits
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ, a probability is not in [0, 1], or positives have a weight
     */
    public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor targets, BceOptions options) {
        checkArgument(
                options.positiveWeight().isEmpty(),
                "binaryCrossEntropy: expected no positiveWeight; got one. Use binaryCrossEntropyWithLogits, or a weight that depends on the target.");
        return options.wide(
                probabilities,
                (p, unit) ->
                        options.reduced("binaryCrossEntropy", unit.of(BinaryCrossEntropy.ofProbabilities(p, targets))));
    }

    /**
     * Mean binary cross-entropy of logits, see {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Reduction)}.
     *
     * @return shape ()
     */
    public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
        return binaryCrossEntropyWithLogits(logits, targets, Reduction.MEAN);
    }

    /**
     * Binary cross-entropy of logits, max(x, 0) − x t + log(1 + e^−|x|); ∂/∂x = σ(x) − t. Exact for any logit, also ±∞.
     *
     * @param logits x, shape (*)
     * @param targets t, shape (*), usually 0 or 1
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets, Reduction reduction) {
        return binaryCrossEntropyWithLogits(
                logits, targets, BceOptions.defaults().withReduction(reduction));
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
    public static Tensor binaryCrossEntropyWithLogits(
            Tensor logits, Tensor targets, Tensor positiveWeight, Reduction reduction) {
        return binaryCrossEntropyWithLogits(
                logits,
                targets,
                BceOptions.defaults().withPositiveWeight(positiveWeight).withReduction(reduction));
    }

    /**
     * Binary cross-entropy of logits with a factor per element, for the positive class, or both.
     *
     * @param logits x, shape (*)
     * @param targets t, shape (*), usually 0 or 1
     * @param options reduction and weights
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a weight does not broadcast to them
     */
    public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets, BceOptions options) {
        return options.wide(logits, (x, unit) -> {
            Tensor losses = options.positiveWeight()
                    .map(weight -> BinaryCrossEntropy.ofLogits(x, targets, weight, unit))
                    .orElseGet(() -> unit.of(BinaryCrossEntropy.ofLogits(x, targets)));
            return options.reduced("binaryCrossEntropyWithLogits", losses);
        });
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
     * Cross-entropy between class scores and targets, see
     * {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)}.
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets, Reduction reduction) {
        return crossEntropy(logits, targets, CrossEntropyOptions.defaults().withReduction(reduction));
    }

    /**
     * Cross-entropy between class scores and targets: −log softmax(x)ₜ for class indices t, −Σ t log softmax(x) for
     * probabilities t.
     *
     * <p>As in PyTorch, the mean of no samples, or of ignored ones only, is NaN. Unlike there, a class with probability
     * 0 does not count, even if its logit is −∞.
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
        if (indices && logits.ndim() == 2 && CrossEntropy.isPlain(options)) {
            return WithinRange.of(
                    (all, unit) -> unit.isOne()
                            ? FusedLosses.crossEntropy(all.get(0), targets, options.ignoreIndex())
                            : CrossEntropy.ofLogits(all.get(0), targets, options, unit),
                    logits);
        }
        checkArgument(
                indices || options.ignoreIndex() < 0,
                "crossEntropy: expected class indices as targets, of which %s is ignored; got probabilities. Give indices,"
                        + " or leave ignoreIndex out.",
                options.ignoreIndex());
        CrossEntropy.checkWeight("crossEntropy", logits, options);
        return indices
                ? WithinRange.of((all, unit) -> CrossEntropy.ofLogits(all.get(0), targets, options, unit), logits)
                : WithinRange.of(
                        (all, unit) -> CrossEntropy.ofLogits(all.get(0), all.get(1), options, unit), logits, targets);
    }

    /**
     * Mean of −log softmax(x Wᵀ)ₜ for class indices t, see
     * {@link #linearCrossEntropy(Tensor, Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @return shape ()
     */
    public static Tensor linearCrossEntropy(Tensor input, Tensor weight, Tensor targets) {
        return linearCrossEntropy(input, weight, targets, CrossEntropyOptions.defaults());
    }

    /**
     * Cross-entropy between the scores x Wᵀ and targets: −log softmax(x Wᵀ)ₜ for class indices t, and else as
     * {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @param input x, shape (N, in) or (in)
     * @param weight W, shape (C, in) or, for a batch, (C, *, in)
     * @param targets class indices of shape (N, *) or (), or probabilities of shape (N, C, *) or (C)
     * @return shape (), or that of class indices with {@link Reduction#NONE}
     * @throws IllegalArgumentException if shapes or dtypes don't go together
     * @throws IndexOutOfBoundsException if a class index is not in [0, C) and not the one to ignore
     */
    public static Tensor linearCrossEntropy(Tensor input, Tensor weight, Tensor targets, CrossEntropyOptions options) {
        checkRows(input, weight);
        return CrossEntropy.ofScores(
                all -> logits(input, weight, all.get(0).linear(all.get(1).flatten(0, -2))),
                targets,
                options,
                input,
                weight);
    }

    /**
     * Cross-entropy between the scores x Wᵀ + b and targets, see
     * {@link #linearCrossEntropy(Tensor, Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @param bias b, shape (C) or (C, *)
     */
    public static Tensor linearCrossEntropy(
            Tensor input, Tensor weight, Tensor bias, Tensor targets, CrossEntropyOptions options) {
        checkRows(input, weight);
        checkArgument(
                Arrays.equals(bias.shape(), Arrays.copyOf(weight.shape(), weight.ndim() - 1)),
                "linearCrossEntropy: expected a bias of the weight's shape %s but for its last dim; got %s. Reshape it.",
                Text.shape(weight),
                Text.shape(bias));
        return CrossEntropy.ofScores(
                all -> logits(
                        input,
                        weight,
                        all.get(0).linear(all.get(1).flatten(0, -2), all.get(2).flatten())),
                targets,
                options,
                input,
                weight,
                bias);
    }

    private static void checkRows(Tensor input, Tensor weight) {
        boolean fits = (input.ndim() == 1 && weight.ndim() == 2) || (input.ndim() == 2 && weight.ndim() >= 2);
        checkArgument(
                fits && input.size(-1) == weight.size(-1),
                "linearCrossEntropy: expected an input of shape (N, in) and a weight of shape (C, *, in), or an input of"
                        + " shape (in) and a weight of shape (C, in); got %s and %s. Reshape them.",
                Text.shape(input),
                Text.shape(weight));
    }

    /** Gives the scores of a sample the shape of the weight without its last dim. */
    private static Tensor logits(Tensor input, Tensor weight, Tensor scores) {
        long[] samples = Arrays.copyOf(input.shape(), input.ndim() - 1);
        return scores.reshape(Longs.concat(samples, Arrays.copyOf(weight.shape(), weight.ndim() - 1)));
    }
}
