package org.ndgrad.autograd.kernels.spatial;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Windows over the last one to three dims, each reduced to one number. The arrays have the same leading dims. Sums are
 * taken in double precision.
 */
public final class Pool {

    private interface Window {
        /** Visits a window, given per dim from where to where it reaches. */
        void visit(int position, int depth, int height, int width);
    }

    private static final double DOWN = 0x1p-32; // then sums fit of as many doubles as a window holds

    private final PoolWindows depths;
    private final PoolWindows heights;
    private final PoolWindows widths;
    private final int plane;
    private final int positions;

    private Pool(List<PoolWindows> windows) {
        int last = windows.size() - 1;
        widths = windows.get(last);
        heights = last > 0 ? windows.get(last - 1) : PoolWindows.SINGLE;
        depths = last > 1 ? windows.get(last - 2) : PoolWindows.SINGLE;
        plane = Shapes.toInt("pool", Shapes.numel("pool", depths.input, heights.input, widths.input));
        positions = Shapes.toInt("pool", Shapes.numel("pool", depths.count(), heights.count(), widths.count()));
    }

    /** Returns where the largest element of each window is in the flattened dims: the first one, or the last NaN. */
    public static INDArray argmax(INDArray x, List<PoolWindows> windows) {
        Pool pool = new Pool(windows);
        return argmax(x, windows, p -> pool);
    }

    /** Returns the same where each plane has windows of its own, equally many. */
    public static INDArray argmaxByPlane(INDArray x, List<List<PoolWindows>> windows) {
        return argmax(x, windows.get(0), p -> new Pool(windows.get((int) p)));
    }

    private static INDArray argmax(INDArray x, List<PoolWindows> windows, LongFunction<Pool> pools) {
        INDArray result = Memory.allocate(DataType.INT64, shape(x, windows, false));
        if (!result.isEmpty()) {
            INDArray source = Copy.contiguous(x);
            int plane = new Pool(windows).plane;
            double[] values = Memory.doubles("pool", plane);
            Elements in = Elements.of(source);
            DoubleElements memory = DoubleElements.of(source);
            Elements out = Elements.into(result);
            boolean whole = !DTypes.isFloating(x.dataType());
            for (long p = 0; p < source.length() / plane; p++) {
                read(memory, p * plane, values);
                pools.apply(p).argmax(values, whole, in, p, out);
            }
        }
        return result;
    }

    private void argmax(double[] values, boolean whole, Elements in, long p, Elements out) {
        long base = p * plane;
        long target = p * positions;
        each((position, depth, height, width) -> {
            int best =
                    (depths.begin[depth] * heights.input + heights.begin[height]) * widths.input + widths.begin[width];
            double record = values[best];
            for (int i = depths.begin[depth]; i < depths.end[depth]; i += depths.step) {
                for (int j = heights.begin[height]; j < heights.end[height]; j += heights.step) {
                    int line = (i * heights.input + j) * widths.input;
                    for (int k = widths.begin[width]; k < widths.end[width]; k += widths.step) {
                        double value = values[line + k];
                        if (value > record
                                || Double.isNaN(value)
                                || (whole
                                        && value == record
                                        && in.getLong(base + line + k) > in.getLong(base + best))) {
                            best = line + k;
                            record = value;
                        }
                    }
                }
            }
            out.setLong(target + position, best);
        });
    }

    /**
     * Returns the sum of each window over its size or the divisor; whole numbers are truncated towards zero.
     *
     * @param divisor what to divide by instead of the size
     */
    public static INDArray mean(INDArray x, List<PoolWindows> windows, OptionalLong divisor) {
        Pool pool = new Pool(windows);
        INDArray result = Memory.allocate(x.dataType(), shape(x, windows, false));
        if (!result.isEmpty()) {
            INDArray source = Copy.contiguous(x);
            if (DTypes.isFloating(x.dataType())) {
                pool.mean(source.length(), DoubleElements.of(source), Elements.into(result), divisor);
            } else {
                pool.wholeMean(source.length(), Elements.of(source), Elements.into(result), divisor);
            }
        }
        return result;
    }

