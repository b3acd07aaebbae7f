package org.ndgrad.autograd.kernels.spatial;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * A sparse matrix by which {@link Resample} multiplies along a dimension: per result, which elements count how much.
 */
public final class ResamplingMatrix {

    private final String op;
    private final int elements;
    private final int[] starts;
    private final int[] indices;
    private final double[] weights;

    private ResamplingMatrix(String op, int elements, int[] starts, int[] indices, double[] weights) {
        this.op = op;
        this.elements = elements;
        this.starts = starts;
        this.indices = indices;
        this.weights = weights;
    }

    /** Collects the weights, result by result. */
    static final class Builder {
        private final String op;
        private final int elements;
        private final int[] starts;
        private int[] indices;
        private double[] weights;
        private int done;
        private int used;

        Builder(String op, long elements, long results) {
            checkArgument(
                    elements < Integer.MAX_VALUE,
                    "%s: expected fewer than 2^31 elements along a dim; got %s. Use less.",
                    op,
                    elements);
            this.op = op;
            this.elements = (int) elements;
            this.starts = Memory.ints(op, results + 1);
            this.indices = Memory.ints(op, 2 * results);
            this.weights = Memory.doubles(op, indices.length);
        }

        /** Adds an element of the current result, unless it does not count: 0 · ∞ were NaN. */
        void add(long index, double weight) {
            if (weight == 0) {
                return;
            }
            if (used == indices.length) {
                long room = Math.max(used + 1L, Math.min(2L * used + 4, Memory.LONGEST));
                int[] moreIndices = Memory.ints(op, room);
                double[] moreWeights = Memory.doubles(op, room);
                System.arraycopy(indices, 0, moreIndices, 0, used);
                System.arraycopy(weights, 0, moreWeights, 0, used);
                indices = moreIndices;
                weights = moreWeights;
            }
            indices[used] = (int) index;
            weights[used++] = weight;
        }

        /** Goes on to the next result. */
        void next() {
            starts[++done] = used;
        }

        ResamplingMatrix build() {
            return new ResamplingMatrix(op, elements, starts, indices, weights);
        }
    }

    /** Returns the means of so many neighbors around each element, half of them and the middle one before it. */
    public static ResamplingMatrix windows(long elements, long window) {
        Builder matrix = new Builder("windows", elements, elements);
        for (long i = 0; i < elements; i++) {
            long from = i - window / 2;
            for (long j = Math.max(from, 0); j < Math.min(from + window, elements); j++) {
                matrix.add(j, 1.0 / window);
            }
            matrix.next();
        }
        return matrix.build();
    }

    /** Returns the transposed matrix, which carries gradients back. */
    public ResamplingMatrix transposed() {
        int[] begin = Memory.ints(op, elements + 1L);
        for (int i = 0; i < used(); i++) {
            begin[indices[i] + 1]++;
        }
        for (int i = 0; i < elements; i++) {
            begin[i + 1] += begin[i];
        }
        int[] next = begin.clone();
        int[] from = Memory.ints(op, used());
        double[] weight = Memory.doubles(op, used());
        for (int result = 0; result < results(); result++) {
            for (int i = starts[result]; i < starts[result + 1]; i++) {
                int entry = next[indices[i]]++;
                from[entry] = result;
                weight[entry] = weights[i];
            }
        }
        return new ResamplingMatrix(op, results(), begin, from, weight);
    }

    private int used() {
        return starts[starts.length - 1];
    }

    /** Returns the size of the dimension that is multiplied. */
    public int elements() {
        return elements;
    }

    /** Returns the size of the dimension that comes out. */
    public int results() {
        return starts.length - 1;
    }

    /** Multiplies a row. */
    void apply(Elements in, long from, long step, Elements out, long to, long stride) {
        for (int result = 0; result < starts.length - 1; result++) {
            double sum = 0;
            for (int i = starts[result]; i < starts[result + 1]; i++) {
                sum += weights[i] * in.get(from + indices[i] * step);
            }
            out.set(to + result * stride, sum);
        }
    }
}
