package org.ndgrad.autograd.kernels.elementwise;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Copies between arrays, of other types too, and between arrays and Java. */
public final class Copy {

    private Copy() {}

    /** Returns the array itself if it is contiguous, else a contiguous copy. */
    public static INDArray contiguous(INDArray array) {
        return Memory.isContiguous(array) ? array : copy(array);
    }

    /** Returns a row-major copy. */
    public static INDArray copy(INDArray array) {
        return cast(array, array.dataType());
    }

    /** Returns a row-major copy in another type; floating values are truncated towards zero for an integral one. */
    public static INDArray cast(INDArray array, DataType type) {
        INDArray result = Memory.allocate(type, array.shape());
        assign(result, array);
        return result;
    }

    /** Copies the source, of the same shape or broadcast to it and of any type, over the target. */
    public static void assign(INDArray target, INDArray source) {
        if (target.isEmpty()) {
            return;
        }
        INDArray safe = apart(target, source);
        DataType type = target.dataType();
        if (type == safe.dataType() && copied(target, safe)) {
            return;
        }
        if (type == safe.dataType() && (target.length() > Scratch.LARGEST || !DTypes.isFloating(type))) {
            StridedCopy.copy(target, safe, Shapes.broadcastStrides(safe.shape(), safe.stride(), target.shape()));
            return;
        }
        boolean viaDouble = DTypes.isFloating(safe.dataType())
                || type == DataType.DOUBLE
                || (DTypes.isFloating(type) && !isLong(safe)); // a long may not be rounded twice
        boolean straight = Memory.isContiguous(target) && Memory.isContiguous(safe) && target.length() == safe.length();
        if (viaDouble && straight && (type == DataType.DOUBLE || safe.dataType() == DataType.DOUBLE)) {
            convert(target, safe);
        } else if (viaDouble) {
            Blockwise.map(safe, target, Unary.SAME);
        } else {
            whole(target, safe);
        }
    }

    private static void convert(INDArray target, INDArray source) {
        Parallel.ranges(target.length(), Parallel.GRAIN, (from, to) -> {
            DoubleElements in = DoubleElements.of(source);
            DoubleElements out = DoubleElements.into(target);
            double[] block = Scratch.ofThread().doubles(0);
            for (long i = from; i < to; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, to - i);
                in.get(i, 1, block, 0, n);
                out.put(i, 1, block, 0, n);
            }
        });
    }

    /** Whether doubles do not hold all values, which would be rounded twice on the way to a float. */
    private static boolean isLong(INDArray array) {
        return array.dataType() == DataType.INT64;
    }

    private static void whole(INDArray target, INDArray source) {
        long[] steps = Shapes.broadcastStrides(source.shape(), source.stride(), target.shape());
        StridedLoop.inParallel(target.shape(), new long[][] {target.stride(), steps}, () -> {
            LongElements in = LongElements.of(source);
            LongElements out = LongElements.into(target);
            FloatElements floats = target.dataType() == DataType.FLOAT ? FloatElements.into(target) : null;
            long[] block = new long[Scratch.BLOCK];
            return (count, o, s) -> {
                for (long i = 0; i < count; i += block.length) {
                    int n = (int) Math.min(block.length, count - i);
                    in.get(o[1] + i * s[1], s[1], block, n);
                    if (floats == null) {
                        out.put(o[0] + i * s[0], s[0], block, n);
                    } else {
                        floats.put(o[0] + i * s[0], s[0], rounded(block, n), 0, n);
                    }
                }
            };
        });
    }

    private static float[] rounded(long[] values, int n) {
        float[] floats = Scratch.ofThread().floats(0);
        for (int i = 0; i < n; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    /** Returns the source, or a copy if it lies in the target's memory, but not in the same order. */
    static INDArray apart(INDArray target, INDArray source) {
        boolean same = Memory.start(target) == Memory.start(source)
                && Arrays.equals(target.shape(), source.shape())
                && Arrays.equals(target.stride(), source.stride());
        return !same && Memory.shared(target, source) ? copy(source) : source;
    }

    /**
     * Copies all elements of an array to another of its type if both are contiguous Java arrays; returns whether it
     * did.
     */
    private static boolean copied(INDArray target, INDArray source) {
        Allocation to = Memory.allocation(target);
        Allocation from = Memory.allocation(source);
        Object memory = from == null ? null : from.heap();
        Object memoryTo = to == null ? null : to.heap();
        boolean alike =
                target.length() == source.length() && Memory.isContiguous(target) && Memory.isContiguous(source);
        if (memory == null || memoryTo == null || !alike) {
            return false;
        }
        System.arraycopy(
                memory, (int) Memory.start(source), memoryTo, (int) Memory.start(target), (int) source.length());
        return true;
    }

    /** Returns the elements in row-major order. */
    public static double[] toDoubles(INDArray array) {
        double[] result = Memory.doubles("toDoubleArray", array.length());
        if (Memory.isContiguous(array) && !array.isEmpty()) {
            DoubleElements elements = DoubleElements.of(array);
            for (int i = 0; i < result.length; i += Scratch.BLOCK) {
                elements.get(i, 1, result, i, Math.min(Scratch.BLOCK, result.length - i));
            }
            return result;
        }
        read(array, (elements, index, position) -> result[position] = elements.get(index));
        return result;
    }

    /** Returns the elements in row-major order; floating values are truncated. */
    public static long[] toLongs(INDArray array) {
        long[] result = Memory.longs("toLongArray", array.length());
        if (Memory.isContiguous(array) && !array.isEmpty()) {
            LongElements.of(array).get(0, 1, result, result.length);
            return result;
        }
        read(array, (elements, index, position) -> result[position] = elements.getLong(index));
        return result;
    }

    private interface Reader {
        void read(Elements elements, long index, int position);
    }

    private static void read(INDArray array, Reader reader) {
        if (array.isEmpty()) {
            return;
        }
        Elements elements = Elements.of(array);
        long[] rowMajor = Shapes.strides(array.shape());
        StridedLoop.over(array.shape(), new long[][] {array.stride(), rowMajor}, (count, offset, stride) -> {
            for (long i = 0; i < count; i++) {
                reader.read(elements, offset[0] + i * stride[0], (int) (offset[1] + i * stride[1]));
            }
        });
    }

    /** Returns a new array with these elements, given in row-major order. */
    public static INDArray of(DataType type, double[] values, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        if (values.length > 0) {
            DoubleElements memory = DoubleElements.into(result);
            for (int i = 0; i < values.length; i += Scratch.BLOCK) {
                memory.put(i, 1, values, i, Math.min(Scratch.BLOCK, values.length - i));
            }
        }
        return result;
    }

    /** Returns a new array with these elements, given in row-major order. */
    public static INDArray of(DataType type, long[] values, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        if (values.length > 0) {
            LongElements.into(result).put(0, 1, values, values.length);
        }
        return result;
    }
}
