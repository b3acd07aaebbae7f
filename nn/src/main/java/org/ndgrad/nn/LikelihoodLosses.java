package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.FusedLosses;
import org.ndgrad.autograd.internal.Text;

/** Loss functions that are likelihoods or divergences of distributions; found as {@code Losses.…}. */
public abstract sealed class LikelihoodLosses extends MarginLosses permits Losses {

    LikelihoodLosses() {}

    /**
     * Mean negative log-likelihood, see {@link #nllLoss(Tensor, Tensor, CrossEntropyOptions)}.
     *
     * @return shape ()
     */
    public static Tensor nllLoss(Tensor logProbabilities, Tensor targets) {
        return nllLoss(logProbabilities, targets, CrossEntropyOptions.defaults());
    }

    /** Negative log-likelihood, see {@link #nllLoss(Tensor, Tensor, CrossEntropyOptions)}. */
    public static Tensor nllLoss(Tensor logProbabilities, Tensor targets, Reduction reduction) {
        return nllLoss(logProbabilities, targets, CrossEntropyOptions.defaults().withReduction(reduction));
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
    public static Tensor nllLoss(Tensor logProbabilities, Tensor targets, CrossEntropyOptions options) {
        checkArgument(
                CrossEntropy.areIndices("nllLoss", logProbabilities, targets),
                "nllLoss: expected class indices as targets; got probabilities of shape %s. Use crossEntropy on logits.",
                Text.shape(targets));
        CrossEntropy.checkWeight("nllLoss", logProbabilities, options);
        return WithinRange.of(
                (all, unit) -> {
                    Tensor x = unit.of(all.get(0));
                    return unit.undo(new CrossEntropy("nllLoss", x, options).ofIndices(targets), 1);
                },
                logProbabilities);
    }

    /**
     * Mean Kullback-Leibler divergence per element, see {@link #klDiv(Tensor, Tensor, KlDivOptions)}.
     *
     * @return shape ()
     */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets) {
        return klDiv(logProbabilities, targets, Reduction.MEAN);
    }

