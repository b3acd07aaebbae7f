package org.ndgrad.autograd.kernels.elementwise;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Arrays filled with one value or by chance. */
public final class Fill {

    private Fill() {}

    /** Returns a new array that holds one value everywhere. */
    public static INDArray filled(DataType type, Number value, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        fill(result, value);
        return result;
    }

    /** Sets every element of the array to a value that its type holds. */
    public static void fill(INDArray target, Number value) {
        if (target.isEmpty()) {
            return;
        }
        if (DTypes.isFloating(target.dataType())) {
            DataType held = target.dataType() == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
            Blockwise.map(scalar(held, value.doubleValue()), target, Unary.SAME);
            return;
        }
        long whole = value.longValue();
        long[] block = new long[(int) Math.min(Scratch.BLOCK, target.length())];
        Arrays.fill(block, whole);
        StridedLoop.inParallel(target.shape(), new long[][] {target.stride()}, () -> {
            LongElements elements = LongElements.into(target);
            return (count, offset, stride) -> {
                for (long i = 0; i < count; i += block.length) {
                    int n = (int) Math.min(block.length, count - i);
                    elements.put(offset[0] + i * stride[0], stride[0], block, n);
                }
            };
        });
    }

    /** Returns a new 0-d array that holds a number. */
    static INDArray scalar(DataType type, double value) {
        INDArray result = Memory.allocate(type);
        Allocation allocation = Memory.allocation(result);
        if (allocation != null && allocation.heap() instanceof float[] floats) {
            floats[0] = (float) value;
        } else {
            Elements.into(result).set(0, value);
        }
        return result;
    }

    /**
     * Returns numbers drawn evenly from [0, 1), with as many random bits as the floating type has digits: 53 for
     * float64, 24 for float32, 11 for float16, 8 for bfloat16. Rounding more bits would give 1 at times.
     */
    public static INDArray uniform(DataType type, RandomGenerator random, long... shape) {
        return switch (type) {
            case DOUBLE -> draw(type, random::nextDouble, shape);
            case HALF -> draw(type, () -> Math.floor(random.nextFloat() * 0x1p11) * 0x1p-11, shape);
            case BFLOAT16 -> draw(type, () -> Math.floor(random.nextFloat() * 0x1p8) * 0x1p-8, shape);
            default -> draw(type, random::nextFloat, shape);
        };
    }

    /**
     * Returns numbers drawn evenly from [low, high), computed in the type or in float32 if that is wider. What rounding
     * would make high becomes the number below it.
     */
    public static INDArray uniform(DataType type, RandomGenerator random, double low, double high, long... shape) {
        double last = Math.max(DTypes.held(type, low), DTypes.below(type, high));
        if (type == DataType.DOUBLE) {
            return draw(type, () -> atMost(random.nextDouble() * (high - low) + low, last), shape);
        }
        float width = (float) (high - low);
        float first = (float) low;
        return draw(type, () -> atMost(random.nextFloat() * width + first, last), shape);
    }

    /** As {@code Math.min}, which would turn 0 into a last number of −0. */
    private static double atMost(double x, double last) {
        return x > last ? last : x;
    }

    /** Returns numbers drawn from the standard normal distribution. */
    public static INDArray normal(DataType type, RandomGenerator random, long... shape) {
        return draw(type, random::nextGaussian, shape);
    }

    /** Returns numbers drawn from the normal distribution, computed in float64 and rounded once. */
    public static INDArray normal(DataType type, RandomGenerator random, double mean, double std, long... shape) {
        return draw(type, () -> mean + std * random.nextGaussian(), shape);
    }

    /** Returns whole numbers drawn evenly from [low, high), all of which the type holds. */
    public static INDArray integers(DataType type, RandomGenerator random, long low, long high, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        if (!result.isEmpty()) {
            Elements out = Elements.into(result);
            for (long i = 0; i < result.length(); i++) {
                out.setLong(i, random.nextLong(low, high));
            }
        }
        return result;
    }

    private static INDArray draw(DataType type, DoubleSupplier next, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        if (!result.isEmpty()) {
            Elements out = Elements.into(result);
            for (long i = 0; i < result.length(); i++) {
                out.set(i, next.getAsDouble());
            }
        }
        return result;
    }

    /** Returns 0 … count−1, all of which the type holds, in random order. */
    public static INDArray permutation(DataType type, RandomGenerator random, long count) {
        long[] order = Memory.longs("randperm", count);
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return Copy.of(type, order, count);
    }
}
