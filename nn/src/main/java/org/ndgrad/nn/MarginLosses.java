package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * Loss functions that ask for a distance: between scores, between vectors, or of a score from 0. Found
 * as {@code Losses.…}; they take the mean unless told otherwise.
 *
 * <p>The derivative is 0 where the margin is kept; second derivatives exist everywhere and are mostly 0. Unlike in
 * PyTorch, a score that is NaN always makes the loss NaN.
 */
public abstract sealed class MarginLosses permits LikelihoodLosses {

    private static final double COSINE_EPSILON = 1e-12;

    MarginLosses() {}

    /** Mean hinge embedding loss with margin 1, see {@link #hingeEmbeddingLoss(Tensor, Tensor, double, Reduction)}. */
    public static Tensor hingeEmbeddingLoss(Tensor distances, Tensor labels) {
        return hingeEmbeddingLoss(distances, labels, 1, Reduction.MEAN);
    }

    /**
     * Hinge embedding loss: x where the label is 1, max(0, margin − x) where it is −1, and the sum of both elsewhere.
     *
     * @param distances x, of pairs that are similar or not, shape (*)
     * @param labels 1 or −1, shape (*), or one that broadcasts to it
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the labels do not broadcast to the distances
     */
    public static Tensor hingeEmbeddingLoss(Tensor distances, Tensor labels, double margin, Reduction reduction) {
        Checks.floating("hingeEmbeddingLoss", "distances", distances);
        Checks.broadcasts("hingeEmbeddingLoss", "labels", labels, "distances", distances);
        return WithinRange.of(
                (all, unit) -> {
                    Tensor x = unit.of(all.get(0));
                    Tensor apart = Functions.maskedFill(positive(x.rsub(unit.of(margin))), labels.eq(1), 0);
                    return unit.undo(reduction.of(apart.add(Functions.maskedFill(x, labels.eq(-1), 0))), 1);
                },
                distances);
    }

    /**
     * Mean margin ranking loss with margin 0, see
     * {@link #marginRankingLoss(Tensor, Tensor, Tensor, double, Reduction)}.
     */
    public static Tensor marginRankingLoss(Tensor first, Tensor second, Tensor labels) {
        return marginRankingLoss(first, second, labels, 0, Reduction.MEAN);
    }

    /**
     * Margin ranking loss, max(0, margin − y (a − b)): for y = 1 the first score shall be larger, for y = −1 the
     * second.
     *
     * @param first a, scores
     * @param second b, scores, with as many dims; sizes broadcast, so that one can be ranked against many
     * @param labels y, usually 1 or −1, with as many dims, likewise
     * @return shape (), or the broadcast one with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the numbers of dims differ or the sizes do not broadcast
     */
    public static Tensor marginRankingLoss(
            Tensor first, Tensor second, Tensor labels, double margin, Reduction reduction) {
        checkArgument(
                first.ndim() == second.ndim() && first.ndim() == labels.ndim(),
                "marginRankingLoss: expected scores and labels of as many dims; got shapes %s, %s and %s. Reshape them.",
                Text.shape(first),
                Text.shape(second),
                Text.shape(labels));
        return WithinRange.of(
                (all, unit) -> {
                    Tensor difference = unit.of(all.get(0)).sub(unit.of(all.get(1)));
                    Tensor losses = positive(all.get(2).neg().mul(difference).add(unit.of(margin)));
                    return unit.undo(reduction.of(losses), 1);
                },
                first,
                second,
                labels);
    }

    /** Mean soft margin loss, see {@link #softMarginLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor softMarginLoss(Tensor scores, Tensor labels) {
        return softMarginLoss(scores, labels, Reduction.MEAN);
    }

    /**
     * Soft margin loss, log(1 + e^(−y x)); ∂/∂x = −y σ(−y x). Exact for any finite score.
     *
     * @param scores x, shape (*)
     * @param labels y, 1 or −1, shape (*)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor softMarginLoss(Tensor scores, Tensor labels, Reduction reduction) {
        Checks.sameShape("softMarginLoss", "labels", labels, "scores", scores);
        Checks.floating("softMarginLoss", "scores", scores);
        return HalfTypes.wide(
                scores,
                labels,
                (x, y) -> reduction.of(Functions.logsigmoid(y.mul(x)).rsub(0)));
    }

    /** Mean loss of a choice of one class, see {@link #multiMarginLoss(Tensor, Tensor, MultiMarginOptions)}. */
    public static Tensor multiMarginLoss(Tensor scores, Tensor targets) {
        return multiMarginLoss(scores, targets, MultiMarginOptions.defaults());
    }

