package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;

/** The same elements in another order. The results are new tensors. */
public final class Rearranging {

    private Rearranging() {}

    /**
     * y = x with its elements, in row-major order, moved on so many places, the last ones to the front; ∂L/∂x = g back.
     */
    public static Tensor roll(Tensor x, long shift) {
        return rolled(x.reshape(x.numel()), shift, 0).reshape(x.shape());
    }

    /**
     * y[…, (i + shift) mod n, …] = x[…, i, …] for each of the dims; ∂L/∂x = g rolled back.
     *
     * @param shifts one per dim, of any sign and size
     * @param dims at least one; one that is named twice is rolled twice
     */
    public static Tensor roll(Tensor x, long[] shifts, int[] dims) {
        checkArgument(
                shifts.length == dims.length && dims.length > 0,
                "roll: expected a shift per dim; got %s for %s. Give as many of both, or one shift for all elements.",
                Longs.asList(shifts),
                Ints.asList(dims));
        checkArgument(x.ndim() > 0, "roll: expected at least 1 dim; got a scalar. Call roll without dims.");
        Tensor y = x;
        for (int i = 0; i < dims.length; i++) {
            y = rolled(y, shifts[i], Shapes.dim("roll", dims[i], x.ndim()));
        }
        return y;
    }

    /** As {@link #roll(Tensor, long[], int[])} over one dim. */
    public static Tensor roll(Tensor x, long shift, int dim) {
        return roll(x, new long[] {shift}, new int[] {dim});
    }

    private static Tensor rolled(Tensor x, long shift, int dim) {
        long size = x.size(dim);
        long cut = size == 0 ? 0 : Math.floorMod(-shift, size);
        INDArray head = Views.slice(array(x), dim, 0, cut, 1);
        INDArray tail = Views.slice(array(x), dim, cut, size - cut, 1);
        return Op.pure("roll", Views.cat(ImmutableList.of(tail, head), dim, x.dtype()))
                .wrt(x, g -> rolled(g, cut, dim))
                .tensor();
    }

    /** y = x turned by a right angle from the first dim towards the second; ∂L/∂x = g turned back. */
    public static Tensor rot90(Tensor x) {
        return rot90(x, 1, 0, 1);
    }

    /**
     * y = x turned by right angles from one dim towards another; ∂L/∂x = g turned back.
     *
     * @param times how many; negative ones turn from dimB towards dimA
     */
    public static Tensor rot90(Tensor x, @Default("1") int times, @Default("0") int dimA, @Default("1") int dimB) {
        checkArgument(
                x.ndim() >= 2,
                "rot90: expected at least 2 dims; got shape %s. Unsqueeze it.",
                Shapes.format(x.shape()));
        int a = Shapes.dim("rot90", dimA, x.ndim());
        int b = Shapes.dim("rot90", dimB, x.ndim());
        OpChecks.differ("rot90", dimA, dimB, x.ndim());
        return switch (Math.floorMod(times, 4)) {
            case 1 -> Shaping.flip(x, b).transpose(a, b);
            case 2 -> Shaping.flip(x, a, b);
            case 3 -> Shaping.flip(x, a).transpose(a, b);
            default -> x.clone();
        };
    }

    /** y = x with the order of its columns, dim 1, turned around; ∂L/∂x = g likewise. */
    public static Tensor fliplr(Tensor x) {
        checkArgument(
                x.ndim() >= 2,
                "fliplr: expected at least 2 dims; got shape %s. Use flip(x, 0).",
                Shapes.format(x.shape()));
        return Shaping.flip(x, 1);
    }

    /** y = x with the order of its rows, dim 0, turned around; ∂L/∂x = g likewise. */
    public static Tensor flipud(Tensor x) {
        checkArgument(x.ndim() >= 1, "flipud: expected at least 1 dim; got a scalar. Leave it as it is.");
        return Shaping.flip(x, 0);
    }

