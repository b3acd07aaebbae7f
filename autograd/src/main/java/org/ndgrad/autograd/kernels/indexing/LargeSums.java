package org.ndgrad.autograd.kernels.indexing;

import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Sums by index of numbers so large that they may leave the range on the way, and come back. */
final class LargeSums {

    /** A million of smaller floats leave any sum where it is that they could bring beyond the range. */
    private static final float LARGE_FLOAT = 0x1p82f;

    /** As many as a Java array holds of smaller doubles do. */
    private static final double LARGE_DOUBLE = 0x1p938;

    private static final double DOWN = 0x1p-64;

    private LargeSums() {}

    /** Whether an element is so large, or NaN; of other types than float32 and float64, none is. */
    static boolean mayCome(INDArray terms) {
        return switch (terms.dataType()) {
            case FLOAT -> anyFloat(terms);
            case DOUBLE -> anyDouble(terms);
            default -> false;
        };
    }

    private static boolean anyFloat(INDArray terms) {
        FloatBlocks blocks = FloatBlocks.of(0, terms, terms.shape());
        int size = Scratch.block(terms.length());
        float[] most = new float[4]; // four at once: none waits for the one before
        for (long i = 0; i < terms.length(); i += size) {
            int n = (int) Math.min(size, terms.length() - i);
            blocks.read(i, n);
            float[] values = blocks.values();
            int j = 0;
            for (; j <= n - 4; j += 4) {
                most[0] = Math.max(most[0], Math.abs(values[j]));
                most[1] = Math.max(most[1], Math.abs(values[j + 1]));
                most[2] = Math.max(most[2], Math.abs(values[j + 2]));
                most[3] = Math.max(most[3], Math.abs(values[j + 3]));
            }
            for (; j < n; j++) {
                most[0] = Math.max(most[0], Math.abs(values[j]));
            }
            if (!(Math.max(Math.max(most[0], most[1]), Math.max(most[2], most[3])) < LARGE_FLOAT)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyDouble(INDArray terms) {
        DoubleBlocks blocks = DoubleBlocks.of(0, terms, terms.shape());
        int size = Scratch.block(terms.length());
        for (long i = 0; i < terms.length(); i += size) {
            int n = (int) Math.min(size, terms.length() - i);
            blocks.read(i, n);
            double[] values = blocks.values();
            boolean large = false;
            for (int j = 0; j < n; j++) {
                large |= !(Math.abs(values[j]) < LARGE_DOUBLE);
            }
            if (large) {
                return true;
            }
        }
        return false;
    }

    /** Combines terms with a target. Sums of doubles that are not finite are taken from those in a unit that fits. */
    static void combine(
            Scatter.Combine combine, INDArray target, INDArray terms, BiConsumer<INDArray, INDArray> combining) {
        if (combine != Scatter.Combine.ADD || target.dataType() != DataType.DOUBLE || !mayCome(terms)) {
            combining.accept(target, terms);
            return;
        }
        INDArray small = Pointwise.numeric(target, DOWN, Binary.MULTIPLY);
        INDArray smallTerms = Pointwise.numeric(terms, DOWN, Binary.MULTIPLY);
        combining.accept(small, smallTerms);
        combining.accept(target, terms);
        Pointwise.into(target, small, (sum, part) -> Math.abs(sum) <= Double.MAX_VALUE ? sum : part / DOWN, Long::sum);
        Memory.release(small);
        Memory.release(smallTerms);
    }
}