    private void wholeMean(long length, Elements in, Elements out, OptionalLong divisor) {
        for (long p = 0; p < length / plane; p++) {
            long source = p * plane;
            long target = p * positions;
            each((position, depth, height, width) -> {
                long sum = 0;
                for (int i = depths.begin[depth]; i < depths.end[depth]; i++) {
                    for (int j = heights.begin[height]; j < heights.end[height]; j++) {
                        int line = (i * heights.input + j) * widths.input;
                        for (int k = widths.begin[width]; k < widths.end[width]; k++) {
                            sum += in.getLong(source + line + k);
                        }
                    }
                }
                out.setLong(target + position, sum / (long) size(depth, height, width, divisor));
            });
        }
    }

    private void mean(long length, DoubleElements in, Elements out, OptionalLong divisor) {
        double[] values = Memory.doubles("pool", plane);
        for (long p = 0; p < length / plane; p++) {
            long target = p * positions;
            read(in, p * plane, values);
            each((position, depth, height, width) -> {
                double sum = 0;
                for (int i = depths.begin[depth]; i < depths.end[depth]; i++) {
                    for (int j = heights.begin[height]; j < heights.end[height]; j++) {
                        int line = (i * heights.input + j) * widths.input;
                        for (int k = widths.begin[width]; k < widths.end[width]; k++) {
                            sum += values[line + k];
                        }
                    }
                }
                double mean = sum / size(depth, height, width, divisor);
                boolean fits = Math.abs(sum) <= Double.MAX_VALUE;
                out.set(target + position, fits ? mean : largeMean(values, depth, height, width, divisor));
            });
        }
    }

    /** Returns the mean of what may have a sum beyond the range. */
    private double largeMean(double[] values, int depth, int height, int width, OptionalLong divisor) {
        double sum = 0;
        for (int i = depths.begin[depth]; i < depths.end[depth]; i++) {
            for (int j = heights.begin[height]; j < heights.end[height]; j++) {
                int line = (i * heights.input + j) * widths.input;
                for (int k = widths.begin[width]; k < widths.end[width]; k++) {
                    sum += values[line + k] * DOWN;
                }
            }
        }
        return sum / size(depth, height, width, divisor) / DOWN;
    }

    /** Returns the transpose of {@link #mean}: each number, divided, added to all elements of its window. */
    public static INDArray spread(INDArray g, List<PoolWindows> windows, OptionalLong divisor) {
        INDArray result = Memory.allocate(g.dataType(), shape(g, windows, true));
        if (g.isEmpty()) {
            Fill.fill(result, 0);
        } else {
            new Pool(windows)
                    .spread(result.length(), Elements.of(Copy.contiguous(g)), DoubleElements.into(result), divisor);
        }
        return result;
    }

    private void spread(long length, Elements in, DoubleElements out, OptionalLong divisor) {
        double[] values = Memory.doubles("pool", plane);
        for (long p = 0; p < length / plane; p++) {
            long source = p * positions;
            Arrays.fill(values, 0);
            each((position, depth, height, width) -> {
                double share = in.get(source + position) / size(depth, height, width, divisor);
                for (int i = depths.begin[depth]; i < depths.end[depth]; i++) {
                    for (int j = heights.begin[height]; j < heights.end[height]; j++) {
                        int line = (i * heights.input + j) * widths.input;
                        for (int k = widths.begin[width]; k < widths.end[width]; k++) {
                            values[line + k] += share;
                        }
                    }
                }
            });
            for (int i = 0; i < plane; i += Scratch.BLOCK) {
                out.put(p * plane + i, 1, values, i, Math.min(Scratch.BLOCK, plane - i));
            }
        }
    }

    private double size(int depth, int height, int width, OptionalLong divisor) {
        return divisor.isPresent()
                ? divisor.getAsLong()
                : (double) depths.size[depth] * heights.size[height] * widths.size[width];
    }

    private static void read(DoubleElements in, long from, double[] values) {
        for (int i = 0; i < values.length; i += Scratch.BLOCK) {
            in.get(from + i, 1, values, i, Math.min(Scratch.BLOCK, values.length - i));
        }
    }

    private void each(Window window) {
        int position = 0;
        for (int depth = 0; depth < depths.count(); depth++) {
            for (int height = 0; height < heights.count(); height++) {
                for (int width = 0; width < widths.count(); width++) {
                    window.visit(position++, depth, height, width);
                }
            }
        }
    }

    private static long[] shape(INDArray array, List<PoolWindows> windows, boolean input) {
        long[] shape = array.shape().clone();
        int leading = shape.length - windows.size();
        for (int d = 0; d < windows.size(); d++) {
            shape[leading + d] = input ? windows.get(d).input : windows.get(d).count();
        }
        return shape;
    }
}
