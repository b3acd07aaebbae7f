package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.EmbeddingOptions;

/**
 * Rows of a learned table, looked up by their numbers.
 *
 * <p>Input: (*), integral, from 0 to count − 1. Output: (*, size). Parameter: {@code weight} (count, size), drawn from
 * N(0, 1), but zeros in the padding row, to which no gradient flows. With a largest norm, rows that are read are shrunk
 * to it in place.
 *
 * <pre>{@code
 * Embedding layer = new Embedding(1000, 64);
 * layer.forward(Tensor.of(3L, 1L, 4L)).shape(); // 3, 64
 * }</pre>
 */
public final class Embedding extends BuiltIn implements KeepsNothing {

    private final Tensor weight;
    private final EmbeddingOptions options;

    /**
     * Creates a table of {@link Tensor#defaultDtype()}, drawn from the default generator.
     *
     * @param count number of rows, at least 1
     * @param size of a row
     * @throws IllegalArgumentException if they are less
     */
    public Embedding(long count, long size) {
        this(count, size, EmbeddingLayerOptions.defaults());
    }

    /**
     * Creates a table.
     *
     * @param count number of rows, at least 1
     * @param size of a row
     * @throws IllegalArgumentException if they are less, or the padding index is no row
     */
    public Embedding(long count, long size, EmbeddingLayerOptions options) {
        this(Table.drawn("Embedding", count, size, options.rows(), options.dtype(), options.rng()), options.rows());
    }

    private Embedding(Tensor weight, EmbeddingOptions options) {
        this.weight = parameter("weight", Table.checked("Embedding", weight));
        this.options = Settings.given(this, "options", options);
    }

    /**
     * Creates a layer with a given table, which becomes its own and is made to require a gradient; {@link #freeze} it
     * if it is not to be trained.
     *
     * @param weight leaf of shape (count, size)
     * @throws IllegalArgumentException if it is not a matrix
     */
    public static Embedding of(Tensor weight) {
        return of(weight, EmbeddingOptions.defaults());
    }

    /**
     * Creates a layer with a given table, which becomes its own and is made to require a gradient.
     *
     * @param weight leaf of shape (count, size)
     * @throws IllegalArgumentException if it is not a matrix
     */
    public static Embedding of(Tensor weight, EmbeddingOptions options) {
        return new Embedding(weight, options);
    }

    /**
     * Returns the rows.
     *
     * @param index shape (*), integral
     * @return shape (*, size)
     * @throws IllegalArgumentException if the numbers are not whole
     * @throws IndexOutOfBoundsException if there is no such row
     */
    @Override
    Tensor compute(Tensor index) {
        Table.checkIndex("Embedding", weight, index);
        return Functions.embedding(index, weight, options);
    }

    /** Returns the table, shape (count, size). */
    public Tensor weight() {
        return weight;
    }

    @Override
    protected String settings() {
        return Table.settings(weight, options);
    }
}