    /**
     * Hinge loss of a choice of one class: Σ max(0, margin − xₜ + xⱼ)ᵖ / C over the classes j ≠ t.
     *
     * @param scores x, shape (N, C) or (C)
     * @param targets class indices t of an integer dtype, shape (N), or () for scores of shape (C)
     * @return shape (), or that of targets with {@link Reduction#NONE}
     * @throws IllegalArgumentException if shapes or dtypes do not go together
     * @throws IndexOutOfBoundsException if a class index is not in [0, C)
     */
    public static Tensor multiMarginLoss(Tensor scores, Tensor targets, MultiMarginOptions options) {
        boolean unbatched = scores.ndim() < 2;
        return WithinRange.of(
                (all, unit) -> {
                    ClassMargins margins = new ClassMargins("multiMarginLoss", unit.of(all.get(0)));
                    MultiMarginOptions in = options.withMargin(unit.of(options.margin()));
                    return unit.undo(options.reduction().of(margins.ofClass(targets, unbatched, in)), options.p());
                },
                scores);
    }

    /** Mean loss of a choice of several classes, see {@link #multilabelMarginLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor multilabelMarginLoss(Tensor scores, Tensor targets) {
        return multilabelMarginLoss(scores, targets, Reduction.MEAN);
    }

    /**
     * Hinge loss of a choice of several classes: Σ max(0, 1 − xₜ + xⱼ) / C over the target classes t and all others j.
     *
     * @param scores x, shape (N, C) or (C)
     * @param targets of an integer dtype and the same shape: the class indices of a sample, then −1; what follows that
     *     does not count
     * @return shape (), or (N) with {@link Reduction#NONE} for scores of shape (N, C)
     * @throws IllegalArgumentException if shapes or dtypes do not go together
     * @throws IndexOutOfBoundsException if a class index is not in [−1, C)
     */
    public static Tensor multilabelMarginLoss(Tensor scores, Tensor targets, Reduction reduction) {
        Checks.sameShape("multilabelMarginLoss", "targets", targets, "scores", scores);
        checkArgument(
                Checks.isInteger(targets),
                "multilabelMarginLoss: expected class indices of an integer dtype as targets; got %s. Use"
                        + " multilabelSoftMarginLoss for probabilities.",
                Text.dtype(targets));
        return WithinRange.of(
                (all, unit) -> {
                    Tensor x = unit.of(all.get(0));
                    Tensor losses = new ClassMargins("multilabelMarginLoss", x).ofClasses(targets, unit.of(1.0));
                    return unit.undo(reduction.of(x.ndim() < 2 ? losses.squeeze(0) : losses), 1);
                },
                scores);
    }

    /** Mean soft loss of several classes, see {@link #multilabelSoftMarginLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor multilabelSoftMarginLoss(Tensor scores, Tensor targets) {
        return multilabelSoftMarginLoss(scores, targets, Reduction.MEAN);
    }

    /**
     * Mean over the classes of the binary cross-entropy of logits, −t log σ(x) − (1 − t) log(1 − σ(x)).
     *
     * @param scores x, shape (*, C)
     * @param targets t, usually 0 or 1, shape (*, C)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor multilabelSoftMarginLoss(Tensor scores, Tensor targets, Reduction reduction) {
        return WithinRange.of(
                (all, unit) -> {
                    Tensor losses = unit.of(softMargins(all.get(0), targets));
                    return unit.undo(reduction.of(losses.mean(-1)), 1);
                },
                scores);
    }

    /**
     * Mean over the classes of the binary cross-entropy of logits, with factors.
     *
     * @param weight of a shape that broadcasts to (*, C), often (C)
     * @return shape (), or (*) with {@link Reduction#NONE}
     */
    public static Tensor multilabelSoftMarginLoss(Tensor scores, Tensor targets, Tensor weight, Reduction reduction) {
        return WithinRange.of(
                (all, unit) -> {
                    Tensor losses = unit.of(softMargins(all.get(0), targets));
                    Tensor weighted = BinaryCrossEntropy.weighted("multilabelSoftMarginLoss", losses, all.get(1));
                    return unit.undo(reduction.of(weighted.mean(-1)), 1);
                },
                scores,
                weight);
    }

    private static Tensor softMargins(Tensor scores, Tensor targets) {
        checkArgument(
                scores.ndim() > 0,
                "multilabelSoftMarginLoss: expected scores of shape (*, C); got a scalar. Call unsqueeze(0) first.");
        return Losses.binaryCrossEntropyWithLogits(scores, targets, Reduction.NONE);
    }

    /**
     * Mean cosine embedding loss with margin 0, see
     * {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, Reduction)}.
     */
    public static Tensor cosineEmbeddingLoss(Tensor first, Tensor second, Tensor labels) {
        return cosineEmbeddingLoss(first, second, labels, 0, Reduction.MEAN);
    }

