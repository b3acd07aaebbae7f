package org.ndgrad.nn.data;

/** Samples that can be fetched by index, several at a time. */
public interface Dataset {

    /** Returns the number of samples. */
    long size();

    /**
     * Returns some samples, stacked.
     *
     * @param indices each in [0, size); in any order, also repeated
     * @return as many samples as indices, in their order
     * @throws IndexOutOfBoundsException if an index is outside
     */
    Batch get(long... indices);
}
