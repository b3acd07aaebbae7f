package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.EmbeddingBagOptions;
import org.ndgrad.autograd.ops.Embeddings;

/**
 * Sums, means or maxima of bags of rows of a learned table, without the rows between.
 *
 * <p>Input: a matrix of row numbers, each row of which is a bag, or a vector with offsets, where the bags begin.
 * Output: (bags, size); 0 for an empty bag. Parameter: {@code weight} (count, size), drawn from N(0, 1), but zeros in
 * the padding row, whose number counts for nothing.
 *
 * <pre>{@code
 * EmbeddingBag layer = new EmbeddingBag(1000, 64);
 * layer.forward(Tensor.of(3L, 1L, 4L), Tensor.of(0L, 2L)).shape(); // 2, 64
 * }</pre>
 */
public final class EmbeddingBag extends Block {

    private final Tensor weight;
    private final EmbeddingBagLayerOptions options;

    /**
     * Creates a table of {@link Tensor#defaultDtype()}, drawn from the default generator, that takes means.
     *
     * @param count number of rows, at least 1
     * @param size of a row
     * @throws IllegalArgumentException if they are less
     */
    public EmbeddingBag(long count, long size) {
        this(count, size, EmbeddingBagLayerOptions.defaults());
    }

    /**
     * Creates a table.
     *
     * @param count number of rows, at least 1
     * @param size of a row
     * @throws IllegalArgumentException if they are less, or the padding index is no row
     */
    public EmbeddingBag(long count, long size, EmbeddingBagLayerOptions options) {
        checkArgument(
                !options.rows().scaleByFrequency() || options.mode() != Embeddings.Mode.MAX,
                "EmbeddingBag: expected scaleByFrequency with mode SUM or MEAN; got MAX. Leave it out.");
        this.weight = parameter(
                "weight", Table.drawn("EmbeddingBag", count, size, options.rows(), options.dtype(), options.rng()));
        this.options = options;
    }

    /**
     * Returns one row per bag.
     *
     * @param index shape (bags, n), integral
     * @return shape (bags, size)
     * @throws IllegalArgumentException if it is no matrix of whole numbers
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Tensor forward(Tensor index) {
        return hooked(List.of(index), inputs -> combine(inputs.get(0), plain()));
    }

    /**
     * Returns one row per bag.
     *
     * @param index shape (n), integral
     * @param offsets where the bags begin, shape (bags), ascending from 0; one more, n, if the end is included
     * @return shape (bags, size)
     * @throws IllegalArgumentException if shapes or types are others
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Tensor forward(Tensor index, Tensor offsets) {
        return hooked(List.of(index, offsets), inputs -> combine(inputs.get(0), split(inputs.get(1))));
    }

    /**
     * Returns one row per bag, the sum of its rows times the factors.
     *
     * @param index shape (bags, n), integral
     * @param weights shape of index
     * @return shape (bags, size)
     * @throws IllegalArgumentException if shapes or types are others, or the mode is not the sum
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Tensor weighted(Tensor index, Tensor weights) {
        return hooked(List.of(index, weights), inputs -> combine(inputs.get(0), plain().withWeights(inputs.get(1))));
    }

    /**
     * Returns one row per bag, the sum of its rows times the factors.
     *
     * @param index shape (n), integral
     * @param offsets where the bags begin, as for {@link #forward(Tensor, Tensor)}
     * @param weights shape of index
     * @return shape (bags, size)
     * @throws IllegalArgumentException if shapes or types are others, or the mode is not the sum
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Tensor weighted(Tensor index, Tensor offsets, Tensor weights) {
        return hooked(
                List.of(index, offsets, weights),
                inputs -> combine(inputs.get(0), split(inputs.get(1)).withWeights(inputs.get(2))));
    }

    private EmbeddingBagOptions plain() {
        return EmbeddingBagOptions.defaults().withMode(options.mode()).withRows(options.rows());
    }

    private EmbeddingBagOptions split(Tensor offsets) {
        return options.endIncluded() ? plain().withOffsetsAndEnd(offsets) : plain().withOffsets(offsets);
    }

    private Tensor combine(Tensor index, EmbeddingBagOptions now) {
        Table.checkIndex("EmbeddingBag", weight, index);
        return Functions.embeddingBag(index, weight, now);
    }

    /** Returns the table, shape (count, size). */
    public Tensor weight() {
        return weight;
    }

    @Override
    protected String settings() {
        return Table.settings(weight, options.rows()) + ", mode=" + options.mode()
                + (options.endIncluded() ? ", endIncluded=true" : "");
    }
}
