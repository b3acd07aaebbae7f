package org.ndgrad.autograd.kernels.spatial;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.linalg.MatrixMemory;
import org.ndgrad.autograd.kernels.linalg.MatrixMemory.Matrix;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.reduction.Reduce;
import org.ndgrad.autograd.kernels.spatial.SlidingWindow.Tile;

/**
 * The three products of a convolution, each linear in both of its operands, and each the derivative of the others.
 *
 * <p>They are products of matrices, one for each image, group and tile of windows that fits the cache. What writes to
 * different memory can be done by different threads: tiles of the output, channels of the input and of the weight. The
 * half types are computed in float32, integral ones in int64.
 */
public final class Convolve {

    /** How many elements of columns to hold at a time, unless that were fewer windows than is worth a product. */
    private static final int CACHED = 1 << 18;

    private static final int FEWEST_WINDOWS = 192;

    /** Fresh memory costs more than the product in it, so that each thread keeps up to so many elements. */
    private static final long KEPT = 1 << 20;

    /** How many multiplications take longer than it takes to wake a thread. */
    private static final long WORTH_A_THREAD = 1L << 21;

    /**
     * Into how many parts to divide the images for the gradient of the weight, and the channels if there are fewer
     * images; fewer parts would do for fewer threads, but change the bits.
     */
    private static final int PARTS = 4;

    private static final ThreadLocal<Optional<INDArray>> SCRATCH = ThreadLocal.withInitial(Optional::empty);

    private interface Task {
        void run(int image, int group, int part);
    }

    private final SlidingWindow windows;
    private final DataType type;
    private final int images;
    private final int groups;
    private final int inputs; // channels in a group
    private final int outputs;
    private final int rows; // of the columns
    private final int positions;
    private final List<Tile> tiles;
    private final int slices; // of a group's input channels

