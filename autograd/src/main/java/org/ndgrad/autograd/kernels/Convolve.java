package org.ndgrad.autograd.kernels;

import com.google.common.primitives.Longs;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Columns.Block;
import org.ndgrad.autograd.kernels.Lanes.Matrix;

/**
 * The three products of a convolution, each linear in both of its operands, and each the derivative of the others.
 *
 * <p>They are products of matrices, one for each image, group and block of windows that fits the cache. The half types
 * are computed in float32, integral ones in int64.
 */
public final class Convolve {

    /** How many elements of columns to hold at a time, unless that were fewer windows than is worth a product. */
    private static final int CACHED = 1 << 18;

    private static final int FEWEST_WINDOWS = 192;

    /** Fresh memory costs more than the product in it, so that each thread keeps up to so many elements. */
    private static final long KEPT = 1 << 20;

    /** How many multiplications take longer than it takes to wake a thread. */
    private static final long WORTH_A_THREAD = 1L << 21;

    /** Into how many sums the gradient of the weight is divided; fewer would do for fewer threads, but change the bits. */
    private static final int MOST_PIECES = 4;

    private static final ThreadLocal<Optional<INDArray>> SCRATCH = ThreadLocal.withInitial(Optional::empty);

    private interface Task {
        void run(int image, int group);
    }

    private interface PartTask {
        void run(int from, int to);
    }

    private interface BlockTask {
        void run(Block block, int offset);
    }

    private final SlidingWindow windows;
    private final DataType type;
    private final int images;
    private final int groups;
    private final int inputs; // channels in a group
    private final int outputs;
    private final int rows; // of the columns
    private final int places;

    private Convolve(SlidingWindow windows, int groups, DataType type, long images, long inputs, long outputs) {
        this.windows = windows;
        this.type = computed(type);
        this.images = Math.toIntExact(images);
        this.groups = groups;
        this.inputs = Math.toIntExact(inputs / groups);
        this.outputs = Math.toIntExact(outputs / groups);
        this.rows = Math.toIntExact(this.inputs * (long) windows.windowSize());
        this.places = windows.windows();
    }

    /**
     * Returns y[n, o, p] = b[o] + Σ w[o, c, k] · x[n, c, element k of window p].
     *
     * @param x shape (N, C, …)
     * @param w shape (O, C / groups, …)
     * @param b shape (O)
     */
    public static INDArray output(INDArray x, INDArray w, Optional<INDArray> b, SlidingWindow windows, int groups) {
        Convolve convolve = new Convolve(windows, groups, x.dataType(), x.size(0), x.size(1), w.size(0));
        long[] shape = windows.outputShape(x.size(0), w.size(0), x.rank() - 2);
        INDArray result = Memory.allocate(convolve.type, shape);
        if (!result.isEmpty()) {
            INDArray source = convolve.readable(x);
            INDArray weights = convolve.readable(w);
            Optional<INDArray> bias = b.map(convolve::readable);
            convolve.parts((from, to) -> convolve.output(
                    Lanes.of(source), Lanes.of(weights), bias.map(Lanes::of), Lanes.of(result), from, to));
        }
        return as(result, x.dataType());
    }

    private void output(Lanes x, Lanes w, Optional<Lanes> b, Lanes y, int from, int to) {
        each(from, to, (image, group) -> {
            long start = outputAt(image, group);
            b.ifPresent(bias -> repeat(bias, group * outputs, outputs, y, start, places));
            if (rows == 0) {
                if (b.isEmpty()) {
                    y.zero(start, 1, (long) outputs * places);
                }
                return;
            }
            Matrix weights = new Matrix(w, (long) group * outputs * rows, rows, false);
            if (windows.isIdentity()) {
                Matrix columns = new Matrix(x, inputAt(image, group), places, false);
                y.multiply(start, places, weights, columns, outputs, places, rows, b.isPresent());
                return;
            }
            Lanes columns = scratch();
            blocks((block, offset) -> {
                Columns.gather(windows, x, inputAt(image, group), inputs, columns, 0, block);
                Matrix right = new Matrix(columns, 0, block.size(), false);
                y.multiply(start + offset, places, weights, right, outputs, block.size(), rows, b.isPresent());
            });
        });
    }

