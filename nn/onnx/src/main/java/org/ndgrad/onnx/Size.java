package org.ndgrad.onnx;

import java.util.Arrays;

/** A whole number in an exported model: one that is always the same, or factor · batch size + offset. */
record Size(long factor, long offset) {

    /** How many samples the recorded passes have: with two, what depends on it is found, with a third, confirmed. */
    static final long[] BATCHES = {2, 3, 5};

    static Size fixed(long value) {
        return new Size(0, value);
    }

    /**
     * Returns what was this number in each pass.
     *
     * @param who the operation that has it, for the message
     * @throws IllegalArgumentException if it is no such function of the batch size
     */
    static Size of(String who, long... values) {
        long factor = values[1] - values[0];
        Size size = new Size(factor, values[0] - factor * BATCHES[0]);
        if (Arrays.stream(values).allMatch(value -> value == values[0])) {
            return fixed(values[0]);
        } else if (size.factor * BATCHES[2] + size.offset != values[2]) {
            throw Refusal.of(
                    "expected numbers that are the same for every batch, or a multiple of its size plus a constant; got"
                            + " %s for batches of %s in '%s'. Compute it in another way, or fix the batch size with"
                            + " OnnxOptions.withFixedBatch().",
                    Arrays.toString(values), Arrays.toString(BATCHES), who);
        }
        return size;
    }

    boolean isFixed() {
        return factor == 0;
    }

    Size plus(Size other) {
        return new Size(factor + other.factor, offset + other.offset);
    }

    /** As a dimension is named: {@code batch}, {@code 2*batch + 1}. */
    @Override
    public String toString() {
        String text = factor == 1 ? "batch" : factor + "*batch";
        return isFixed()
                ? Long.toString(offset)
                : offset == 0 ? text : text + (offset > 0 ? " + " : " - ") + Math.abs(offset);
    }
}
