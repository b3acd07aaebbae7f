package org.ndgrad.autograd.kernels;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** New arrays filled by a rule or by chance. */
public final class Fill {

    private Fill() {}

    /** Returns numbers drawn evenly from [0, 1), with 24 random bits for float32 and 53 for float64. */
    public static INDArray uniform(DataType type, RandomGenerator random, long... shape) {
        return type == DataType.DOUBLE ? draw(type, random::nextDouble, shape) : draw(type, random::nextFloat, shape);
    }

    /** Returns numbers drawn from the standard normal distribution. */
    public static INDArray normal(DataType type, RandomGenerator random, long... shape) {
        return draw(type, random::nextGaussian, shape);
    }

    private static INDArray draw(DataType type, DoubleSupplier next, long... shape) {
        INDArray result = Memory.allocate(type, shape);
        if (!result.isEmpty()) {
            Cells out = Cells.into(result);
            for (long i = 0; i < result.length(); i++) {
                out.set(i, next.getAsDouble());
            }
        }
        return result;
    }

    /** Returns start, start + step, … in count elements. */
    public static INDArray sequence(DataType type, double start, double step, long count) {
        INDArray result = Memory.allocate(type, count);
        if (count > 0) {
            Cells out = Cells.into(result);
            for (long i = 0; i < count; i++) {
                out.set(i, start + i * step);
            }
        }
        return result;
    }

    /** Returns 0 … count−1 in random order, as int64. */
    public static INDArray permutation(RandomGenerator random, long count) {
        long[] order = Memory.longs("randperm", count);
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return Memory.of(DataType.INT64, order, count);
    }
}
