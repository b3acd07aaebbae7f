package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Places of numbers in sorted rows, found by halving. */
public final class SortedSearch {

    private static final long NAN = SortKeys.key(Double.NaN);

    private static final int COST = 16; // of a search, times as much as of a step of a simple loop

    private SortedSearch() {}

    /**
     * Returns how many elements of its row stand before each value, in int64; all before NaN. In a row with NaN, a
     * number is looked for as in PyTorch: it goes behind each NaN that halving comes upon.
     *
     * @param sorted one row for all values, or one for each of theirs; in ascending order
     * @param values of the same type
     * @param right whether elements that equal a value stand before it
     */
    public static INDArray places(String op, INDArray sorted, INDArray values, boolean right) {
        int length = (int) (sorted.rank() == 0 ? 1 : sorted.size(-1));
        long[] places = Memory.longs(op, values.length());
        int perRow = sorted.rank() <= 1 ? places.length : (int) values.size(-1);
        long[] row = keys(sorted);
        long[] numbers = keys(values);
        boolean gaps = DTypes.isFloating(sorted.dataType()) && endsInNan(row, length);
        Parallel.ranges(places.length, Math.max(1, Parallel.GRAIN / COST), (from, to) -> {
            for (int i = (int) from; i < to; i++) {
                int start = i / perRow * length;
                places[i] = gaps
                        ? halved(row, start, length, numbers[i], right)
                        : count(row, start, length, numbers[i], right);
            }
        });
        return Copy.of(DataType.INT64, places, values.shape());
    }

    /** Returns whole numbers in the order of an array's elements: those themselves, or {@link SortKeys#key}. */
    private static long[] keys(INDArray x) {
        if (!DTypes.isFloating(x.dataType())) {
            return Copy.toLongs(x);
        }
        double[] values = Copy.toDoubles(x);
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = SortKeys.key(values[i]);
        }
        return keys;
    }

    private static boolean endsInNan(long[] rows, int length) {
        for (int last = length - 1; last >= 0 && last < rows.length; last += length) {
            if (rows[last] == NAN) {
                return true;
            }
        }
        return false;
    }

    /** Returns where halving ends if NaN is neither as large as a key nor larger. */
    private static int halved(long[] row, int start, int length, long key, boolean right) {
        int low = start;
        int high = start + length;
        while (low < high) {
            int middle = low + ((high - low) >>> 1);
            long found = row[middle];
            boolean stops = found != NAN && key != NAN && (right ? found > key : found >= key);
            high = stops ? middle : high;
            low = stops ? low : middle + 1;
        }
        return low - start;
    }

    /** Returns how many keys of a row are smaller than a key, or not larger; without a branch taken at random. */
    private static int count(long[] row, int start, int length, long key, boolean right) {
        if (length == 0 || (right && key == Long.MAX_VALUE)) {
            return length;
        }
        long bound = right ? key + 1 : key;
        int low = start;
        int left = length;
        while (left > 1) {
            int half = left >>> 1;
            low += row[low + half - 1] < bound ? half : 0;
            left -= half;
        }
        return low - start + (row[low] < bound ? 1 : 0);
    }
}
