package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Stateful;

/**
 * The share of samples whose class is among the k with the highest scores, as scikit-learn's
 * {@code top_k_accuracy_score}: among equal scores, the higher classes come first.
 *
 * <p>Predictions are logits or probabilities of shape (N, C) with C &gt; k, targets class indices of shape (N).
 */
public final class TopKAccuracy implements Metric, Stateful {

    private final int k;
    private final Share share = new Share("TopKAccuracy");

    /**
     * Returns the accuracy of k guesses.
     *
     * @param k at least 1
     * @throws IllegalArgumentException if it is less
     */
    public TopKAccuracy(int k) {
        checkArgument(k >= 1, "TopKAccuracy: expected k of at least 1; got %s. 5 is common.", k);
        this.k = k;
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        checkArgument(
                Labels.hasClassScores("TopKAccuracy", predicted, targets) && predicted.size(1) > k,
                "TopKAccuracy: expected scores of more than %s classes, shape (N, C); got %s, in which any class is"
                        + " among the first %s. Choose a smaller k.",
                k,
                Text.shape(predicted),
                k);
        int classes = (int) predicted.size(1);
        double[] scores = Probabilities.numbers("TopKAccuracy", predicted);
        int[] right = Labels.classes("TopKAccuracy", "targets", targets, classes);
        for (int i = 0; i < right.length; i++) {
            share.add(rank(scores, i * classes, right[i], classes) < k);
        }
    }

    /** Returns how many classes come before {@code target}. */
    private static int rank(double[] scores, int start, int target, int classes) {
        int before = 0;
        double own = scores[start + target];
        for (int c = 0; c < classes; c++) {
            double other = scores[start + c];
            if (other > own || (other == own && c > target)) {
                before++;
            }
        }
        return before;
    }

    @Override
    public double compute() {
        return share.value();
    }

    @Override
    public void reset() {
        share.reset();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return share.stateDict();
    }

    @Override
    public void load(Map<String, ?> state) {
        share.load(state);
    }

    @Override
    public String name() {
        return "top_" + k + "_accuracy";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
