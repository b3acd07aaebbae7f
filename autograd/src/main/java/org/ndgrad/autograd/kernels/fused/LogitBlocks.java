package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Logits, a block of them at a time, and the gradient that belongs to them: whole rows, or a part of one. It may be
 * used by one thread.
 */
interface LogitBlocks {

    /**
     * Returns the blocks of logits, and of a gradient of their shape.
     *
     * @param gradient the logits themselves if none is written
     */
    static LogitBlocks of(INDArray x, INDArray gradient) {
        return x.dataType() == DataType.FLOAT ? new FloatLogitBlocks(x, gradient) : new DoubleLogitBlocks(x, gradient);
    }

    /** Makes the n logits from number {@code from} on available. */
    void read(long from, int n);

    /** Returns a logit of the block. */
    double get(int i);

    /**
     * Raises the numbers to the largest logits of rows.
     *
     * @param rows how many there are in the block, one behind another
     * @param n how many logits each has
     * @param largest the numbers, from a first on
     */
    void raise(int rows, int n, double[] largest, int first);

    /** Adds Σ e^(x − largest) of each row to a number. */
    void addPowers(int rows, int n, double[] largest, double[] sums, int first);

    /** Makes room for the gradient of the n logits from number {@code from} on. */
    void room(long from, int n);

    /** Sets the gradient to e^(x − largest) times a factor of the row. */
    void powers(int rows, int n, double[] largest, double[] factors, int first);

    /** Sets the gradient to 0, from an element of the block to another. */
    void clear(int from, int to);

    /** Takes a value off an element of the gradient. */
    void subtract(int i, double value);

    /** Brings the gradient of n logits to where it belongs. */
    void write(long from, int n);
}
