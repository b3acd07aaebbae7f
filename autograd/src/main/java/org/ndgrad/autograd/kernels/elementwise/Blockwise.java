package org.ndgrad.autograd.kernels.elementwise;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Ternary;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.FloatElements;

/**
 * Computes functions of each element by itself, block by block, and on several processors if there is much to do.
 *
 * <p>{@link Unary}, {@link Binary} and {@link Ternary} functions of float32 have loops over floats: for + − · / and √,
 * floats give the same bits as rounding a double once. All else is computed in double. Results may be operands, too,
 * but not overlap with them otherwise.
 */
final class Blockwise {

    private Blockwise() {}

    /** Sets z to f(x), x broadcast to its shape. */
    static void map(INDArray x, INDArray z, DoubleUnaryOperator f) {
        if (f instanceof Unary named) {
            boolean small = z.dataType() == DataType.FLOAT || z.dataType() == DataType.BOOL;
            if (small && FloatElements.holds(x.dataType())) {
                floats(x, z, named);
                return;
            }
            doubles(x, z, named.doubles(z.length()), Parallel.GRAIN / named.cost);
            return;
        }
        doubles(x, z, DoubleLoops.each(f), Parallel.GRAIN);
    }

    /** Sets z to f(x, y), both broadcast to its shape. */
    static void zip(INDArray x, INDArray y, INDArray z, DoubleBinaryOperator f) {
        if (f instanceof Binary named) {
            boolean floats = FloatElements.holds(x.dataType()) && FloatElements.holds(y.dataType());
            if (floats && (z.dataType() == DataType.FLOAT || z.dataType() == DataType.BOOL)) {
                floats(x, y, z, named.floats);
                return;
            }
            doubles(x, y, z, named.doubles(z.length()));
            return;
        }
        doubles(x, y, z, DoubleLoops.each(f));
    }

    /** Sets w to f(x, y, z), all broadcast to its shape. */
    static void zip(INDArray x, INDArray y, INDArray z, INDArray w, Ternary f) {
        boolean floats = FloatElements.holds(x.dataType())
                && FloatElements.holds(y.dataType())
                && FloatElements.holds(z.dataType());
        if (floats && w.dataType() == DataType.FLOAT) {
            floats(x, y, z, w, f.floats());
        } else {
            doubles(x, y, z, w, f.doubles());
        }
    }

    private static void floats(INDArray x, INDArray z, Unary f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), Parallel.GRAIN / f.cost, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks c = FloatBlocks.into(1, z);
            int size = Scratch.block(z.length());
            for (long i = from; i < to; i += size) {
                int n = (int) Math.min(size, to - i);
                a.read(i, n);
                c.room(i, n);
                f.floats.run(a.values(), c.values(), Math.max(n, Scratch.FEW));
                c.write(i, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray z, DoubleLoops.One f, int grain) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), grain, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks c = DoubleBlocks.into(1, z);
            int size = Scratch.block(z.length());
            for (long i = from; i < to; i += size) {
                int n = (int) Math.min(size, to - i);
                a.read(i, n);
                c.room(i, n);
                f.run(a.values(), c.values(), n);
                c.write(i, n);
            }
        });
    }

    private static void floats(INDArray x, INDArray y, INDArray z, FloatLoops.Two f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), Parallel.GRAIN, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks b = FloatBlocks.of(1, y, shape);
            FloatBlocks c = FloatBlocks.into(2, z);
            int size = b.fit(a.fit(Scratch.block(z.length())));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.room(i, n);
                f.run(a.values(), b.values(), c.values(), Math.max(n, Scratch.FEW));
                c.write(i, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray y, INDArray z, DoubleLoops.Two f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), Parallel.GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks b = DoubleBlocks.of(1, y, shape);
            DoubleBlocks c = DoubleBlocks.into(2, z);
            int size = b.fit(a.fit(Scratch.block(z.length())));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.room(i, n);
                f.run(a.values(), b.values(), c.values(), n);
                c.write(i, n);
            }
        });
    }

    private static void floats(INDArray x, INDArray y, INDArray z, INDArray w, FloatLoops.Three f) {
        long[] shape = w.shape();
        Parallel.ranges(w.length(), Parallel.GRAIN, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks b = FloatBlocks.of(1, y, shape);
            FloatBlocks c = FloatBlocks.of(2, z, shape);
            FloatBlocks d = FloatBlocks.into(3, w);
            int size = c.fit(b.fit(a.fit(Scratch.block(w.length()))));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.read(i, n);
                d.room(i, n);
                f.run(a.values(), b.values(), c.values(), d.values(), Math.max(n, Scratch.FEW));
                d.write(i, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray y, INDArray z, INDArray w, DoubleLoops.Three f) {
        long[] shape = w.shape();
        Parallel.ranges(w.length(), Parallel.GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks b = DoubleBlocks.of(1, y, shape);
            DoubleBlocks c = DoubleBlocks.of(2, z, shape);
            DoubleBlocks d = DoubleBlocks.into(3, w);
            int size = c.fit(b.fit(a.fit(Scratch.smallBlock(w.length()))));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                c.read(i, n);
                d.room(i, n);
                f.run(a.values(), b.values(), c.values(), d.values(), Math.max(n, Scratch.FEW));
                d.write(i, n);
            }
        });
    }
}
