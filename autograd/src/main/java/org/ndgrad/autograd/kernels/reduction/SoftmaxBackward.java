package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Doubts;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * The backward passes of softmax and of its logarithm along the last dimension, for arrays of one shape and floating
 * type.
 *
 * <p>Results of a row add up to 0. So the one whose share is more than half, which would be the difference of nearly
 * equal numbers, is what the others lack: its digits do not depend on how close to 1 the share is.
 */
public final class SoftmaxBackward {

    private SoftmaxBackward() {}

    /** Whether the arrays are of this kind. */
    public static boolean supports(INDArray g, INDArray y, int dim) {
        return g.dataType() == y.dataType()
                && y.rank() > 0
                && dim == y.rank() - 1
                && Arrays.equals(g.shape(), y.shape());
    }

    /** Returns y (g − Σ g y). */
    public static INDArray softmax(INDArray g, INDArray y) {
        return rows(g, y, false);
    }

    /** Returns g − e^y Σ g. */
    public static INDArray logSoftmax(INDArray g, INDArray y) {
        return rows(g, y, true);
    }

    private static INDArray rows(INDArray g, INDArray y, boolean log) {
        INDArray result = Memory.allocate(y.dataType(), y.shape());
        if (result.isEmpty()) {
            return result;
        }
        long size = y.size(-1);
        Parallel.rows(y.length() / size, size, (first, end) -> {
            Blocks blocks =
                    y.dataType() == DataType.FLOAT ? new Floats(g, y, result, log) : new Doubles(g, y, result, log);
            if (Scratch.fits(size)) {
                rows(blocks, first, end, (int) size);
            } else {
                longRows(blocks, first, end, size);
            }
        });
        return result;
    }

    /** Gradients and values of whole rows, or of parts of one, and what is carried back. */
    private interface Blocks {
        /** Makes n elements available. */
        void read(long from, int n);

        /** Returns Σ g y, or Σ g, of neighbors. */
        double sum(int at, int n);

        /** Makes room for the result of n elements. */
        void room(long from, int n);

        /** Returns which of neighbors has a share of more than half, or −1; for numbers in the block. */
        int dominant(int at, int n);

        /** Computes neighbors of one row. */
        void compute(int at, int n, double sum);

        /** Returns the sum of neighbors' results. */
        double total(int at, int n);

        /** Sets a result of the block. */
        void set(int i, double value);

        /** Brings n results to where they belong. */
        void write(long from, int n);
    }

    private static void rows(Blocks blocks, long first, long end, int size) {
        int most = Math.max(1, Scratch.BLOCK / size);
        for (long row = first; row < end; row += most) {
            int n = (int) Math.min(most, end - row) * size;
            blocks.read(row * size, n);
            blocks.room(row * size, n);
            for (int at = 0; at < n; at += size) {
                int dominant = blocks.dominant(at, size);
                blocks.compute(at, size, blocks.sum(at, size));
                if (dominant >= 0) {
                    blocks.set(dominant, 0 - totalOfOthers(blocks, at, size, dominant));
                }
            }
            blocks.write(row * size, n);
        }
    }