    /** Kullback-Leibler divergence, see {@link #klDiv(Tensor, Tensor, KlDivOptions)}. */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets, Reduction reduction) {
        return klDiv(logProbabilities, targets, KlDivOptions.defaults().withReduction(reduction));
    }

    /**
     * Kullback-Leibler divergence, t (log t − x), 0 where t = 0. Over distributions of N samples it is the divergence
     * in the mathematical sense with {@link Reduction#BATCH_MEAN}.
     *
     * @param logProbabilities x, the logarithms of the approximating distribution, shape (*)
     * @param targets t, the true distribution, or with {@link KlDivOptions#withLogTarget} log t, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor klDiv(Tensor logProbabilities, Tensor targets, KlDivOptions options) {
        boolean logTarget = options.logTarget();
        Checks.sameShape("klDiv", "targets", targets, "logProbabilities", logProbabilities);
        Checks.floating("klDiv", "logProbabilities", logProbabilities);
        if (logTarget) {
            Checks.floating("klDiv", "targets", targets);
        }
        return WithinRange.of(
                (all, unit) -> {
                    Tensor x = all.get(0);
                    Tensor t = all.get(1);
                    Tensor losses =
                            logTarget ? product(unit.of(t.exp()), t.sub(x)) : FusedLosses.klDiv(x, t, unit.of(1.0));
                    return unit.undo(options.reduction().of(losses), 1);
                },
                logProbabilities,
                targets);
    }

    /**
     * Mean negative log-likelihood of normal distributions, see
     * {@link #gaussianNllLoss(Tensor, Tensor, Tensor, GaussianNllOptions)}.
     *
     * @return shape ()
     */
    public static Tensor gaussianNllLoss(Tensor means, Tensor targets, Tensor variances) {
        return gaussianNllLoss(means, targets, variances, GaussianNllOptions.defaults());
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
    public static Tensor gaussianNllLoss(Tensor means, Tensor targets, Tensor variances, GaussianNllOptions options) {
        return WithinRange.of(
                (all, unit) -> GaussianLikelihood.negative(all.get(0), all.get(1), all.get(2), options, unit),
                means,
                targets,
                variances);
    }

    /**
     * Mean negative log-likelihood of Poisson distributions, see
     * {@link #poissonNllLoss(Tensor, Tensor, PoissonNllOptions)}.
     *
     * @return shape ()
     */
    public static Tensor poissonNllLoss(Tensor logRates, Tensor targets) {
        return poissonNllLoss(logRates, targets, PoissonNllOptions.defaults());
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
    public static Tensor poissonNllLoss(Tensor rates, Tensor targets, PoissonNllOptions options) {
        Checks.sameShape("poissonNllLoss", "targets", targets, "rates", rates);
        Checks.floating("poissonNllLoss", "rates", rates);
        return WithinRange.of(
                (all, unit) -> PoissonLikelihood.negative(all.get(0), all.get(1), options, unit), rates, targets);
    }

    /** Returns weight · x, and 0 where the weight is 0 though x is no number: there is nothing to count. */
    static Tensor product(Tensor weight, Tensor x) {
        Tensor none = Functions.logicalAnd(weight.eq(0), Functions.logicalNot(Functions.isfinite(x)));
        return weight.mul(Functions.maskedFill(x, none, 0));
    }

    /** Mean connectionist temporal classification, see {@link #ctcLoss(Tensor, Tensor, Tensor, Tensor, CtcOptions)}. */
    public static Tensor ctcLoss(Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return ctcLoss(logProbabilities, targets, inputLengths, targetLengths, CtcOptions.defaults());
    }

    /**
     * Connectionist temporal classification: −log of the probability that the classes of an input, without repetitions
     * and then without blanks, are the target; ∞ where the input is too short.
     *
     * <p>As in PyTorch, the gradient is that of the scores before {@code logSoftmax}, from which the log-probabilities
     * must come, and can not be differentiated again; NaN where the loss is ∞. The mean divides each loss by its
     * target's length first.
     *
     * <p>Source: Graves et al., Connectionist temporal classification, 2006.
     *
     * @param logProbabilities shape (T, N, C) or (T, C), after {@code logSoftmax} over the classes
     * @param targets class indices of an integer dtype, padded to shape (N, S) or one target behind the other, without
     *     the blank
     * @param inputLengths integers, shape (N), or () for one sample: how many steps count, at most T
     * @param targetLengths integers, shape (N), or () for one sample: how many labels the targets have
     * @return shape (); with {@link Reduction#NONE} (N), or () for one sample without a batch
     * @throws IllegalArgumentException if shapes, dtypes and lengths do not go together, or a sample's input length
     *     times one more than twice its target length is 2^31 − 8 or more
     * @throws IndexOutOfBoundsException if a label is no class
     */
    public static Tensor ctcLoss(
            Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor targetLengths, CtcOptions options) {
        Checks.floating("ctcLoss", "log-probabilities", logProbabilities);
        checkArgument(
                (logProbabilities.ndim() == 2 || logProbabilities.ndim() == 3) && logProbabilities.numel() > 0,
                "ctcLoss: expected log-probabilities of shape (T, N, C) or (T, C), with elements; got %s. Put time first.",
                Text.shape(logProbabilities));
        boolean batched = logProbabilities.ndim() == 3;
        Tensor batch = batched ? logProbabilities : logProbabilities.unsqueeze(1);
        CtcTargets read = CtcTargets.of(batch, targets, inputLengths, targetLengths, options.blank());
        return HalfTypes.wide(batch, x -> {
            Tensor losses = new CtcAlignments(x, read, options.zeroInfinity()).losses(x);
            return switch (options.reduction()) {
                case NONE -> batched ? losses : losses.squeeze(0);
                case MEAN -> losses.div(Tensor.of(x.dtype(), read.divisors())).mean();
                case SUM, BATCH_MEAN -> options.reduction().of(losses);
            };
        });
    }
}