    /**
     * Cosine embedding loss: with the cosine c of the angle between two vectors, 1 − c where the label is 1,
     * max(0, c − margin) where it is −1, and 0 elsewhere.
     *
     * @param first vectors, shape (N, D) or (D)
     * @param second vectors, the same shape
     * @param labels 1 or −1, shape (N), or () for one pair
     * @param margin from −1 to 1
     * @return shape (), or that of the labels with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes do not go together
     */
    public static Tensor cosineEmbeddingLoss(
            Tensor first, Tensor second, Tensor labels, double margin, Reduction reduction) {
        Checks.sameShape("cosineEmbeddingLoss", "second vectors", second, "first vectors", first);
        Checks.floating("cosineEmbeddingLoss", "vectors", first);
        checkArgument(
                (first.ndim() == 1 || first.ndim() == 2)
                        && Arrays.equals(labels.shape(), Arrays.copyOf(first.shape(), first.ndim() - 1)),
                "cosineEmbeddingLoss: expected vectors of shape (N, D) and labels of shape (N), or (D) and (); got %s and %s."
                        + " Reshape them.",
                Text.shape(first),
                Text.shape(labels));
        return HalfTypes.wide(first, second, (a, b) -> {
            Tensor cosine = cosine(a.to(DataType.DOUBLE), b.to(DataType.DOUBLE));
            Tensor together = Functions.maskedFill(cosine.rsub(1), labels.ne(1), 0);
            Tensor apart = Functions.maskedFill(positive(cosine.sub(margin)), labels.ne(-1), 0);
            return reduction.of(together.add(apart)).to(a.sub(b).dtype());
        });
    }

    /** As PyTorch has it here; where squares overflow, which those of float32 do not, by way of the norms. */
    private static Tensor cosine(Tensor a, Tensor b) {
        Tensor squares = a.square().sum(-1).add(COSINE_EPSILON);
        Tensor others = b.square().sum(-1).add(COSINE_EPSILON);
        boolean fits = Functions.isfinite(squares.add(others)).all().item() == 1;
        return fits
                ? a.mul(b).sum(-1).div(squares.sqrt()).div(others.sqrt())
                : unit(a).mul(unit(b)).sum(-1);
    }

    /** Returns x / √(|x|² + ε). */
    private static Tensor unit(Tensor x) {
        Tensor norm = x.norm(2, new int[] {-1}, KeepDim.YES);
        return x.div(norm.hypot(Tensor.of(x.dtype(), Math.sqrt(COSINE_EPSILON))));
    }

    /** Mean triplet margin loss, see {@link #tripletMarginLoss(Tensor, Tensor, Tensor, TripletMarginOptions)}. */
    public static Tensor tripletMarginLoss(Tensor anchors, Tensor positives, Tensor negatives) {
        return tripletMarginLoss(anchors, positives, negatives, TripletMarginOptions.defaults());
    }

    /**
     * Triplet margin loss, max(0, margin + |a − p| − |a − n|): the anchor shall be nearer to the positive.
     *
     * @param anchors a, shape (*, D)
     * @param positives p, shape (*, D)
     * @param negatives n, shape (*, D)
     * @return shape (), or (*) with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor tripletMarginLoss(
            Tensor anchors, Tensor positives, Tensor negatives, TripletMarginOptions options) {
        checkArgument(
                anchors.ndim() > 0,
                "tripletMarginLoss: expected vectors of shape (*, D); got scalars. Call unsqueeze(0).");
        Checks.sameShape("tripletMarginLoss", "positives", positives, "anchors", anchors);
        Checks.sameShape("tripletMarginLoss", "negatives", negatives, "anchors", anchors);
        return WithinRange.of(
                (all, unit) -> {
                    List<Tensor> counted = all.stream().map(unit::of).toList();
                    TripletMarginOptions in =
                            options.withMargin(unit.of(options.margin())).withEpsilon(unit.of(options.epsilon()));
                    Tensor losses = tripletLosses(
                            counted, (x, y) -> Functions.pairwiseDistance(x, y, in.p(), in.epsilon(), KeepDim.NO), in);
                    return unit.undo(options.reduction().of(losses), 1);
                },
                anchors,
                positives,
                negatives);
    }

    /**
     * Triplet margin loss with another distance, max(0, margin + d(a, p) − d(a, n)).
     *
     * @param anchors a
     * @param positives p
     * @param negatives n
     * @param distance d, in operations on tensors; it says of what shapes
     * @param options reduction, margin and swap
     * @return shape (), or that of the distances with {@link Reduction#NONE}
     */
    public static Tensor tripletMarginLoss(
            Tensor anchors,
            Tensor positives,
            Tensor negatives,
            BinaryOperator<Tensor> distance,
            TripletMarginOptions options) {
        return HalfTypes.wide(
                all -> options.reduction().of(tripletLosses(all, distance, options)), anchors, positives, negatives);
    }

    private static Tensor tripletLosses(
            List<Tensor> triplets, BinaryOperator<Tensor> distance, TripletMarginOptions options) {
        Tensor near = distance.apply(triplets.get(0), triplets.get(1));
        Tensor far = distance.apply(triplets.get(0), triplets.get(2));
        Tensor nearer = options.swap() ? far.minimum(distance.apply(triplets.get(1), triplets.get(2))) : far;
        return positive(near.sub(nearer).add(options.margin()));
    }

    /** max(x, 0) with the derivative 1 at 0, as PyTorch has it here. */
    private static Tensor positive(Tensor x) {
        return x.clamp(0, Double.POSITIVE_INFINITY);
    }
}
