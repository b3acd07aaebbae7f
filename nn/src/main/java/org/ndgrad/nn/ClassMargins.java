package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** Margins between the scores of classes, per sample; the core of two {@link MarginLosses}. */
final class ClassMargins {

    private final String who;
    private final Tensor scores;
    private final long samples;
    private final int classes;

    /** Takes scores of shape (N, C), (C) or (). */
    ClassMargins(String who, Tensor scores) {
        this.who = who;
        Checks.floating(who, "scores", scores);
        checkArgument(
                scores.ndim() <= 2 && (scores.ndim() == 0 || scores.size(-1) > 0),
                "%s: expected scores of shape (N, C) or (C) with at least one class; got %s. Reshape them.",
                who,
                Text.shape(scores));
        this.scores = scores.ndim() == 2 ? scores : scores.reshape(1, -1);
        this.samples = this.scores.size(0);
        checkArgument(
                this.scores.size(1) <= Integer.MAX_VALUE,
                "%s: expected fewer than 2^31 classes; got scores of shape %s. Use less.",
                who,
                Text.shape(scores));
        this.classes = (int) this.scores.size(1);
    }

    /** Returns the losses of the samples whose one class is given, in the shape of the targets. */
    Tensor ofClass(Tensor targets, boolean unbatched, MultiMarginOptions options) {
        checkArgument(
                Checks.isInteger(targets)
                        && targets.numel() == samples
                        && (targets.ndim() == 1 || (unbatched && targets.ndim() == 0)),
                "%s: expected class indices as targets, one per sample, shape (%s) and an integer dtype; got %s, %s."
                        + " Convert with to(DataType.INT64), or drop a dim of size 1 with squeeze(1).",
                who,
                samples,
                Text.shape(targets),
                Text.dtype(targets));
        long[] labels = targets.toLongArray();
        for (int i = 0; i < labels.length; i++) {
            Checks.classIndex(who, labels[i], classes, i);
        }
        Tensor index = targets.to(DataType.INT64).reshape(samples, 1);
        Tensor own = Functions.oneHot(index.squeeze(1), classes).ne(0);
        Tensor beyond = scores.sub(scores.gather(1, index)).add(options.margin());
        if (options.weight().isEmpty()) {
            return losses(beyond, own, options).reshape(targets.shape());
        }
        Tensor weight = options.weight().get();
        checkArgument(
                weight.ndim() == 1 && weight.size(0) == classes,
                "%s: expected a weight of shape (%s), one factor per class; got %s. Reshape it.",
                who,
                classes,
                Text.shape(weight));
        Tensor factors = weight.indexSelect(0, index.squeeze(1));
        Tensor none = CrossEntropy.hasZero(weight)
                ? Functions.logicalOr(own, CrossEntropy.uncounted(factors.unsqueeze(1), beyond))
                : own;
        return losses(beyond, none, options).mul(factors).reshape(targets.shape());
    }

    /** Returns the loss of each sample, to which classes that are left out add nothing. */
    private Tensor losses(Tensor beyond, Tensor left, MultiMarginOptions options) {
        Tensor excess = Functions.maskedFill(beyond, left, 0).relu();
        return (options.p() == 2 ? excess.square() : excess).sum(1).div(classes);
    }

    /**
     * Returns the losses of samples of several classes, shape (N).
     *
     * @param targets shape (N, C) or as the scores: the classes of a sample, and −1 behind the last one
     * @param margin between the scores of targets and others
     */
    Tensor ofClasses(Tensor targets, double margin) {
        long[] labels = targets.toLongArray();
        boolean[] isTarget = new boolean[labels.length];
        int[] counts = new int[labels.length / classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != -1) {
                Checks.classIndex(who, labels[i], classes, i);
            }
            int sample = i / classes;
            if (labels[i] >= 0 && counts[sample] == i % classes) { // none was −1 so far
                counts[sample]++;
                isTarget[sample * classes + (int) labels[i]] = true;
            }
        }
        int most = Arrays.stream(counts).max().orElse(0);
        boolean[] counted = new boolean[counts.length * most];
        long[] index = new long[counted.length];
        for (int i = 0; i < index.length; i++) {
            counted[i] = i % most < counts[i / most];
            index[i] = counted[i] ? labels[i / most * classes + i % most] : 0;
        }
        Tensor own = scores.gather(1, Tensor.of(index).reshape(samples, most));
        Tensor excess = scores.unsqueeze(1).sub(own.unsqueeze(2)).add(margin).relu();
        Tensor pairs = Functions.logicalAnd(
                Tensor.of(counted).reshape(samples, most, 1),
                Functions.logicalNot(Tensor.of(isTarget).reshape(samples, 1, classes)));
        return Functions.where(pairs, excess, Tensor.zerosLike(excess))
                .sum(1, 2)
                .div(classes);
    }
}
