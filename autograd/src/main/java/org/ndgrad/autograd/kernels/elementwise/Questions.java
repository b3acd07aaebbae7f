package org.ndgrad.autograd.kernels.elementwise;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Predicate;
import org.ndgrad.autograd.kernels.math.Relation;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.BooleanElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;

/** Answers questions about elements, as {@link Blockwise} computes functions; answers go to new arrays of booleans. */
final class Questions {

    private Questions() {}

    /** Sets z to whether the elements of x fulfil the predicate. */
    static void test(INDArray x, INDArray z, Predicate f) {
        long[] shape = z.shape();
        boolean floats = FloatElements.holds(x.dataType());
        Parallel.ranges(z.length(), Parallel.GRAIN, (from, to) -> {
            BooleanElements out = BooleanElements.of(z);
            boolean[] answers = Scratch.ofThread().booleans();
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            DoubleBlocks wide = DoubleBlocks.of(0, x, shape);
            int size = Scratch.block(z.length());
            for (long i = from; i < to; i += size) {
                int n = (int) Math.min(size, to - i);
                if (floats) {
                    a.read(i, n);
                    f.floats.run(a.values(), answers, Math.max(n, Scratch.FEW));
                } else {
                    wide.read(i, n);
                    f.doubles.run(wide.values(), answers, Math.max(n, Scratch.FEW));
                }
                out.put(i, answers, n);
            }
        });
    }

    /** Sets z to whether x and y, both broadcast to its shape, are in the relation. */
    static void relate(INDArray x, INDArray y, INDArray z, Relation f) {
        if (FloatElements.holds(x.dataType()) && FloatElements.holds(y.dataType())) {
            floats(x, y, z, f);
        } else {
            doubles(x, y, z, f);
        }
    }

    private static void floats(INDArray x, INDArray y, INDArray z, Relation f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), Parallel.GRAIN, (from, to) -> {
            FloatBlocks a = FloatBlocks.of(0, x, shape);
            FloatBlocks b = FloatBlocks.of(1, y, shape);
            BooleanElements out = BooleanElements.of(z);
            boolean[] answers = Scratch.ofThread().booleans();
            int size = b.fit(a.fit(Scratch.block(z.length())));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                f.floats.run(a.values(), b.values(), answers, Math.max(n, Scratch.FEW));
                out.put(i, answers, n);
            }
        });
    }

    private static void doubles(INDArray x, INDArray y, INDArray z, Relation f) {
        long[] shape = z.shape();
        Parallel.ranges(z.length(), Parallel.GRAIN, (from, to) -> {
            DoubleBlocks a = DoubleBlocks.of(0, x, shape);
            DoubleBlocks b = DoubleBlocks.of(1, y, shape);
            BooleanElements out = BooleanElements.of(z);
            boolean[] answers = Scratch.ofThread().booleans();
            int size = b.fit(a.fit(Scratch.block(z.length())));
            int n;
            for (long i = from; i < to; i += n) {
                n = (int) Math.min(size - i % size, to - i);
                a.read(i, n);
                b.read(i, n);
                f.doubles.run(a.values(), b.values(), answers, Math.max(n, Scratch.FEW));
                out.put(i, answers, n);
            }
        });
    }

    /** Sets z to whether the whole numbers x and y, both broadcast to its shape, are in the relation. */
    static void relateLong(INDArray x, INDArray y, INDArray z, Relation.OfLongs f) {
        long[] shape = z.shape();
        long[][] strides = {
            z.stride(),
            Shapes.broadcastStrides(x.shape(), x.stride(), shape),
            Shapes.broadcastStrides(y.shape(), y.stride(), shape)
        };
        LongElements left = LongElements.of(x);
        LongElements right = LongElements.of(y);
        StridedLoop.inParallel(shape, strides, () -> {
            BooleanElements out = BooleanElements.of(z);
            boolean[] answers = new boolean[Scratch.BLOCK];
            long[] a = new long[Scratch.BLOCK];
            long[] b = new long[Scratch.BLOCK];
            return (count, o, s) -> {
                for (long i = 0; i < count; i += Scratch.BLOCK) {
                    int n = (int) Math.min(Scratch.BLOCK, count - i);
                    left.get(o[1] + i * s[1], s[1], a, n);
                    right.get(o[2] + i * s[2], s[2], b, n);
                    for (int j = 0; j < n; j++) {
                        answers[j] = f.test(a[j], b[j]);
                    }
                    out.put(o[0] + i, answers, n);
                }
            };
        });
    }
}
