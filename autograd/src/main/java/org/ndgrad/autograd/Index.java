package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What stands in the brackets of {@code x[…]}: a position, a range, a marker, or a tensor of positions or of a mask.
 *
 * <pre>{@code
 * x.get(Index.at(2));                            // x[2], a view without the dim
 * x.get(Index.all(), Index.range(0, 3));         // x[:, 0:3], a view
 * x.get(Index.ELLIPSIS, Index.to(-1));           // x[..., :-1], a view
 * x.get(Index.all(), Index.NEW_AXIS);            // x[:, None], a view
 * x.get(Tensor.of(0, 0, 2));                     // x[[0, 0, 2]], a copy
 * x.get(x.gt(0));                                // x[x > 0], a copy, a vector
 * }</pre>
 *
 * <p>A {@link Tensor} of an integral type is a list of positions in a dim, negative ones counting from its end. Several
 * broadcast together. Their shape stands where their dims stood if these are neighbors, else in front. A boolean tensor
 * is a mask over as many dims as it has, and stands for the positions where it is true. An integral tensor without dims
 * is a single position, as {@link #at}. All this is as in PyTorch.
 */
public sealed interface Index permits Tensor, Index.At, Index.Range, Index.Marker {

    /** All dims that no other index is for; once at most. Python's {@code ...}. */
    Marker ELLIPSIS = Marker.ELLIPSIS;

    /** A new dim of size 1. Python's {@code None}. */
    Marker NEW_AXIS = Marker.NEW_AXIS;

    /**
     * One position in a dim, which is gone then.
     *
     * @param position from 0, or from −1 back from the end
     */
    record At(long position) implements Index {

        @Override
        public String toString() {
            return "Index.at(" + position + ")";
        }
    }

    /**
     * Some positions in a dim. Bounds beyond the dim are cut to it, as in Python.
     *
     * @param start the first position; negative ones count from the end
     * @param stop where to stop before; likewise
     * @param step at least 1
     */
    record Range(long start, long stop, long step) implements Index {

        /**
         * Checks the step.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Range {
            checkArgument(step >= 1, "range: expected a step of at least 1; got %s. Use flip to go backwards.", step);
        }

        /** Returns the call that makes it, the shortest one. */
        @Override
        public String toString() {
            if (step != 1) {
                return "Index.range(" + start + ", " + stop + ", " + step + ")";
            }
            if (stop == Long.MAX_VALUE) {
                return start == 0 ? "Index.all()" : "Index.from(" + start + ")";
            }
            return start == 0 ? "Index.to(" + stop + ")" : "Index.range(" + start + ", " + stop + ")";
        }
    }

    /** What names no position. */
    enum Marker implements Index {
        /** See {@link Index#ELLIPSIS}. */
        ELLIPSIS,
        /** See {@link Index#NEW_AXIS}. */
        NEW_AXIS
    }

    /** Returns one position, from 0, or from −1 back from the end. */
    static At at(long position) {
        return new At(position);
    }

    /** Returns the positions from start to stop − 1; negative ones count from the end. Python's {@code start:stop}. */
    static Range range(long start, long stop) {
        return new Range(start, stop, 1);
    }

    /** Returns every step-th position from start to before stop. Python's {@code start:stop:step}. */
    static Range range(long start, long stop, long step) {
        return new Range(start, stop, step);
    }

    /** Returns the positions from start on. Python's {@code start:}. */
    static Range from(long start) {
        return new Range(start, Long.MAX_VALUE, 1);
    }

    /** Returns the positions to stop − 1. Python's {@code :stop}. */
    static Range to(long stop) {
        return new Range(0, stop, 1);
    }

    /** Returns all positions. Python's {@code :}. */
    static Range all() {
        return new Range(0, Long.MAX_VALUE, 1);
    }
}
