package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Factors that drop elements by chance. */
public final class DropoutMask {

    private DropoutMask() {}

    /** Refuses what is no probability, such as a percentage. */
    public static void checkProbability(Object who, double p) {
        checkArgument(
                p >= 0 && p <= 1,
                "%s: expected a probability to drop in [0, 1]; got %s. Write 0.2 for 20 percent.",
                who,
                p);
    }

    /**
     * Returns 0 with probability p, else 1 / (1 − p). Elements draw in row-major order, each one number from [0, 1).
     *
     * @param p at least 0 and below 1
     */
    public static INDArray keep(DataType type, RandomGenerator random, double p, long... shape) {
        double scale = 1 / (1 - p);
        INDArray mask = Memory.allocate(type, shape);
        if (type == DataType.FLOAT) {
            FloatBlocks blocks = FloatBlocks.into(0, mask);
            for (long from = 0; from < mask.length(); from += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, mask.length() - from);
                blocks.room(from, n);
                keep(random, (float) p, (float) scale, blocks.values(), n);
                blocks.write(from, n);
            }
        } else if (!mask.isEmpty()) {
            Elements elements = Elements.into(mask);
            double least = DTypes.round(type, p);
            double factor = DTypes.round(type, scale);
            for (long i = 0; i < mask.length(); i++) {
                double drawn = type == DataType.DOUBLE ? random.nextDouble() : random.nextFloat();
                elements.set(i, drawn >= least ? factor : 0);
            }
        }
        return mask;
    }

    /** By a table, for a branch on chance would be guessed wrong. */
    private static void keep(RandomGenerator random, float p, float scale, float[] mask, int n) {
        float[] factors = {scale, 0};
        for (int i = 0; i < n; i++) {
            mask[i] = factors[Float.floatToRawIntBits(random.nextFloat() - p) >>> 31];
        }
    }
}
