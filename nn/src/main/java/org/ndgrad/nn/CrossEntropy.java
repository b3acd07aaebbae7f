package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * Cross-entropy of log-probabilities, once for class indices and once for probabilities; the core of {@link Losses}.
 */
final class CrossEntropy {

    private final String who;
    private final Tensor logProbabilities;
    private final CrossEntropyOptions options;
    private final int classDim;
    private final long classes;

    CrossEntropy(String who, Tensor logProbabilities, CrossEntropyOptions options) {
        this.who = who;
        this.logProbabilities = logProbabilities;
        this.options = options;
        this.classDim = classDim(logProbabilities);
        this.classes = logProbabilities.size(classDim);
    }

    /**
     * Returns the cross-entropy of scores that inputs of one type make; of half types both are computed in float32, so
     * that no score is rounded or infinite.
     */
    static Tensor ofScores(
            Function<List<Tensor>, Tensor> scores, Tensor targets, CrossEntropyOptions options, Tensor... inputs) {
        DataType type = inputs[0].dtype();
        boolean isHalf = HalfTypes.widened(inputs[0]).dtype() != type
                && Stream.concat(Arrays.stream(inputs), options.weight().stream())
                        .allMatch(each -> each.dtype() == type);
        if (!isHalf) {
            return Losses.crossEntropy(scores.apply(List.of(inputs)), targets, options);
        }
        CrossEntropyOptions wide = options.weight()
                .map(weight -> options.withWeight(HalfTypes.widened(weight)))
                .orElse(options);
        List<Tensor> widened = Arrays.stream(inputs).map(HalfTypes::widened).toList();
        Tensor loss = Losses.crossEntropy(scores.apply(widened), targets, wide);
        boolean isNarrow = !targets.dtype().isFPType() || targets.dtype() == type;
        return isNarrow ? loss.to(type) : loss;
    }

    /** Refuses a weight that is not one factor of the logits' type for each class. */
    static void checkWeight(String who, Tensor logits, CrossEntropyOptions options) {
        long classes = logits.size(classDim(logits));
        options.weight()
                .ifPresent(weight -> checkArgument(
                        weight.numel() == classes && weight.dtype() == logits.dtype(),
                        "%s: expected a weight of shape (%s), one factor per class, and dtype %s; got %s, %s."
                                + " Convert it with to(…), or reshape it.",
                        who,
                        classes,
                        Text.dtype(logits),
                        Text.shape(weight),
                        Text.dtype(weight)));
    }

    /** Whether the loss is the mean over samples that count alike. */
    static boolean isPlain(CrossEntropyOptions options) {
        return options.reduction() == Reduction.MEAN && options.weight().isEmpty() && options.labelSmoothing() == 0;
    }

    /** Returns the dimension of the classes: the only one, or else the second. */
    static int classDim(Tensor logits) {
        return logits.ndim() == 1 ? 0 : 1;
    }

    /** Returns the cross-entropy of logits, which is computed in units. */
    static Tensor ofLogits(Tensor logits, Tensor targets, CrossEntropyOptions options, WithinRange.Unit unit) {
        CrossEntropy loss = new CrossEntropy("crossEntropy", logProbabilities(logits, unit), options);
        return unit.undo(targets.dtype().isFPType() ? loss.ofProbabilities(targets) : loss.ofIndices(targets), 1);
    }

    /** Returns log softmax(x) in units, so that differences of finite logits fit. */
    private static Tensor logProbabilities(Tensor logits, WithinRange.Unit unit) {
        int dim = classDim(logits);
        boolean isPlain = unit.isOne() || Functions.isfinite(logits).all().item() == 0;
        if (isPlain || logits.numel() == 0) {
            return unit.of(logits.logSoftmax(dim));
        }
        Tensor below = unit.of(logits).sub(unit.of(logits.detach().amax(dim, KeepDim.YES)));
        return below.sub(unit.of(unit.undo(below, 1).logsumexp(dim, KeepDim.YES)));
    }

