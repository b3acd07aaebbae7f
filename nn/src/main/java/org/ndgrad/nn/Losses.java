package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.FusedLosses;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Special;

/**
 * Loss functions. Pure functions of tensors: no state, no metrics.
 *
 * <p>Every loss has a form with a {@link Reduction}; without one it takes the mean, a 0-d tensor. Predictions and
 * targets must have the same shape: unlike PyTorch, nothing is broadcast, since (N) against (N, 1) is nearly always a
 * mistake. Losses with a margin are in {@link MarginLosses}.
 */
public final class Losses {

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
        Checks.sameShape("mse", "targets", targets, "predictions", predictions);
        return switch (reduction) {
            case MEAN -> FusedLosses.mse(predictions, targets);
            case SUM -> FusedLosses.sse(predictions, targets);
            default ->
                HalfTypes.wide(
                        predictions, targets, (x, t) -> reduction.of(x.sub(t).square()));
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
        Checks.sameShape("l1", "targets", targets, "predictions", predictions);
        return HalfTypes.wide(
                predictions, targets, (x, t) -> reduction.of(x.sub(t).abs()));
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
        Checks.sameShape("huber", "targets", targets, "predictions", predictions);
        return HalfTypes.wide(predictions, targets, (x, t) -> reduction.of(HuberErrors.huber(x.sub(t), delta)));
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
     * for β = 0, or so small that float32 takes it for 0, the absolute error.
     *
     * @param predictions x, shape (*)
     * @param targets t, shape (*)
     * @param beta β ≥ 0
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or beta is negative
     */
    public static Tensor smoothL1(Tensor predictions, Tensor targets, double beta, Reduction reduction) {
        checkArgument(beta >= 0, "smoothL1: expected beta >= 0; got %s. Use 1.", beta);
        Checks.sameShape("smoothL1", "targets", targets, "predictions", predictions);
        return HalfTypes.wide(predictions, targets, (x, t) -> reduction.of(HuberErrors.smoothL1(x.sub(t), beta)));
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
        return bce(probabilities, targets, BceOptions.defaults().withReduction(reduction));
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
    public static Tensor bce(Tensor probabilities, Tensor targets, BceOptions options) {
        checkArgument(
                options.positiveWeight().isEmpty(),
                "bce: expected no positiveWeight; got one. Use bceWithLogits, or a weight that depends on the target.");
        return options.wide(probabilities, p -> options.reduced("bce", BinaryCrossEntropy.ofProbabilities(p, targets)));
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
     * Binary cross-entropy of logits, max(x, 0) − x t + log(1 + e^−|x|); ∂/∂x = σ(x) − t. Exact for any logit, also ±∞.
     *
     * @param logits x, shape (*)
     * @param targets t, shape (*), usually 0 or 1
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor bceWithLogits(Tensor logits, Tensor targets, Reduction reduction) {
        return bceWithLogits(logits, targets, BceOptions.defaults().withReduction(reduction));
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
        return bceWithLogits(
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
    public static Tensor bceWithLogits(Tensor logits, Tensor targets, BceOptions options) {
        return options.wide(logits, x -> {
            Tensor losses = options.positiveWeight()
                    .map(weight -> BinaryCrossEntropy.ofLogits(x, targets, weight))
                    .orElseGet(() -> BinaryCrossEntropy.ofLogits(x, targets));
            return options.reduced("bceWithLogits", losses);
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
            return FusedLosses.crossEntropy(logits, targets, options.ignoreIndex());
        }
        checkArgument(
                indices || options.ignoreIndex() < 0,
                "crossEntropy: expected class indices as targets, of which %s is ignored; got probabilities. Give indices,"
                        + " or leave ignoreIndex out.",
                options.ignoreIndex());
        CrossEntropy.checkWeight("crossEntropy", logits, options);
        return indices
                ? HalfTypes.wide(logits, x -> ofLogits(x, options).ofIndices(targets))
                : HalfTypes.wide(logits, targets, (x, t) -> ofLogits(x, options).ofProbabilities(t));
    }

    private static CrossEntropy ofLogits(Tensor logits, CrossEntropyOptions options) {
        return new CrossEntropy("crossEntropy", logits.logSoftmax(CrossEntropy.classDim(logits)), options);
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
        CrossEntropy.checkWeight("nll", logProbabilities, options);
        return HalfTypes.wide(logProbabilities, x -> new CrossEntropy("nll", x, options).ofIndices(targets));
    }

    /**
     * Mean Kullback-Leibler divergence per element, see {@link #klDiv(Tensor, Tensor, Reduction, boolean)}.
     *
     * @return shape ()
     */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets) {
        return klDiv(logProbabilities, targets, Reduction.MEAN);
    }

    /** Kullback-Leibler divergence, see {@link #klDiv(Tensor, Tensor, Reduction, boolean)}. */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets, Reduction reduction) {
        return klDiv(logProbabilities, targets, reduction, false);
    }

    /**
     * Kullback-Leibler divergence, t (log t − x), 0 where t = 0. Over distributions of N samples it is the divergence
     * in the mathematical sense with {@link Reduction#BATCH_MEAN}.
     *
     * @param logProbabilities x, the logarithms of the approximating distribution, shape (*)
     * @param targets t, the true distribution, shape (*)
     * @param logTargets whether targets are log t instead
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets, Reduction reduction, boolean logTargets) {
        Checks.sameShape("klDiv", "targets", targets, "logProbabilities", logProbabilities);
        Checks.floating("klDiv", "logProbabilities", logProbabilities);
        if (logTargets) {
            Checks.floating("klDiv", "targets", targets);
        }
        return HalfTypes.wide(
                logProbabilities,
                targets,
                (x, t) -> reduction.of(
                        logTargets
                                ? product(t.exp(), t.sub(x))
                                : Special.xlogy(t, t).sub(product(t, x))));
    }

    /**
     * Mean negative log-likelihood of normal distributions, see
     * {@link #gaussianNll(Tensor, Tensor, Tensor, GaussianNllOptions)}.
     *
     * @return shape ()
     */
    public static Tensor gaussianNll(Tensor means, Tensor targets, Tensor variances) {
        return gaussianNll(means, targets, variances, GaussianNllOptions.defaults());
    }

    /**
     * Negative log-likelihood of normal distributions, ½ (log σ² + (μ − t)² / σ²).
     *
     * <p>As in PyTorch, variances below ε count as ε, while the gradient passes as if they were not changed.
     *
     * @param means μ, shape (*)
     * @param targets t, shape (*), or one that broadcasts to it
     * @param variances σ² ≥ 0, shape (*); or (*) with one size being 1 or without the last dim, for one variance there
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes do not fit or a variance is negative
     */
    public static Tensor gaussianNll(Tensor means, Tensor targets, Tensor variances, GaussianNllOptions options) {
        return HalfTypes.wide(
                all -> GaussianLikelihood.negative(all.get(0), all.get(1), all.get(2), options),
                means,
                targets,
                variances);
    }

    /**
     * Mean negative log-likelihood of Poisson distributions, see
     * {@link #poissonNll(Tensor, Tensor, PoissonNllOptions)}.
     *
     * @return shape ()
     */
    public static Tensor poissonNll(Tensor logRates, Tensor targets) {
        return poissonNll(logRates, targets, PoissonNllOptions.defaults());
    }

    /**
     * Negative log-likelihood of Poisson distributions, eˣ − t x; or x − t log(x + ε) if the rates themselves are
     * given; on demand with Stirling's approximation of log t! for t &gt; 1, t log t − t + ½ log(2 π t).
     *
     * @param rates x, the logarithms of the rates, or with {@link PoissonNllOptions#withLogRates} these, shape (*)
     * @param targets t, the counts, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor poissonNll(Tensor rates, Tensor targets, PoissonNllOptions options) {
        Checks.sameShape("poissonNll", "targets", targets, "rates", rates);
        Checks.floating("poissonNll", "rates", rates);
        return HalfTypes.wide(rates, targets, (x, t) -> PoissonLikelihood.negative(x, t, options));
    }

    /** Returns weight · x, and 0 where the weight is 0 though x is no number: there is nothing to count. */
    static Tensor product(Tensor weight, Tensor x) {
        Tensor none = Comparison.logicalAnd(weight.eq(0), Comparison.logicalNot(Comparison.isfinite(x)));
        return weight.mul(Comparison.maskedFill(x, none, 0));
    }
}
