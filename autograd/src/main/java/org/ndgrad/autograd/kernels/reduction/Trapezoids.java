package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Areas below whole numbers by the trapezoidal rule, along a dim. Sums of heights and differences of places are exact,
 * products of both and their sums are counted in float64.
 *
 * <p>Heights are int64 in row-major order, and so are places, of the same shape or a vector for all. Without places,
 * points are a spacing apart.
 *
 * <p>The points along the dim are a line. Of lines that lie side by side in memory, the first points come first, one
 * behind another, then the second points, and so on. They are read together, in bands that are not too wide, and short
 * lines also with those that lie behind.
 */
public final class Trapezoids {

    /** Adds areas up. */
    interface Areas {
        /** Adds Σ (yᵢ + yᵢ₊₁) · (xᵢ₊₁ − xᵢ) of each line of a band, between two points, to as many results. */
        void addTwice(Band band, long first, long last, double[] into, int at);
    }

    /**
     * Lines that are read together.
     *
     * @param line which of those that lie one behind another comes first
     * @param stack how many of these, if they are so short that all fit in a block, else 1
     * @param column which of those that lie side by side comes first
     * @param width how many of these
     */
    record Band(long line, int stack, long column, int width) {

        /** Returns how many points of each line fit in a block. */
        int rows(int block) {
            return block / width / stack;
        }
    }

    /** Numbers that one thread adds up, if there are so many in a band. */
    private static final int PART = 1 << 16;

    /** So many numbers are worth to wake another thread for. */
    private static final int LONG = 8 * Parallel.GRAIN;

    private final INDArray heights;
    private final @Nullable INDArray places;
    private final long points;
    private final long lines; // one behind another
    private final long inner; // side by side
    private final boolean areSums; // not of products
    private final int stack;
    private final int width;
    private final long abreast; // bands side by side

    private Trapezoids(INDArray heights, int dim, @Nullable INDArray places, boolean isRunning) {
        this.heights = heights;
        this.places = places;
        this.points = heights.size(dim);
        this.lines = count(heights, 0, dim);
        this.inner = count(heights, dim + 1, heights.rank());
        long line = Math.max(1, points * inner);
        boolean isShort = line <= Scratch.BLOCK;
        this.areSums = places == null && !isRunning && !isShort;
        this.stack = isShort ? (int) (Scratch.BLOCK / line) : 1;
        long widest = isShort ? inner : Math.min(inner, areSums ? HeightSums.WIDTH : Strips.WIDTH);
        this.width = (int) Math.max(1, widest);
        this.abreast = (inner + width - 1) / width;
    }

    private static long count(INDArray x, int from, int to) {
        return Arrays.stream(x.shape(), from, to).reduce(1, (a, b) -> a * b);
    }

    /** Returns Σ (yᵢ + yᵢ₊₁) / 2 · (xᵢ₊₁ − xᵢ) along the dim, or with the spacing for x's differences. */
    public static INDArray areas(DataType type, INDArray heights, int dim, @Nullable INDArray places, double spacing) {
        Trapezoids all = new Trapezoids(heights, dim, places, false);
        double[] areas = Memory.doubles("trapezoid", all.lines * all.inner);
        if (all.points > 1) {
            all.addTwice(areas);
        }
        for (int i = 0; i < areas.length; i++) {
            areas[i] = 0.5 * areas[i] * spacing;
        }
        return Copy.of(type, areas, Shapes.reduced(heights.shape(), new int[] {dim}, false));
    }

    /** Returns the areas up to each point but the first. */
    public static INDArray running(
            DataType type, INDArray heights, int dim, @Nullable INDArray places, double spacing) {
        Trapezoids all = new Trapezoids(heights, dim, places, true);
        INDArray result = Memory.allocate(type, Shapes.with(heights.shape(), dim, Math.max(0, all.points - 1)));
        if (!result.isEmpty()) {
            Parallel.rows(all.bands(), all.points * all.width * all.stack, (from, to) -> {
                Strips strips = all.strips();
                DoubleElements out = DoubleElements.into(result);
                for (long i = from; i < to; i++) {
                    strips.running(all.band(i), spacing, out);
                }
            });
        }
        return result;
    }

    /** Adds twice the areas, with the same bits in however many threads. */
    private void addTwice(double[] results) {
        int count = results.length;
        long each = Math.max(1, PART / width);
        long parts = (points - 2) / each + 1;
        double[] partial = parts == 1 ? results : Memory.doubles("trapezoid", parts * count);
        long grain = Math.max(1, Parallel.GRAIN / Math.min(PART, points * width * stack));
        Parallel.ranges(parts * bands(), grain, lines * points * inner >= LONG, (from, to) -> {
            Areas areas = areSums ? new HeightSums(heights, points, inner) : strips();
            for (long i = from; i < to; i++) {
                long first = i % parts * each;
                long last = Math.min(first + each, points - 1);
                Band band = band(i / parts);
                int at = (int) (i % parts * count + band.line() * inner + band.column());
                areas.addTwice(band, first, last, partial, at);
            }
        });
        for (int part = 0; part < parts && parts > 1; part++) {
            for (int i = 0; i < count; i++) {
                results[i] += partial[part * count + i];
            }
        }
    }

    private Strips strips() {
        return new Strips(heights, places, points, inner);
    }

    private long bands() {
        return (lines + stack - 1) / stack * abreast;
    }

    private Band band(long index) {
        long line = index / abreast * stack;
        long column = index % abreast * width;
        return new Band(line, (int) Math.min(stack, lines - line), column, (int) Math.min(width, inner - column));
    }
}
