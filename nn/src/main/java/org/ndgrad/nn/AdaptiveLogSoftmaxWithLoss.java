package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * Log-softmax over very many classes, most of them rare, and its loss: log p(t) = log softmax(head x)ₜ for the frequent
 * classes before the first cutoff, log softmax(head x)ₖ + log softmax(Bₖ Aₖ x)ₜ for those of cluster k, which lie
 * between a cutoff and the next. Classes are to be sorted by frequency, the most frequent first; a class of a rare
 * cluster costs little, since Aₖ makes few features, ⌊in / divisorᵏ⌋, and only samples of the cluster are computed.
 *
 * <p>Input: features (N, in) and class indices (N), or (in) and (). Parameters: {@code head.weight} (first cutoff +
 * clusters, in), {@code head.bias} if there is one, and for the cluster at i {@code tail.i.0.weight} (features of the
 * cluster, in) and {@code tail.i.1.weight} (classes of the cluster, its features), drawn as those of {@link Linear}.
 *
 * <pre>{@code
 * var words = new AdaptiveLogSoftmaxWithLoss(512, 50_000, 2_000, 10_000);
 * words.forward(x, targets).loss().backward();
 * words.predict(x);
 * }</pre>
 *
 * <p>Source: Grave et al., Efficient softmax approximation for GPUs, 2017; as in PyTorch.
 */
public final class AdaptiveLogSoftmaxWithLoss extends Block {

    /**
     * What comes of targets.
     *
     * @param output log p of each target, shape (N) or ()
     * @param loss −mean of the output, shape ()
     */
    public record Result(Tensor output, Tensor loss) {}

    private final long in;
    private final ImmutableLongArray cutoffs;
    private final Linear head;
    private final List<Sequential> tail = new ArrayList<>();

    /**
     * Creates the layer with a divisor of 4, without a bias.
     *
     * @param in number of features, at least 0
     * @param classes how many classes there are
     * @param cutoffs where clusters begin, ascending, in [1, classes): classes before the first one are in the head
     * @throws IllegalArgumentException if the cutoffs are not so
     */
    public AdaptiveLogSoftmaxWithLoss(long in, long classes, long... cutoffs) {
        this(in, classes, cutoffs, AdaptiveLogSoftmaxOptions.defaults());
    }

    /**
     * Creates the layer; the head is drawn first, then each cluster.
     *
     * @param in number of features, at least 0
     * @param classes how many classes there are
     * @param cutoffs where clusters begin, ascending, in [1, classes): classes before the first one are in the head
     * @throws IllegalArgumentException if the cutoffs are not so
     */
    public AdaptiveLogSoftmaxWithLoss(long in, long classes, long[] cutoffs, AdaptiveLogSoftmaxOptions options) {
        this.in = in;
        this.cutoffs = ImmutableLongArray.copyOf(Longs.concat(cutoffs, new long[] {classes}));
        checkCutoffs();
        this.head = new Linear(in, cutoffs[0] + cutoffs.length, options.head());
        LinearOptions plain = options.head().withBias(false);
        for (int i = 0; i < cutoffs.length; i++) {
            long features = (long) Math.floor(in / Math.pow(options.divisor(), i + 1.0));
            tail.add(new Sequential(
                    new Linear(in, features, plain),
                    new Linear(features, this.cutoffs.get(i + 1) - cutoffs[i], plain)));
        }
    }

    private void checkCutoffs() {
        boolean ascending = cutoffs.length() > 1 && cutoffs.get(0) >= 1;
        for (int i = 1; i < cutoffs.length(); i++) {
            ascending &= cutoffs.get(i) > cutoffs.get(i - 1);
        }
        checkArgument(
                ascending,
                "%s: expected at least one cutoff, in ascending order, from 1 to classes - 1; got %s. Give the numbers of"
                        + " classes after which rarer ones begin.",
                who(),
                Text.shape(cutoffs.subArray(0, cutoffs.length() - 1).toArray()));
    }

    /** Returns the map from features to scores of the frequent classes, and of the clusters behind them. */
    public Linear head() {
        return head;
    }

    /**
     * Returns log p of the targets, and the loss.
     *
     * @param x features, shape (N, in) or (in)
     * @param targets whole numbers in [0, classes), shape (N) or ()
     * @throws IllegalArgumentException if shapes or types don't fit
     * @throws IndexOutOfBoundsException if a target is out of range
     */
    public Result forward(Tensor x, Tensor targets) {
        return hooked(List.of(x, targets), inputs -> compute(inputs.get(0), inputs.get(1)));
    }