    /**
     * y = images enlarged by spreading each r² channels over squares of r × r pixels; ∂L/∂x = g gathered again.
     *
     * @param x shape (…, C · r², H, W)
     * @param factor r, at least 1
     * @return shape (…, C, H · r, W · r)
     */
    public static Tensor pixelShuffle(Tensor x, long factor) {
        checkImages("pixelShuffle", x, factor);
        checkArgument(
                factor <= Integer.MAX_VALUE,
                "pixelShuffle: expected a factor below 2^31; got %s. Use a smaller one.",
                factor);
        long area = factor * factor;
        checkArgument(
                x.size(-3) % area == 0,
                "pixelShuffle: expected channels in multiples of %s; got %s in shape %s. Change their number.",
                area,
                x.size(-3),
                Shapes.format(x.shape()));
        long[] apart = {x.size(-3) / area, factor, factor, x.size(-2), x.size(-1)};
        long[] joined = {
            x.size(-3) / area,
            Shapes.numel("pixelShuffle", x.size(-2), factor),
            Shapes.numel("pixelShuffle", x.size(-1), factor)
        };
        return rearranged(x, apart, new int[] {0, 3, 1, 4, 2}, joined);
    }

    /**
     * y = images reduced by turning squares of r × r pixels into r² channels, which undoes {@link #pixelShuffle}.
     *
     * @param x shape (…, C, H · r, W · r)
     * @param factor r, at least 1
     * @return shape (…, C · r², H, W)
     */
    public static Tensor pixelUnshuffle(Tensor x, long factor) {
        checkImages("pixelUnshuffle", x, factor);
        checkArgument(
                x.size(-2) % factor == 0 && x.size(-1) % factor == 0,
                "pixelUnshuffle: expected height and width in multiples of %s; got shape %s. Pad or crop it.",
                factor,
                Shapes.format(x.shape()));
        long[] apart = {x.size(-3), x.size(-2) / factor, factor, x.size(-1) / factor, factor};
        long[] joined = {
            Shapes.numel("pixelUnshuffle", x.size(-3), factor, factor), x.size(-2) / factor, x.size(-1) / factor
        };
        return rearranged(x, apart, new int[] {0, 2, 4, 1, 3}, joined);
    }

    /**
     * y = x with the channels of each group dealt out in turn: channel c · groups + k of y is channel
     * k · C / groups + c of x; ∂L/∂x = g in the old order (Zhang et al., ShuffleNet, 2018).
     *
     * @param x shape (N, C, *), with at least one dim more
     * @param groups at least 1, a divisor of C
     * @return x's shape
     */
    public static Tensor channelShuffle(Tensor x, long groups) {
        checkArgument(
                x.ndim() >= 3,
                "channelShuffle: expected an input of shape (N, C, *), of at least 3 dims; got shape %s. Unsqueeze it.",
                Shapes.format(x.shape()));
        checkArgument(
                groups >= 1 && x.size(1) % groups == 0,
                "channelShuffle: expected at least 1 group, and channels in multiples of the groups; got %s groups and"
                        + " shape %s. Change the groups.",
                groups,
                Shapes.format(x.shape()));
        return x.unflatten(1, groups, x.size(1) / groups)
                .transpose(1, 2)
                .clone()
                .reshape(x.shape());
    }

    private static void checkImages(String op, Tensor x, long factor) {
        checkArgument(
                x.ndim() >= 3,
                "%s: expected images of shape (…, channels, height, width); got shape %s. Unsqueeze it.",
                op,
                Shapes.format(x.shape()));
        checkArgument(factor >= 1, "%s: expected a factor of at least 1; got %s. Choose one.", op, factor);
    }

    /** Gives the last three dims a shape, permutes those dims and gives them another shape. */
    private static Tensor rearranged(Tensor x, long[] apart, int[] order, long[] joined) {
        int leading = x.ndim() - 3;
        long[] lead = Arrays.copyOf(x.shape(), leading);
        int[] dims = IntStream.concat(
                        IntStream.range(0, leading), Arrays.stream(order).map(d -> leading + d))
                .toArray();
        return x.reshape(Longs.concat(lead, apart)).permute(dims).clone().reshape(Longs.concat(lead, joined));
    }
}