    /** Returns whether targets are class indices for the logits; throws if they are neither that nor probabilities. */
    static boolean areIndices(String who, Tensor logits, Tensor targets) {
        Checks.floating(who, "logits", logits);
        checkArgument(
                logits.ndim() >= 1,
                "%s: expected logits of shape (C), (N, C) or (N, C, *); got %s. Reshape them.",
                who,
                Text.shape(logits));
        long[] indexShape = without(logits.shape(), classDim(logits));
        boolean indices = Checks.isInteger(targets) && Arrays.equals(targets.shape(), indexShape);
        boolean probabilities = targets.dtype().isFPType() && Arrays.equals(targets.shape(), logits.shape());
        if (!indices && !probabilities) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected targets of shape %s and an integer dtype (class indices), or of shape %s and a"
                            + " floating dtype (probabilities), for logits of shape %s; got %s, %s. %s",
                    who,
                    Text.shape(indexShape),
                    Text.shape(logits),
                    Text.shape(logits),
                    Text.shape(targets),
                    Text.dtype(targets),
                    advice(logits, targets, indexShape)));
        }
        return indices;
    }

    /** Says how to make class indices of the targets; a column, as files and data frames give it, is a dim too much. */
    private static String advice(Tensor logits, Tensor targets, long... indexShape) {
        int dim = classDim(logits);
        boolean column = targets.ndim() == logits.ndim()
                && targets.size(dim) == 1
                && Arrays.equals(without(targets.shape(), dim), indexShape);
        String drop = "Drop the dim of size 1 with squeeze(" + dim + ")";
        if (!column) {
            return "Convert with to(DataType.INT64) or reshape.";
        }
        return Checks.isInteger(targets) ? drop + "." : drop + ", and convert with to(DataType.INT64).";
    }

    private static long[] without(long[] shape, int dim) {
        long[] rest = new long[shape.length - 1];
        System.arraycopy(shape, 0, rest, 0, dim);
        System.arraycopy(shape, dim + 1, rest, dim, rest.length - dim);
        return rest;
    }

    /** As PyTorch: with indices, the mean is over the factors of the targets that are not ignored. */
    Tensor ofIndices(Tensor targets) {
        Tensor kept = keptTargets(targets);
        Tensor index = kept == null
                ? targets.to(DataType.INT64)
                : targets.to(DataType.INT64).mul(kept.to(DataType.INT64));
        @Nullable Tensor weight = options.reduction() == Reduction.MEAN ? scaledWeight(index, kept) : weight();
        @Nullable Tensor factors = factors(weight, index, kept);
        Tensor picked = logProbabilities
                .gather(classDim, index.unsqueeze(classDim))
                .squeeze(classDim)
                .neg();
        Tensor losses = masked(picked, kept);
        if (factors != null) {
            losses = times(factors, losses);
        }
        double smoothing = options.labelSmoothing();
        if (smoothing > 0) {
            Tensor spread = masked(weighted(weight, logProbabilities).neg().sum(classDim), kept);
            losses = losses.mul(1 - smoothing).add(spread.mul(smoothing / classes));
        }
        return switch (options.reduction()) {
            case NONE, SUM, BATCH_MEAN -> options.reduction().of(losses);
            case MEAN -> factors == null ? losses.mean() : losses.sum().div(factors.sum());
        };
    }

    /** As PyTorch: with probabilities, the mean is over the samples, whatever the factors. */
    Tensor ofProbabilities(Tensor targets) {
        double smoothing = options.labelSmoothing();
        Tensor smoothed = smoothing == 0 ? targets : targets.mul(1 - smoothing).add(smoothing / classes);
        Tensor losses =
                weighted(weight(), Losses.product(smoothed, logProbabilities)).neg();
        return switch (options.reduction()) {
            case NONE, SUM, BATCH_MEAN -> options.reduction().of(losses.sum(classDim));
            case MEAN -> losses.mean().mul(classes);
        };
    }

    /** Checks every index; returns a mask of the samples that count, or null if all do. */
    private @Nullable Tensor keptTargets(Tensor targets) {
        long[] labels = targets.toLongArray();
        boolean ignored = false;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == options.ignoreIndex()) {
                ignored = true;
            } else {
                Checks.classIndex(who, labels[i], classes, i);
            }
        }
        return ignored ? targets.ne(options.ignoreIndex()) : null;
    }

    /** Returns the factors of the classes in the type of the log-probabilities, or null if all are 1. */
    private @Nullable Tensor weight() {
        return options.weight()
                .map(weight -> weight.to(logProbabilities.dtype()))
                .orElse(null);
    }

    /**
     * Returns the same for a mean, in which a common factor cancels: if the largest of the samples' factors is far from
     * 1, all are multiplied by the power of two that takes it there, so that their sum fits.
     */
    private @Nullable Tensor scaledWeight(Tensor index, @Nullable Tensor kept) {
        Tensor weight = weight();
        int most = logProbabilities.dtype() == DataType.DOUBLE ? 1000 : 100; // so that the power of two fits
        if (weight == null || areNear1(weight, most / 2) || index.numel() == 0) {
            return weight;
        }
        Tensor largest = ofSamples(weight, index, kept).detach().abs().amax();
        int exponent = Math.getExponent(largest.item());
        return weight.mul(Math.scalb(1.0, -Math.min(Math.max(exponent, -most), most)));
    }

    private static boolean areNear1(Tensor weight, int exponent) {
        return Arrays.stream(weight.toDoubleArray())
                .allMatch(factor -> factor == 0 || Math.abs(Math.getExponent(factor)) <= exponent);
    }

    /** Returns a factor per sample: that of its class, or else 1, and 0 where ignored; null if all are 1. */
    private @Nullable Tensor factors(@Nullable Tensor weight, Tensor index, @Nullable Tensor kept) {
        if (weight != null) {
            return ofSamples(weight, index, kept);
        }
        return kept == null ? null : kept.to(logProbabilities.dtype());
    }

    private Tensor ofSamples(Tensor weight, Tensor index, @Nullable Tensor kept) {
        Tensor factors = weight.indexSelect(0, index.flatten()).reshape(index.shape());
        return kept == null ? factors : factors.mul(kept.to(logProbabilities.dtype()));
    }

    /** Multiplies by the factor of each class along the class dimension. */
    private Tensor weighted(@Nullable Tensor weight, Tensor values) {
        if (weight == null) {
            return values;
        }
        long[] shape = new long[values.ndim()];
        Arrays.fill(shape, 1);
        shape[classDim] = classes;
        return times(weight.reshape(shape), values);
    }

    /** Multiplies by factors of classes; where that is 0, an infinite loss does not count either. */
    private Tensor times(Tensor factors, Tensor losses) {
        boolean hasZero = options.weight().map(CrossEntropy::hasZero).orElse(false);
        return (hasZero ? Functions.maskedFill(losses, uncounted(factors, losses), 0) : losses).mul(factors);
    }

    /** Returns whether the weight leaves out a class. */
    static boolean hasZero(Tensor weight) {
        return Arrays.stream(weight.toDoubleArray()).anyMatch(factor -> factor == 0);
    }

    /** Returns where x is infinite, but has the factor 0. */
    static Tensor uncounted(Tensor factors, Tensor x) {
        return Functions.logicalAnd(factors.eq(0), Functions.isinf(x));
    }

    /** Puts 0 where a sample is ignored, even if its loss is infinite. */
    private static Tensor masked(Tensor losses, @Nullable Tensor kept) {
        return kept == null ? losses : Functions.where(kept, losses, Tensor.zerosLike(losses));
    }
}