    private Result compute(Tensor x, Tensor targets) {
        check(
                x.ndim() == targets.ndim() + 1
                        && targets.ndim() <= 1
                        && (targets.ndim() == 0 || x.size(0) == targets.size(0)),
                "(N, " + in + ") with targets of shape (N), or (" + in + ") with ()",
                x,
                " with " + Text.shape(targets));
        checkArgument(
                Checks.isInteger(targets),
                "%s: expected class indices of an integer dtype; got %s. Convert with to(DataType.INT64).",
                who(),
                Text.dtype(targets));
        Tensor output = ofTargets(x.ndim() == 1 ? x.unsqueeze(0) : x, targets.toLongArray())
                .reshape(targets.shape());
        return new Result(output, output.neg().mean());
    }

    /** Returns log p of the target of each row: the head's share, to which each cluster adds its own. */
    private Tensor ofTargets(Tensor x, long[] targets) {
        long classes = cutoffs.get(tail.size());
        long[] inHead = new long[targets.length];
        List<List<Long>> rows = new ArrayList<>();
        tail.forEach(cluster -> rows.add(new ArrayList<>()));
        for (int row = 0; row < targets.length; row++) {
            Checks.classIndex(who(), targets[row], classes, row);
            int cluster = cluster(targets[row]);
            inHead[row] = cluster < 0 ? targets[row] : cutoffs.get(0) + cluster;
            if (cluster >= 0) {
                rows.get(cluster).add((long) row);
            }
        }
        Tensor output = picked(head.forward(x), inHead);
        for (int i = 0; i < tail.size(); i++) {
            if (!rows.get(i).isEmpty()) {
                long from = cutoffs.get(i);
                long[] own = Longs.toArray(rows.get(i));
                long[] within = rows.get(i).stream()
                        .mapToLong(row -> targets[row.intValue()] - from)
                        .toArray();
                Tensor index = Tensor.of(own);
                output = output.indexAdd(0, index, picked(tail.get(i).forward(x.indexSelect(0, index)), within));
            }
        }
        return output;
    }

    /** Returns the cluster of a class, −1 for the frequent ones. */
    private int cluster(long target) {
        int cluster = -1;
        while (target >= cutoffs.get(cluster + 1)) {
            cluster++;
        }
        return cluster;
    }

    /** Returns one of the log-probabilities of each row. */
    private static Tensor picked(Tensor scores, long[] columns) {
        return scores.logSoftmax(1).gather(1, Tensor.of(columns).reshape(-1, 1)).squeeze(1);
    }

    /**
     * Returns log p of all classes.
     *
     * @param x features, shape (N, in) or (in)
     * @return shape (N, classes) or (classes)
     * @throws IllegalArgumentException if shape or type don't fit
     */
    public Tensor logProb(Tensor x) {
        check(x.ndim() == 1 || x.ndim() == 2, "(N, " + in + ") or (" + in + ")", x, "");
        long frequent = cutoffs.get(0);
        Tensor common = head.forward(x).logSoftmax(-1);
        List<Tensor> parts = new ArrayList<>();
        parts.add(common.narrow(-1, 0, frequent));
        for (int i = 0; i < tail.size(); i++) {
            parts.add(tail.get(i).forward(x).logSoftmax(-1).add(common.narrow(-1, frequent + i, 1)));
        }
        return Functions.cat(parts, -1);
    }

    /**
     * Returns the most probable class of each sample.
     *
     * @param x features, shape (N, in) or (in)
     * @return whole numbers, shape (N) or ()
     * @throws IllegalArgumentException if shape or type don't fit
     */
    public Tensor predict(Tensor x) {
        return logProb(x).argmax(-1);
    }

    private void check(boolean fits, String expected, Tensor x, String more) {
        checkArgument(
                fits && x.size(-1) == in,
                "%s: expected features of shape %s; got %s%s. Reshape them, or make 'in' the number of features.",
                who(),
                expected,
                Text.shape(x),
                more);
    }

    private String who() {
        return "AdaptiveLogSoftmaxWithLoss(in=" + in + ", classes=" + cutoffs.get(cutoffs.length() - 1) + ")";
    }

    @Override
    protected String settings() {
        int last = cutoffs.length() - 1;
        return "in=" + in + ", classes=" + cutoffs.get(last) + ", cutoffs="
                + Text.shape(cutoffs.subArray(0, last).toArray());
    }
}