    /**
     * Returns x[n, c, i] = b[c] + Σ w[o, c, k] · g[n, o, p] over all windows p whose element k is i.
     *
     * @param g shape (N, O, …)
     * @param w shape (O, C / groups, …)
     * @param b shape (C)
     */
    public static INDArray input(INDArray g, INDArray w, Optional<INDArray> b, SlidingWindow windows, int groups) {
        long channels = w.size(1) * groups;
        Convolve convolve = new Convolve(windows, groups, g.dataType(), g.size(0), channels, g.size(1));
        INDArray result = Memory.allocate(convolve.type, windows.inputShape(g.size(0), channels, g.rank() - 2));
        if (!result.isEmpty()) {
            INDArray gradients = convolve.readable(g);
            INDArray weights = convolve.readable(w);
            Optional<INDArray> bias = b.map(convolve::readable);
            convolve.parts((from, to) -> convolve.input(
                    Lanes.of(gradients), Lanes.of(weights), bias.map(Lanes::of), Lanes.of(result), from, to));
        }
        return as(result, g.dataType());
    }

    private void input(Lanes g, Lanes w, Optional<Lanes> b, Lanes x, int first, int end) {
        int plane = windows.plane();
        each(first, end, (image, group) -> {
            long start = inputAt(image, group);
            if (b.isPresent()) {
                repeat(b.get(), group * inputs, inputs, x, start, plane);
            } else {
                x.zero(start, 1, (long) inputs * plane);
            }
            if (outputs == 0 || places == 0) {
                return;
            }
            Matrix weights = new Matrix(w, (long) group * outputs * rows, rows, true);
            long from = outputAt(image, group);
            if (windows.isIdentity()) {
                Matrix gradients = new Matrix(g, from, places, false);
                x.multiply(start, plane, weights, gradients, inputs, places, outputs, true);
                return;
            }
            Lanes columns = scratch();
            blocks((block, offset) -> {
                Matrix gradients = new Matrix(g, from + offset, places, false);
                columns.multiply(0, block.size(), weights, gradients, rows, block.size(), outputs, false);
                Columns.scatter(windows, x, start, inputs, columns, 0, block);
            });
        });
    }

    /**
     * Returns w[o, c, k] = Σ g[n, o, p] · x[n, c, element k of window p].
     *
     * @param x shape (N, C, …)
     * @param g shape (N, O, …)
     */
    public static INDArray weight(INDArray x, INDArray g, SlidingWindow windows, int groups) {
        Convolve convolve = new Convolve(windows, groups, x.dataType(), x.size(0), x.size(1), g.size(1));
        long[] shape = windows.kernelShape(g.size(1), x.size(1) / groups, x.rank() - 2);
        int pieces = Math.min(convolve.images, MOST_PIECES);
        if (pieces == 0 || g.isEmpty()) {
            return as(Memory.filled(convolve.type, 0, shape), x.dataType());
        }
        INDArray source = convolve.readable(x);
        INDArray gradients = convolve.readable(g);
        INDArray sums = Memory.filled(convolve.type, 0, Longs.concat(new long[] {pieces}, shape));
        Parallel.ranges(pieces, convolve.fewest(pieces), (first, last) -> {
            for (int piece = (int) first; piece < last; piece++) {
                INDArray sum = Layout.select(sums, 0, piece);
                int from = (int) ((long) convolve.images * piece / pieces);
                int to = (int) ((long) convolve.images * (piece + 1) / pieces);
                convolve.weight(Lanes.of(source), Lanes.of(gradients), Lanes.of(sum), from, to);
            }
        });
        return as(Reduce.sum(sums, new int[] {0}, false), x.dataType());
    }

    private void weight(Lanes x, Lanes g, Lanes w, int first, int end) {
        each(first, end, (image, group) -> {
            long start = (long) group * outputs * rows;
            long from = outputAt(image, group);
            if (windows.isIdentity()) {
                Matrix gradients = new Matrix(g, from, places, false);
                Matrix columns = new Matrix(x, inputAt(image, group), places, true);
                w.multiply(start, rows, gradients, columns, outputs, rows, places, true);
                return;
            }
            Lanes columns = scratch();
            blocks((block, offset) -> {
                Columns.gather(windows, x, inputAt(image, group), inputs, columns, 0, block);
                Matrix gradients = new Matrix(g, from + offset, places, false);
                Matrix right = new Matrix(columns, 0, block.size(), true);
                w.multiply(start, rows, gradients, right, outputs, rows, block.size(), true);
            });
        });
    }

