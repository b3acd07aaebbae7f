package org.ndgrad.autograd.kernels;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Pointwise.DoubleTernaryOperator;

/**
 * Computes functions of each element by itself, block by block, and on several processors if there is much to do.
 *
 * <p>{@link Unary} and {@link Binary} functions of float32 are computed in float: for + − · / and √, that gives the same bits
 * as rounding a double once. All else is computed in double. Results may be operands, too, but not overlap with them otherwise.
 */
final class Blockwise {

    private static final int SIZE = FloatBlocks.SIZE;

    /** How many elements are worth waking another thread for: that takes as long as some ten thousand additions. */
    private static final long GRAIN = 1 << 15;

    private Blockwise() {}

    /** Sets z to f(x). */
    static void map(INDArray x, INDArray z, DoubleUnaryOperator f) {
        if (f instanceof Unary named) {
            if (z.dataType() == DataType.FLOAT && FloatMemory.holds(x.dataType())) {
                floats(x, z, named.floats);
            } else {
                doubles(x, z, named.doubles);
            }
        } else {
            DoubleLoops.One loop = (a, ai, c, ci, n) -> {
                for (int i = 0; i < n; i++) {
                    c[ci + i] = f.applyAsDouble(a[ai + i]);
                }
            };
            doubles(x, z, loop);
        }
    }

    /** Sets z to f(x, y), both broadcast to its shape. */
    static void zip(INDArray x, INDArray y, INDArray z, DoubleBinaryOperator f) {
        if (f instanceof Binary named) {
            boolean floats = FloatMemory.holds(x.dataType()) && FloatMemory.holds(y.dataType());
            if (z.dataType() == DataType.FLOAT && floats) {
                floats(x, y, z, named.floats);
            } else {
                doubles(x, y, z, named.doubles);
            }
        } else {
            DoubleLoops.Two loop = (a, ai, b, bi, c, ci, n) -> {
                for (int i = 0; i < n; i++) {
                    c[ci + i] = f.applyAsDouble(a[ai + i], b[bi + i]);
                }
            };
            doubles(x, y, z, loop);
        }
    }

    private static void floats(INDArray x, INDArray z, FloatLoops.One f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), GRAIN, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks c = FloatBlocks.into(1, z);
            for (long i = from; i < to; i += SIZE) {
                int n = (int) Math.min(SIZE, to - i);
                a.read(i, n);
                c.room(i, n);
                f.run(a.values(), a.start(), c.values(), c.start(), n);
                c.write(i, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray z, DoubleLoops.One f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks c = DoubleBlocks.into(1, z);
            for (long i = from; i < to; i += SIZE) {
                int n = (int) Math.min(SIZE, to - i);
                a.read(i, n);
                c.room(i, n);
                f.run(a.values(), a.start(), c.values(), c.start(), n);
                c.write(i, n);
            }
        });
    }

    private static void floats(INDArray x, INDArray y, INDArray z, FloatLoops.Two f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), GRAIN, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks b = FloatBlocks.of(1, y, shape);
            FloatBlocks c = FloatBlocks.into(2, z);
            int size = b.fit(a.fit(SIZE));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.room(i, n);
                f.run(a.values(), a.start(), b.values(), b.start(), c.values(), c.start(), n);
                c.write(i, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray y, INDArray z, DoubleLoops.Two f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks b = DoubleBlocks.of(1, y, shape);
            DoubleBlocks c = DoubleBlocks.into(2, z);
            int size = b.fit(a.fit(SIZE));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.room(i, n);
                f.run(a.values(), a.start(), b.values(), b.start(), c.values(), c.start(), n);
                c.write(i, n);
            }
        });
    }

    /** Sets w to f(x, y, z), all broadcast to its shape. */
    static void zip(INDArray x, INDArray y, INDArray z, INDArray w, DoubleTernaryOperator f) {
        long[] shape = w.shape();
        Parallel.ranges(w.length(), GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks b = DoubleBlocks.of(1, y, shape);
            DoubleBlocks c = DoubleBlocks.of(2, z, shape);
            DoubleBlocks d = DoubleBlocks.into(3, w);
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(SIZE, to - i);
                a.read(i, n);
                b.read(i, n);
                c.read(i, n);
                d.room(i, n);
                for (int j = 0; j < n; j++) {
                    d.values()[d.start() + j] = f.applyAsDouble(
                            a.values()[a.start() + j], b.values()[b.start() + j], c.values()[c.start() + j]);
                }
                d.write(i, n);
            }
        });
    }
}