    private static void longRows(Blocks blocks, long first, long end, long size) {
        for (long row = first; row < end; row++) {
            double sum = 0;
            for (long i = 0; i < size; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, size - i);
                blocks.read(row * size + i, n);
                sum += blocks.sum(0, n);
            }
            long dominant = -1;
            double total = 0;
            for (long i = 0; i < size; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, size - i);
                blocks.read(row * size + i, n);
                blocks.room(row * size + i, n);
                int here = blocks.dominant(0, n);
                blocks.compute(0, n, sum);
                dominant = here >= 0 ? row * size + i + here : dominant;
                total += here >= 0 ? totalOfOthers(blocks, 0, n, here) : blocks.total(0, n);
                blocks.write(row * size + i, n);
            }
            if (dominant >= 0) {
                blocks.room(dominant, 1);
                blocks.set(0, 0 - total);
                blocks.write(dominant, 1);
            }
        }
    }

    private static double totalOfOthers(Blocks blocks, int at, int n, int without) {
        return blocks.total(at, without - at) + blocks.total(without + 1, at + n - without - 1);
    }

    /** Products are summed in float64. */
    private static final class Floats implements Blocks {
        private static final float HALF_IS_SWALLOWED = 0x1p23f;

        private final FloatBlocks gradients;
        private final FloatBlocks values;
        private final FloatBlocks out;
        private final boolean log;
        private boolean dominated; // whether any share in the block is more than half

        Floats(INDArray g, INDArray y, INDArray result, boolean log) {
            this.gradients = FloatBlocks.of(0, g, g.shape());
            this.values = FloatBlocks.of(1, y, y.shape());
            this.out = FloatBlocks.into(2, result);
            this.log = log;
        }

        @Override
        public void read(long from, int n) {
            gradients.read(from, n);
            values.read(from, n);
        }

        @Override
        public double sum(int at, int n) {
            return log
                    ? RowReducer.FASTEST.sum(gradients.values(), at, n)
                    : product(gradients.values(), values.values(), at, n);
        }

        /** In four sums, so that an addition need not wait for the one before. */
        private static double product(float[] g, float[] y, int at, int n) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            int i = at;
            for (; i + 4 <= at + n; i += 4) {
                sum0 += (double) g[i] * y[i];
                sum1 += (double) g[i + 1] * y[i + 1];
                sum2 += (double) g[i + 2] * y[i + 2];
                sum3 += (double) g[i + 3] * y[i + 3];
            }
            for (; i < at + n; i++) {
                sum0 += (double) g[i] * y[i];
            }
            return (sum0 + sum1) + (sum2 + sum3);
        }

        @Override
        public void room(long from, int n) {
            out.room(from, n);
            if (log) {
                FloatMath.exp(values.values(), 0, out.values(), 0, n);
            }
            dominated = !Doubts.allSwallowed(shares(), HALF_IS_SWALLOWED, n);
        }

        private float[] shares() {
            return log ? out.values() : values.values();
        }

        @Override
        public int dominant(int at, int n) {
            float[] shares = shares();
            int end = dominated ? at + n : at;
            for (int i = at; i < end; i++) {
                if (shares[i] > 0.5) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public void compute(int at, int n, double sum) {
            if (log) {
                less(gradients.values(), out.values(), (float) sum, at, n);
            } else {
                times(gradients.values(), values.values(), (float) sum, out.values(), at, n);
            }
        }

        private static void less(float[] g, float[] powers, float sum, int at, int n) {
            for (int i = at; i < at + n; i++) {
                powers[i] = g[i] - powers[i] * sum;
            }
        }

        private static void times(float[] g, float[] y, float sum, float[] z, int at, int n) {
            for (int i = at; i < at + n; i++) {
                z[i] = y[i] * (g[i] - sum);
            }
        }

        @Override
        public double total(int at, int n) {
            return RowReducer.FASTEST.sum(out.values(), at, n);
        }

        @Override
        public void set(int i, double value) {
            out.values()[i] = (float) value;
        }

        @Override
        public void write(long from, int n) {
            out.write(from, n);
        }
    }

    /** Of any type but float32, as doubles. */
    private static final class Doubles implements Blocks {
        private static final double HALF_IS_SWALLOWED = 0x1p52;

        private final DoubleBlocks gradients;
        private final DoubleBlocks values;
        private final DoubleBlocks out;
        private final boolean log;
        private boolean dominated; // whether any share in the block is more than half

        Doubles(INDArray g, INDArray y, INDArray result, boolean log) {
            this.gradients = DoubleBlocks.of(0, g, g.shape());
            this.values = DoubleBlocks.of(1, y, y.shape());
            this.out = DoubleBlocks.into(2, result);
            this.log = log;
        }

        @Override
        public void read(long from, int n) {
            gradients.read(from, n);
            values.read(from, n);
        }

        @Override
        public double sum(int at, int n) {
            return log
                    ? RowReducer.FASTEST.sum(gradients.values(), at, n)
                    : product(gradients.values(), values.values(), at, n);
        }

        private static double product(double[] g, double[] y, int at, int n) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            int i = at;
            for (; i + 4 <= at + n; i += 4) {
                sum0 += g[i] * y[i];
                sum1 += g[i + 1] * y[i + 1];
                sum2 += g[i + 2] * y[i + 2];
                sum3 += g[i + 3] * y[i + 3];
            }
            for (; i < at + n; i++) {
                sum0 += g[i] * y[i];
            }
            return (sum0 + sum1) + (sum2 + sum3);
        }

        @Override
        public void room(long from, int n) {
            out.room(from, n);
            if (log) {
                Unary.EXP.doubles.run(values.values(), out.values(), Math.max(n, Scratch.FEW));
            }
            dominated = !Doubts.allSwallowed(shares(), HALF_IS_SWALLOWED, n);
        }

        private double[] shares() {
            return log ? out.values() : values.values();
        }

        @Override
        public int dominant(int at, int n) {
            double[] shares = shares();
            int end = dominated ? at + n : at;
            for (int i = at; i < end; i++) {
                if (shares[i] > 0.5) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public void compute(int at, int n, double sum) {
            if (log) {
                less(gradients.values(), out.values(), sum, at, n);
            } else {
                times(gradients.values(), values.values(), sum, out.values(), at, n);
            }
        }

        private static void less(double[] g, double[] powers, double sum, int at, int n) {
            for (int i = at; i < at + n; i++) {
                powers[i] = g[i] - powers[i] * sum;
            }
        }

        private static void times(double[] g, double[] y, double sum, double[] z, int at, int n) {
            for (int i = at; i < at + n; i++) {
                z[i] = y[i] * (g[i] - sum);
            }
        }

        @Override
        public double total(int at, int n) {
            return RowReducer.FASTEST.sum(out.values(), at, n);
        }

        @Override
        public void set(int i, double value) {
            out.values()[i] = value;
        }

        @Override
        public void write(long from, int n) {
            out.write(from, n);
        }
    }
}