    /**
     * Returns the windows as columns.
     *
     * @param x shape (N, C, …)
     * @return shape (N, C · window size, windows), the elements of a channel's window one after another
     */
    public static INDArray unfold(INDArray x, SlidingWindow windows) {
        long rows = x.size(1) * windows.windowSize();
        INDArray result = Memory.allocate(x.dataType(), x.size(0), rows, windows.windows());
        if (!result.isEmpty()) {
            Lanes in = Lanes.of(Memory.contiguous(x));
            Lanes out = Lanes.of(result);
            int channels = Math.toIntExact(x.size(1));
            for (long n = 0; n < x.size(0); n++) {
                long to = n * rows * windows.windows();
                Columns.gather(windows, in, n * channels * windows.plane(), channels, out, to, windows.all());
            }
        }
        return result;
    }

    /**
     * Returns the sums of what {@link #unfold} would have read from each place.
     *
     * @param columns shape (N, C · window size, windows)
     * @param ndim the number of spatial dims of the result
     * @return shape (N, C, …)
     */
    public static INDArray fold(INDArray columns, SlidingWindow windows, int ndim) {
        DataType type = DTypes.isFloating(columns.dataType()) ? computed(columns.dataType()) : columns.dataType();
        long rows = columns.size(1);
        long channels = rows / windows.windowSize();
        INDArray result = Memory.filled(type, 0, windows.inputShape(columns.size(0), channels, ndim));
        if (!result.isEmpty() && !columns.isEmpty()) {
            Lanes in = Lanes.of(Memory.cast(columns, type));
            Lanes out = Lanes.of(result);
            for (long n = 0; n < columns.size(0); n++) {
                long from = n * rows * windows.windows();
                long to = n * channels * windows.plane();
                Columns.scatter(windows, out, to, (int) channels, in, from, windows.all());
            }
        }
        return as(result, columns.dataType());
    }

    private static void repeat(Lanes values, int from, int count, Lanes target, long to, int times) {
        for (int i = 0; i < count; i++) {
            target.copy(to + (long) i * times, 1, values, from + i, 0, times);
        }
    }

    /** Works on parts of the images, in several threads if that is worth it. */
    private void parts(PartTask task) {
        Parallel.ranges(images, fewest(images), (from, to) -> task.run((int) from, (int) to));
    }

    /** Returns how many of so many equal parts of the work are enough for a thread. */
    private long fewest(int count) {
        long multiplications = (long) images * groups * outputs * rows * places;
        return Math.max(1, WORTH_A_THREAD * count / Math.max(multiplications, 1));
    }

    private void each(int from, int to, Task task) {
        for (int image = from; image < to; image++) {
            for (int group = 0; group < groups; group++) {
                task.run(image, group);
            }
        }
    }

    private long inputAt(int image, int group) {
        return ((long) image * groups + group) * inputs * windows.plane();
    }

    private long outputAt(int image, int group) {
        return ((long) image * groups + group) * outputs * places;
    }

    private int blockSize() {
        return Math.min(places, Math.max(FEWEST_WINDOWS, CACHED / rows));
    }

    private void blocks(BlockTask task) {
        int width = windows.output().get(2);
        int lines = places / width;
        int size = blockSize();
        if (width > size) {
            for (int line = 0; line < lines; line++) {
                for (int from = 0; from < width; from += size) {
                    task.run(new Block(line, 1, from, Math.min(width, from + size)), line * width + from);
                }
            }
        } else {
            int step = size / width;
            for (int line = 0; line < lines; line += step) {
                task.run(new Block(line, Math.min(step, lines - line), 0, width), line * width);
            }
        }
    }

    /** Returns memory for the columns of a block, which the thread's next convolution overwrites. */
    private Lanes scratch() {
        long needed = (long) rows * blockSize();
        INDArray kept = SCRATCH.get()
                .filter(array -> array.dataType() == type && array.length() >= needed)
                .orElseGet(() -> Memory.allocate(type, needed));
        if (needed <= KEPT) {
            SCRATCH.set(Optional.of(kept));
        }
        return Lanes.of(kept);
    }

    private INDArray readable(INDArray array) {
        return as(Memory.contiguous(array), type);
    }

    private static INDArray as(INDArray array, DataType type) {
        return array.dataType() == type ? array : Memory.cast(array, type);
    }

    private static DataType computed(DataType type) {
        if (!DTypes.isFloating(type)) {
            return DataType.INT64;
        }
        return type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    }
}