    private Convolve(SlidingWindow windows, int groups, DataType type, long images, long inputs, long outputs) {
        this.windows = windows;
        this.type = computed(type);
        this.images = Shapes.toInt("convolution", images);
        this.groups = groups;
        this.inputs = Shapes.toInt("convolution", inputs / groups);
        this.outputs = Shapes.toInt("convolution", outputs / groups);
        this.rows = Shapes.toInt("convolution", this.inputs * (long) windows.windowSize());
        this.positions = windows.windows();
        this.tiles = windows.isIdentity() ? ImmutableList.of(windows.all()) : tiles();
        long most = Math.min(PARTS / Math.max(images, 1), multiplications() / WORTH_A_THREAD);
        this.slices = (int) Math.max(1, Math.min(most, this.inputs));
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
            convolve.parts(
                    convolve.tiles.size(),
                    (from, to) -> convolve.output(
                            MatrixMemory.of(source),
                            MatrixMemory.of(weights),
                            bias.map(MatrixMemory::of),
                            MatrixMemory.of(result),
                            from,
                            to));
        }
        return as(result, x.dataType());
    }

    private void output(MatrixMemory x, MatrixMemory w, Optional<MatrixMemory> b, MatrixMemory y, long from, long to) {
        each(from, to, tiles.size(), (image, group, part) -> {
            Tile tile = tiles.get(part);
            long start = outputAt(image, group) + windows.number(tile);
            if (b.isPresent() || rows == 0) {
                begin(y, start, positions, tile.size(), b, group * outputs, outputs);
            }
            if (rows > 0) {
                Matrix weights = new Matrix(w, (long) group * outputs * rows, rows, false);
                Matrix columns = columns(x, inputAt(image, group), inputs, tile, false);
                y.multiply(start, positions, weights, columns, outputs, tile.size(), rows, b.isPresent());
            }
        });
    }

    /** Returns the columns of a tile, or their transpose: in the thread's memory, or where they lie in the input. */
    private Matrix columns(MatrixMemory x, long channel, int channels, Tile tile, boolean transposed) {
        if (windows.isIdentity()) {
            return new Matrix(x, channel, positions, transposed);
        }
        MatrixMemory columns = scratch();
        Im2col.gather(windows, x, channel, channels, columns, 0, tile);
        return new Matrix(columns, 0, tile.size(), transposed);
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
            convolve.parts(
                    convolve.slices,
                    (from, to) -> convolve.input(
                            MatrixMemory.of(gradients),
                            MatrixMemory.of(weights),
                            bias.map(MatrixMemory::of),
                            MatrixMemory.of(result),
                            from,
                            to));
        }
        return as(result, g.dataType());
    }

    private void input(MatrixMemory g, MatrixMemory w, Optional<MatrixMemory> b, MatrixMemory x, long first, long end) {
        int plane = windows.plane();
        int window = windows.windowSize();
        each(first, end, slices, (image, group, slice) -> {
            int channel = firstOf(slice);
            int channels = firstOf(slice + 1) - channel;
            long start = inputAt(image, group) + (long) channel * plane;
            begin(x, start, plane, plane, b, group * inputs + channel, channels);
            if (outputs == 0 || positions == 0) {
                return;
            }
            long weight = ((long) group * outputs * inputs + channel) * window;
            Matrix weights = new Matrix(w, weight, rows, true);
            for (Tile tile : tiles) {
                Matrix gradients = new Matrix(g, outputAt(image, group) + windows.number(tile), positions, false);
                if (windows.isIdentity()) {
                    x.multiply(start, plane, weights, gradients, channels, positions, outputs, true);
                } else {
                    MatrixMemory columns = scratch();
                    columns.multiply(
                            0, tile.size(), weights, gradients, channels * window, tile.size(), outputs, false);
                    Im2col.scatter(windows, x, start, channels, columns, 0, tile);
                }
            }
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
        int pieces = Math.min(convolve.images, PARTS);
        int slices = convolve.slices;
        if (pieces == 0 || g.isEmpty() || x.isEmpty()) {
            return as(Fill.filled(convolve.type, 0, shape), x.dataType());
        }
        INDArray source = convolve.readable(x);
        INDArray gradients = convolve.readable(g);
        INDArray sums = Fill.filled(convolve.type, 0, Longs.concat(new long[] {pieces}, shape));
        Parallel.ranges((long) pieces * slices, convolve.fewest((long) pieces * slices), (first, last) -> {
            for (int part = (int) first; part < last; part++) {
                int piece = part / slices;
                INDArray sum = Views.select(sums, 0, piece);
                int from = (int) ((long) convolve.images * piece / pieces);
                int to = (int) ((long) convolve.images * (piece + 1) / pieces);
                convolve.weight(
                        MatrixMemory.of(source),
                        MatrixMemory.of(gradients),
                        MatrixMemory.of(sum),
                        from,
                        to,
                        part % slices);
            }
        });
        return as(Reduce.sum(sums, new int[] {0}, false), x.dataType());
    }

    private void weight(MatrixMemory x, MatrixMemory g, MatrixMemory w, int first, int end, int slice) {
        int channel = firstOf(slice);
        int channels = firstOf(slice + 1) - channel;
        int window = windows.windowSize();
        each((long) first * groups, (long) end * groups, 1, (image, group, part) -> {
            long start = ((long) group * outputs * inputs + channel) * window;
            for (Tile tile : tiles) {
                Matrix gradients = new Matrix(g, outputAt(image, group) + windows.number(tile), positions, false);
                long from = inputAt(image, group) + (long) channel * windows.plane();
                Matrix columns = columns(x, from, channels, tile, true);
                w.multiply(start, rows, gradients, columns, outputs, channels * window, tile.size(), true);
            }
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
            MatrixMemory in = MatrixMemory.of(Copy.contiguous(x));
            MatrixMemory out = MatrixMemory.of(result);
            int channels = Shapes.toInt("unfold", x.size(1));
            for (long n = 0; n < x.size(0); n++) {
                long to = n * rows * windows.windows();
                Im2col.gather(windows, in, n * channels * windows.plane(), channels, out, to, windows.all());
            }
        }
        return result;
    }

    /**
     * Returns the sums of what {@link #unfold} would have read from each element.
     *
     * @param columns shape (N, C · window size, windows)
     * @param ndim the number of spatial dims of the result
     * @return shape (N, C, …)
     */
    public static INDArray fold(INDArray columns, SlidingWindow windows, int ndim) {
        DataType type = DTypes.isFloating(columns.dataType()) ? computed(columns.dataType()) : columns.dataType();
        long rows = columns.size(1);
        long channels = rows / windows.windowSize();
        INDArray result = Fill.filled(type, 0, windows.inputShape(columns.size(0), channels, ndim));
        if (!result.isEmpty() && !columns.isEmpty()) {
            MatrixMemory in = MatrixMemory.of(Copy.cast(columns, type));
            MatrixMemory out = MatrixMemory.of(result);
            for (long n = 0; n < columns.size(0); n++) {
                long from = n * rows * windows.windows();
                long to = n * channels * windows.plane();
                Im2col.scatter(windows, out, to, (int) channels, in, from, windows.all());
            }
        }
        return as(result, columns.dataType());
    }

    /** Sets some lines of a size, a step apart, to the values of a bias from one on, or to 0. */
    private static void begin(
            MatrixMemory y, long start, int step, int size, Optional<MatrixMemory> bias, int first, int lines) {
        for (int i = 0; i < lines; i++) {
            long line = start + (long) i * step;
            if (bias.isPresent()) {
                y.copy(line, 1, bias.get(), first + i, 0, size);
            } else {
                y.zero(line, 1, size);
            }
        }
    }

    /** Works on so many parts of each image and group, in several threads if that is worth it. */
    private void parts(int parts, Parallel.Body body) {
        long count = (long) images * groups * parts;
        Parallel.ranges(count, fewest(count), body);
    }

    private void each(long from, long to, int parts, Task task) {
        for (long i = from; i < to; i++) {
            long number = i / parts;
            task.run((int) (number / groups), (int) (number % groups), (int) (i % parts));
        }
    }

    /** Returns how many of so many equal parts of the work are enough for a thread. */
    private long fewest(long count) {
        return Math.max(1, WORTH_A_THREAD * count / Math.max(multiplications(), 1));
    }

    private long multiplications() {
        return (long) images * groups * outputs * rows * positions;
    }

    private int firstOf(int slice) {
        return (int) ((long) inputs * slice / slices);
    }

    private long inputAt(int image, int group) {
        return ((long) image * groups + group) * inputs * windows.plane();
    }

    private long outputAt(int image, int group) {
        return ((long) image * groups + group) * outputs * positions;
    }

    private int tileSize() {
        return Math.min(positions, Math.max(FEWEST_WINDOWS, CACHED / Math.max(rows, 1)));
    }

    private ImmutableList<Tile> tiles() {
        int width = windows.output().get(2);
        int size = tileSize();
        ImmutableList.Builder<Tile> tiles = ImmutableList.builder();
        int lines = positions == 0 ? 0 : positions / width;
        int step = Math.max(1, size / Math.max(width, 1));
        for (int line = 0; line < lines; line += step) {
            for (int from = 0; from < width; from += size) {
                tiles.add(new Tile(line, Math.min(step, lines - line), from, Math.min(width, from + size)));
            }
        }
        return tiles.build();
    }

    /** Returns memory for the columns of a tile, which the thread's next convolution overwrites. */
    private MatrixMemory scratch() {
        long needed = (long) rows * tileSize();
        INDArray kept = SCRATCH.get()
                .filter(array -> array.dataType() == type && array.length() >= needed)
                .orElseGet(() -> Memory.allocate(type, needed));
        if (needed <= KEPT) {
            SCRATCH.set(Optional.of(kept));
        }
        return MatrixMemory.of(kept);
    }

    private INDArray readable(INDArray array) {
        return as(Copy.contiguous(array), type);
    }

    private static INDArray as(INDArray array, DataType type) {
        return array.dataType() == type ? array : Copy.cast(array, type);
    }

    private static DataType computed(DataType type) {
        if (!DTypes.isFloating(type)) {
            return DataType.INT64;
        }
        return type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    }
}
