package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * More elements at the edges. Pads are pairs from the last dim on: how many to add before and behind the last dim,
 * before and behind the one before it, and so on; negative ones cut off.
 */
public final class Padding {

    /** What stands in the new places. */
    public enum Mode {
        /** Zeros. */
        ZEROS,
        /** What is as far inside as the place is outside, the edge not repeated: c b | a b c | b a. */
        REFLECT,
        /** The element at the edge: a a | a b c | c c. */
        REPLICATE,
        /** What stands at the other end: b c | a b c | a b. */
        CIRCULAR
    }

    private Padding() {}

    /** y = x with zeros at the edges, {@code pad(x, 1, 1)}; see {@link #pad(Tensor, long[], Number)}. */
    public static Tensor pad(Tensor x, long... pads) {
        return pad(x, pads, 0);
    }

    /**
     * y = x with a number at the edges; ∂L/∂x = g where x is, 0 where it was cut off. A new tensor.
     *
     * @param pads an even number of them, at most two per dim
     * @param value as x's type can hold it
     * @throws IllegalArgumentException if more is cut off than is there
     */
    public static Tensor pad(Tensor x, long[] pads, Number value) {
        checkPads(x, pads);
        int ndim = x.ndim();
        Tensor inner = x;
        long[] shape = x.shape();
        long[] starts = new long[ndim];
        for (int i = 0; i < pads.length; i += 2) {
            int d = ndim - 1 - i / 2;
            long before = pads[i];
            long behind = pads[i + 1];
            shape[d] = padded(x, d, before, behind);
            long from = Math.min(Math.max(-before, 0), x.size(d));
            long to = Math.max(from, x.size(d) - Math.max(-behind, 0));
            inner = from == 0 && to == x.size(d) ? inner : inner.slice(d, from, to);
            starts[d] = Math.min(Math.max(before, 0), shape[d]);
        }
        Shapes.numel("pad", shape);
        return place(inner, shape, starts, value);
    }

    private static Tensor place(Tensor x, long[] shape, long[] starts, Number value) {
        long[] from = x.shape();
        return Op.pure("pad", Views.pad(array(x), shape, starts, Constants.held("pad", x.dtype(), value)))
                .wrt(x, g -> {
                    Tensor inner = g;
                    for (int d = 0; d < from.length; d++) {
                        inner = inner.size(d) == from[d] ? inner : inner.slice(d, starts[d], starts[d] + from[d]);
                    }
                    return inner;
                })
                .tensor();
    }

    /**
     * y = x continued at the edges; ∂L/∂x = g added up where it came from. A new tensor.
     *
     * <p>Unlike in PyTorch, any dims can be padded in every mode, not only the last ones of an image.
     *
     * @param pads an even number of them, at most two per dim. To reflect, each is less than the size of its dim; in a
     *     circle, at most what is left of it after cutting
     * @throws IllegalArgumentException if they are larger, or more is cut off than is there
     */
    public static Tensor pad(Tensor x, long[] pads, Mode mode) {
        if (mode == Mode.ZEROS) {
            return pad(x, pads, 0);
        }
        checkPads(x, pads);
        Tensor y = x;
        for (int i = 0; i < pads.length; i += 2) {
            int d = x.ndim() - 1 - i / 2;
            long width = padded(x, d, pads[i], pads[i + 1]);
            if (pads[i] != 0 || pads[i + 1] != 0) {
                y = y.indexSelect(d, Tensor.of(sources(mode, x.size(d), pads[i], pads[i + 1], width)));
            }
        }
        return y == x ? x.clone() : y;
    }

    /** Returns per index of the result the index of x that it shows. */
    private static long[] sources(Mode mode, long size, long before, long behind, long width) {
        long first = mode == Mode.CIRCULAR ? Math.max(-before, 0) : 0;
        long kept = mode == Mode.CIRCULAR ? size - first - Math.max(-behind, 0) : size;
        long most = mode == Mode.REFLECT ? size - 1 : mode == Mode.CIRCULAR ? kept : Long.MAX_VALUE;
        checkArgument(
                before <= most && behind <= most && (kept > 0 || width == 0),
                "pad: expected pads of at most %s for a dim of %s indices in mode %s; got %s and %s. Pad less, or several"
                        + " times.",
                Math.max(most, 0),
                size,
                mode,
                before,
                behind);
        long[] result = Memory.longs("pad", width);
        Arrays.setAll(result, i -> {
            long at = i - before;
            return switch (mode) {
                case REFLECT -> at < 0 ? -at : at < size ? at : 2 * (size - 1) - at;
                case CIRCULAR -> first + Math.floorMod(at - first, kept);
                default -> Math.min(Math.max(at, 0), size - 1);
            };
        });
        return result;
    }

    private static void checkPads(Tensor x, long[] pads) {
        checkArgument(
                pads.length % 2 == 0 && pads.length <= 2 * x.ndim(),
                "pad: expected a pair of pads for at most %s dims; got %s. Begin with the last dim.",
                x.ndim(),
                Longs.asList(pads));
        checkArgument(
                Arrays.stream(pads).allMatch(pad -> Math.abs((double) pad) < 0x1p60),
                "pad: expected pads between -2^60 and 2^60; got %s. Use smaller ones.",
                Longs.asList(pads));
    }

    private static long padded(Tensor x, int dim, long before, long behind) {
        long width = Shapes.sum("pad", x.size(dim), Math.max(before, 0), Math.max(behind, 0))
                + Math.min(before, 0)
                + Math.min(behind, 0);
        checkArgument(
                width >= 0,
                "pad: expected to cut off at most the %s indices of dim %s; got pads %s and %s. Cut less.",
                x.size(dim),
                dim,
                before,
                behind);
        return width;
    }
}
