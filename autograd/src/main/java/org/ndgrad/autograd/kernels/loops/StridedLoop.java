package org.ndgrad.autograd.kernels.loops;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks several strided arrays of one shape in row-major order, with neighboring dimensions merged where possible. */
public final class StridedLoop {

    /** A stretch along which each array advances by its own constant stride. */
    public interface Run {
        /**
         * Visits the stretch.
         *
         * @param count how many elements
         * @param offset per array, where the stretch begins; not to be kept
         * @param stride per array, the step from element to element
         */
        void run(long count, long[] offset, long[] stride);
    }

    /** A plane along whose rows, and from row to row, each array advances by its own constant strides. */
    public interface Plane {
        /**
         * Visits the plane.
         *
         * @param rows how many rows
         * @param count how many elements a row has
         * @param offset per array, where the plane begins; not to be kept
         * @param next per array, the step from row to row
         * @param stride per array, the step from element to element
         */
        void run(long rows, long count, long[] offset, long[] next, long[] stride);
    }

    private StridedLoop() {}

    /** Neighboring dimensions merged where possible, innermost first. */
    private static final class Merged {
        private final int depth;
        private final long[] sizes;
        private final long[][] steps;

        Merged(int depth, long[] sizes, long[][] steps) {
            this.depth = depth;
            this.sizes = sizes;
            this.steps = steps;
        }
    }

    /** Walks arrays that begin at offset 0. */
    public static void over(long[] shape, long[][] strides, Run run) {
        over(shape, strides, new long[strides.length], run);
    }

    /** Walks arrays that begin at the given offsets, which are used up. */
    public static void over(long[] shape, long[][] strides, long[] offsets, Run run) {
        Merged merged = merge(shape, strides);
        if (merged != null) {
            walk(merged.sizes, merged.steps, merged.depth, offsets, run);
        }
    }

    /**
     * Walks arrays that begin at offset 0 in several threads if there is much to do, each thread some indices of the
     * outermost dimension.
     *
     * @param run makes the visitor of a thread
     */
    public static void inParallel(long[] shape, long[][] strides, Supplier<Run> run) {
        Merged merged = merge(shape, strides);
        if (merged != null) {
            split(
                    merged,
                    strides.length,
                    1,
                    (sizes, offsets) -> walk(sizes, merged.steps, merged.depth, offsets, run.get()));
        }
    }

    /**
     * As {@link #inParallel}, but plane by plane.
     *
     * @param cost how many times as long as in a simple loop an element takes, or 0 if one thread is to visit all
     *     planes in row-major order
     */
    public static void planes(long[] shape, long[][] strides, int cost, Supplier<Plane> plane) {
        Merged merged = merge(shape, strides);
        if (merged != null) {
            split(merged, strides.length, cost, (sizes, offsets) -> planes(merged, sizes, offsets, plane.get()));
        }
    }

    private static void planes(Merged merged, long[] sizes, long[] offsets, Plane plane) {
        long count = sizes[0];
        long[] stride = merged.steps[0];
        if (merged.depth == 1) {
            plane.run(1, count, offsets, new long[offsets.length], stride);
            return;
        }
        long[] outer = Arrays.copyOfRange(sizes, 1, merged.depth);
        long[][] steps = Arrays.copyOfRange(merged.steps, 1, merged.depth);
        walk(outer, steps, outer.length, offsets, (rows, start, next) -> plane.run(rows, count, start, next, stride));
    }

    /** Work on some indices of the outermost dimension. */
    private interface Part {
        void run(long[] sizes, long[] offsets);
    }

    private static void split(Merged merged, int arrays, int cost, Part part) {
        int outermost = merged.depth - 1;
        long inner = cost;
        for (int d = 0; d < outermost; d++) {
            inner *= merged.sizes[d];
        }
        Parallel.Body body = (from, to) -> {
            long[] sizes = merged.sizes.clone();
            long[] offsets = new long[arrays];
            sizes[outermost] = to - from;
            advance(offsets, merged.steps[outermost], from);
            part.run(sizes, offsets);
        };
        if (cost > 0) {
            Parallel.rows(merged.sizes[outermost], inner, body);
        } else {
            body.run(0, merged.sizes[outermost]);
        }
    }

    /** Returns null if there is nothing to walk. */
    private static @Nullable Merged merge(long[] shape, long[][] strides) {
        int arrays = strides.length;
        long[] sizes = new long[shape.length + 1];
        long[][] steps = new long[shape.length + 1][];
        int depth = 0;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] == 0) {
                return null;
            }
            if (shape[d] == 1) {
                continue;
            }
            if (depth > 0 && continues(strides, d, steps[depth - 1], sizes[depth - 1])) {
                sizes[depth - 1] *= shape[d];
                continue;
            }
            sizes[depth] = shape[d];
            steps[depth] = new long[arrays];
            for (int a = 0; a < arrays; a++) {
                steps[depth][a] = strides[a][d];
            }
            depth++;
        }
        if (depth == 0) {
            sizes[depth] = 1;
            steps[depth++] = new long[arrays];
        }
        return new Merged(depth, sizes, steps);
    }

    private static boolean continues(long[][] strides, int d, long[] inner, long innerSize) {
        for (int a = 0; a < strides.length; a++) {
            if (strides[a][d] != inner[a] * innerSize) {
                return false;
            }
        }
        return true;
    }

    private static void walk(long[] sizes, long[][] steps, int depth, long[] offsets, Run run) {
        long[] index = new long[depth];
        long[] start = offsets.clone();
        while (true) {
            System.arraycopy(offsets, 0, start, 0, offsets.length);
            run.run(sizes[0], start, steps[0]);
            int d = 1;
            while (d < depth && ++index[d] == sizes[d]) {
                index[d] = 0;
                advance(offsets, steps[d], 1 - sizes[d]);
                d++;
            }
            if (d >= depth) {
                return;
            }
            advance(offsets, steps[d], 1);
        }
    }

    private static void advance(long[] offsets, long[] step, long times) {
        for (int a = 0; a < offsets.length; a++) {
            offsets[a] += step[a] * times;
        }
    }

    /** Returns the sizes without those of one dimension, or strides without its stride. */
    public static long[] without(long[] sizes, int dim) {
        long[] result = Arrays.copyOf(sizes, sizes.length - 1);
        System.arraycopy(sizes, dim + 1, result, dim, sizes.length - 1 - dim);
        return result;
    }
}
