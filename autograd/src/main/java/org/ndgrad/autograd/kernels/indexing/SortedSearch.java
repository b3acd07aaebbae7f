package org.ndgrad.autograd.kernels.indexing;

import java.util.function.IntPredicate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Places of numbers in sorted rows, found by halving. */
public final class SortedSearch {

    private SortedSearch() {}

    /**
     * Returns how many elements of its row stand before each value, in int64. NaN is the largest of all.
     *
     * @param sorted one row for all values, or one for each of theirs; in ascending order
     * @param values of the same type
     * @param right whether elements that equal a value stand before it
     */
    public static INDArray places(String op, INDArray sorted, INDArray values, boolean right) {
        int length = (int) (sorted.rank() == 0 ? 1 : sorted.size(-1));
        long[] places = Memory.longs(op, values.length());
        int perRow = sorted.rank() <= 1 ? places.length : (int) values.size(-1);
        if (DTypes.isFloating(values.dataType())) {
            double[] row = Copy.toDoubles(sorted);
            double[] numbers = Copy.toDoubles(values);
            for (int i = 0; i < places.length; i++) {
                int start = i / perRow * length;
                double number = numbers[i];
                places[i] = count(length, j -> {
                    int order = Double.compare(row[start + j] + 0.0, number + 0.0); // −0 equals 0
                    return order < 0 || (right && order == 0);
                });
            }
        } else {
            long[] row = Copy.toLongs(sorted);
            long[] numbers = Copy.toLongs(values);
            for (int i = 0; i < places.length; i++) {
                int start = i / perRow * length;
                long number = numbers[i];
                places[i] = count(length, j -> row[start + j] < number || (right && row[start + j] == number));
            }
        }
        return Copy.of(DataType.INT64, places, values.shape());
    }

    /** Returns for how many of the first positions it holds. */
    private static int count(int length, IntPredicate isBefore) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore.test(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
