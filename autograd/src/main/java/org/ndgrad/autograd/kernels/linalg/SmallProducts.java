package org.ndgrad.autograd.kernels.linalg;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Products of matrices so small that calling BLAS would take longer than computing them. BLAS adds up in another order:
 * it is the size alone that decides, not where a matrix lies, or the bits of a result would change when somebody looks
 * at the memory of an operand.
 */
final class SmallProducts {

    private static final int MOST_MULTIPLICATIONS = 1024;

    private SmallProducts() {}

    /** Whether all products of the matrices in the last two dimensions are few multiplications together. */
    static boolean fit(INDArray a, INDArray c) {
        return fit(c.length(), a.size(-1));
    }

    private static boolean fit(long sums, long products) {
        return Memory.HOST
                && products > 0
                && products <= MOST_MULTIPLICATIONS
                && sums <= MOST_MULTIPLICATIONS
                && sums * products <= MOST_MULTIPLICATIONS;
    }

    /**
     * Sets c to the product of a and b, plus a row, if they are small; returns whether they are. All are floats or all
     * are doubles, and c is contiguous.
     *
     * @param rows which dimension of a becomes that of the result's rows: 0, or 1 to take a transposed
     * @param columns which dimension of b becomes that of the result's columns: 1, or 0 to take b transposed
     * @param bias what is added to each row of the result, or null
     */
    static boolean multiply(INDArray a, int rows, INDArray b, int columns, @Nullable INDArray bias, INDArray c) {
        if (!fit(c.length(), a.size(1 - rows))) {
            return false;
        }
        if (c.dataType() == DataType.FLOAT) {
            FloatProducts.multiply(a, rows, b, columns, bias, c);
        } else {
            DoubleProducts.multiply(a, rows, b, columns, bias, c);
        }
        return true;
    }
}
