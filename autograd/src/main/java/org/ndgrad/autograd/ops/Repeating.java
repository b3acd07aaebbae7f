package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Elements several times. The results are new tensors; {@link Shaping#expand} repeats without using memory. */
public final class Repeating {

    private Repeating() {}

    /**
     * y = x so many times one behind another along each dim; ∂L/∂x = g summed over the repetitions.
     *
     * @param times a count per dim, 0 making it empty; surplus ones at the front are for new dims
     * @return shape (…, times · size)
     */
    public static Tensor repeat(Tensor x, long... times) {
        checkArgument(
                times.length >= x.ndim() && Arrays.stream(times).allMatch(count -> count >= 0),
                "repeat: expected a count of at least 0 for each of the %s dims; got %s. Use tile for the last dims only.",
                x.ndim(),
                Longs.asList(times));
        int added = times.length - x.ndim();
        long[] apart = new long[2 * times.length]; // each dim behind a new one for its repetitions
        long[] spread = new long[2 * times.length];
        long[] joined = new long[times.length];
        for (int d = 0; d < times.length; d++) {
            long size = d < added ? 1 : x.size(d - added);
            apart[2 * d] = 1;
            apart[2 * d + 1] = size;
            spread[2 * d] = times[d];
            spread[2 * d + 1] = size;
            joined[d] = Shapes.numel("repeat", times[d], size);
        }
        Shapes.numel("repeat", joined);
        return x.reshape(apart).expand(spread).clone().reshape(joined);
    }

    /** y = x so many times along its last dims; ∂L/∂x = g summed over the repetitions. As {@link #repeat} otherwise. */
    public static Tensor tile(Tensor x, long... times) {
        long[] ones = new long[Math.max(0, x.ndim() - times.length)];
        Arrays.fill(ones, 1);
        return repeat(x, Longs.concat(ones, times));
    }

    /**
     * y = x with each index of a dim so many times in a row; ∂L/∂x = g summed over the repetitions.
     *
     * @param times at least 0
     */
    public static Tensor repeatInterleave(Tensor x, long times, int dim) {
        checkArgument(times >= 0, "repeatInterleave: expected a count of at least 0; got %s. Give one.", times);
        int along = Shapes.dim("repeatInterleave", dim, x.ndim());
        Tensor line = Shaping.atleast1d(x);
        long[] spread = line.unsqueeze(along + 1).shape();
        spread[along + 1] = times;
        long[] joined = Shapes.with(line.shape(), along, Shapes.numel("repeatInterleave", times, line.size(along)));
        return line.unsqueeze(along + 1).expand(spread).clone().reshape(joined);
    }

    /**
     * y = x with index i of a dim times[i] times in a row; ∂L/∂x = g summed over the repetitions.
     *
     * @param times integral, at least 0, a vector as long as the dim, or one count for all
     */
    public static Tensor repeatInterleave(Tensor x, Tensor times, int dim) {
        int along = Shapes.dim("repeatInterleave", dim, x.ndim());
        Tensor line = Shaping.atleast1d(x);
        checkArgument(
                times.ndim() <= 1 && (times.numel() == 1 || times.numel() == line.size(along)),
                "repeatInterleave: expected a count for each of the %s indices of dim %s; got shape %s. Give a vector.",
                line.size(along),
                dim,
                Shapes.format(times.shape()));
        Tensor counts = times.reshape(times.numel()).expand(line.size(along));
        return line.indexSelect(along, repeatInterleave(counts));
    }

    /**
     * y = each i in 0 … n−1 times[i] times in a row, int64.
     *
     * @param times integral, shape (n), at least 0
     */
    public static Tensor repeatInterleave(Tensor times) {
        checkArgument(
                times.ndim() == 1 && !DTypes.isFloating(times.dtype()) && times.dtype() != DataType.BOOL,
                "repeatInterleave: expected an integral vector of counts; got %s of shape %s. Convert with"
                        + " to(DataType.INT64).",
                DTypes.name(times.dtype()),
                Shapes.format(times.shape()));
        long[] counts = times.toLongArray();
        long total = 0;
        for (long count : counts) {
            checkArgument(count >= 0, "repeatInterleave: expected counts of at least 0; got %s. Clamp them.", count);
            checkArgument(
                    count < Integer.MAX_VALUE,
                    "repeatInterleave: expected counts below 2^31; got %s. Clamp them.",
                    count);
            total += count;
        }
        long[] result = Memory.longs("repeatInterleave", total);
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(result, next, next + (int) counts[i], i);
            next += (int) counts[i];
        }
        return Tensor.of(result);
    }
}
