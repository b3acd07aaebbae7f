package org.ndgrad.nn.io;

import com.google.common.primitives.ImmutableLongArray;

/**
 * Where a tensor lies in a file.
 *
 * @param begin position of its first byte, from the first byte of all tensors
 * @param end position after its last byte
 */
record TensorEntry(String name, FileType type, ImmutableLongArray shape, long begin, long end) {

    /** As many dims as arrays have at most. */
    static final int MOST_DIMS = 32;
}
