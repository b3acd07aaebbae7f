package org.ndgrad.nn.train;

import org.ndgrad.autograd.Tensor;

/**
 * A number that says how good predictions are, added up batch by batch. It is the number of all samples at once, not a
 * mean over batches, whatever sizes these have. Nothing here is differentiable, and no tensor is kept. All metrics of
 * this package are {@link org.ndgrad.nn.Stateful}, so that a checkpoint in the middle of an epoch has them.
 *
 * <pre>{@code
 * Metric accuracy = new Accuracy();
 * for (Batch batch : validation) {
 *     accuracy.update(model.forward(batch.features()), batch.targets());
 * }
 * double share = accuracy.compute();
 * accuracy.reset();   // before the next epoch
 * }</pre>
 */
public interface Metric {

    /**
     * Adds a batch. A batch of no samples adds nothing.
     *
     * @param predicted what the model gives: scores, classes or values
     * @param targets what is right
     * @throws IllegalArgumentException if they do not go together, or a value is none that the metric takes, such as
     *     NaN; the metric then stays as it was
     */
    void update(Tensor predicted, Tensor targets);

    /**
     * Returns the value for everything since the last {@link #reset}; more batches may follow.
     *
     * @return a number, never NaN
     * @throws IllegalStateException if there is none, as without samples; the message says why
     */
    double compute();

    /** Forgets all batches. */
    void reset();

    /**
     * Returns the name under which a history keeps the values, such as {@code f1_macro}.
     *
     * @return lower-case words with underscores
     */
    String name();
}
