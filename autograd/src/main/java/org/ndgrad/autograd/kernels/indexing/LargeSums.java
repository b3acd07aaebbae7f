package org.ndgrad.autograd.kernels.indexing;

import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Doubts;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Sums by index of numbers so large that they may leave the range on the way, and come back. */
final class LargeSums {

    /** It swallows up to 2⁸²: a million of such floats leave any sum where it is that they could bring out of range. */
    private static final float SWALLOWS_FLOATS = 0x1p106f;

    /** And up to 2⁹³⁸: as many of such doubles as a Java array holds do. */
    private static final double SWALLOWS_DOUBLES = 0x1p991;

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
        for (long i = 0; i < terms.length(); i += size) {
            int n = (int) Math.min(size, terms.length() - i);
            blocks.read(i, n);
            if (!Doubts.allSwallowed(blocks.values(), SWALLOWS_FLOATS, Math.max(n, Scratch.FEW))) {
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
            if (!Doubts.allSwallowed(blocks.values(), SWALLOWS_DOUBLES, Math.max(n, Scratch.FEW))) {
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
