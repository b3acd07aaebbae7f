package org.ndgrad.autograd.kernels.linalg;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.ScaledProducts;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Vectors that are orthogonal to two others, with all digits also where the others are nearly parallel. */
public final class Cross {

    private Cross() {}

    /**
     * Returns a × b in the promoted type.
     *
     * @param dim of size 3 in both
     * @param b of a's rank, to which a broadcasts or the other way round
     */
    public static INDArray product(INDArray a, INDArray b, int dim) {
        long[] shape = Shapes.broadcast("cross", a.shape(), b.shape());
        INDArray result = Memory.allocate(DTypes.promote(a, b), shape);
        if (result.isEmpty()) {
            return result;
        }
        long[] strides = Shapes.broadcastStrides(a.shape(), a.stride(), shape);
        long[] stridesB = Shapes.broadcastStrides(b.shape(), b.stride(), shape);
        long[][] others = {
            StridedLoop.without(result.stride(), dim),
            StridedLoop.without(strides, dim),
            StridedLoop.without(stridesB, dim)
        };
        Elements out = Elements.into(result);
        Elements in = Elements.of(a);
        Elements inB = Elements.of(b);
        Part part = part(result.dataType(), out, in, inB);
        long to = Memory.stride(result, dim);
        long step = strides[dim];
        long stepB = stridesB[dim];
        StridedLoop.inParallel(StridedLoop.without(shape, dim), others, () -> (count, o, s) -> {
            for (long i = 0; i < count; i++) {
                long at = o[1] + i * s[1];
                long atB = o[2] + i * s[2];
                for (int k = 0; k < 3; k++) {
                    int next = (k + 1) % 3;
                    int last = (k + 2) % 3;
                    part.set(
                            o[0] + i * s[0] + k * to,
                            at + next * step,
                            atB + last * stepB,
                            at + last * step,
                            atB + next * stepB);
                }
            }
        });
        return result;
    }

    /** Sets an element to p q − r s, given by their places. */
    private interface Part {
        void set(long to, long p, long q, long r, long s);
    }

    private static Part part(DataType type, Elements out, Elements a, Elements b) {
        if (!DTypes.isFloating(type)) {
            return (to, p, q, r, s) -> out.setLong(to, a.getLong(p) * b.getLong(q) - a.getLong(r) * b.getLong(s));
        }
        return type == DataType.DOUBLE
                ? (to, p, q, r, s) -> out.set(to, ScaledProducts.difference(a.get(p), b.get(q), a.get(r), b.get(s)))
                : (to, p, q, r, s) -> out.set(to, a.get(p) * b.get(q) - a.get(r) * b.get(s)); // products are exact
    }
}
