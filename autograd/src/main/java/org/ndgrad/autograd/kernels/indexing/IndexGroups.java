package org.ndgrad.autograd.kernels.indexing;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Vectors of whole numbers of which equal ones form a group, in order to combine each group's elements pair by pair.
 *
 * @param left the first of each pair, or an element without a partner
 * @param right the second of each pair
 * @param paired which of {@code left} have a partner
 * @param groups the numbers at {@code left}
 */
public record IndexGroups(INDArray left, INDArray right, INDArray paired, INDArray groups) {

    /** Returns the order in which the numbers, at least 0, ascend; equal ones keep theirs. */
    public static INDArray order(INDArray numbers) {
        long[] keys = Copy.toLongs(numbers);
        int n = keys.length;
        for (int i = 0; i < n; i++) {
            checkArgument(
                    keys[i] < Long.MAX_VALUE / n - 1,
                    "order: expected numbers whose product with their count, %s, is below 2^63; got %s. Use less.",
                    n,
                    keys[i]);
            keys[i] = keys[i] * n + i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < n; i++) {
            keys[i] %= n;
        }
        return vector(keys, n);
    }

    /** Pairs neighbors that are equal. */
    public static IndexGroups pair(INDArray ascending) {
        long[] numbers = Copy.toLongs(ascending);
        long[] left = new long[numbers.length];
        long[] right = new long[numbers.length];
        long[] paired = new long[numbers.length];
        long[] groups = new long[numbers.length];
        int pairs = 0;
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            left[count] = i;
            groups[count] = numbers[i];
            if (i + 1 < numbers.length && numbers[i + 1] == numbers[i]) {
                paired[pairs] = count;
                right[pairs++] = ++i;
            }
            count++;
        }
        return new IndexGroups(vector(left, count), vector(right, pairs), vector(paired, pairs), vector(groups, count));
    }

    /**
     * Returns the number of the group for each element, where groups begin at the starts and end at the next or the
     * end.
     */
    public static INDArray between(INDArray starts, long end) {
        long[] bounds = Copy.toLongs(starts);
        long[] result = Memory.longs("embeddingBag", end);
        for (int group = 0; group < bounds.length; group++) {
            long stop = group + 1 < bounds.length ? bounds[group + 1] : end;
            Arrays.fill(result, (int) bounds[group], (int) stop, group);
        }
        return vector(result, result.length);
    }

    /**
     * Returns, per group and column, the first row of the group with the largest element there, or −1 if it has none.
     *
     * @param rows shape (n, columns)
     * @param groups the number of each row's group
     * @param count how many groups there are
     * @return int64, shape (count, columns)
     */
    public static INDArray largest(INDArray rows, INDArray groups, long count) {
        int columns = Shapes.toInt("embeddingBag", rows.size(1));
        long[] of = Copy.toLongs(groups);
        IsLarger isLarger = comparison(rows);
        long[] best = Memory.longs("embeddingBag", Shapes.numel("embeddingBag", count, columns));
        Arrays.fill(best, -1);
        for (int i = 0; i < of.length * columns; i++) {
            int row = i / columns;
            int target = (int) of[row] * columns + i % columns;
            if (best[target] < 0 || isLarger.test(i, (int) best[target] * columns + i % columns)) {
                best[target] = row;
            }
        }
        return Copy.of(DataType.INT64, best, count, columns);
    }

    /** Whether an element is larger than another. */
    private interface IsLarger {
        boolean test(int i, int j);
    }

    private static IsLarger comparison(INDArray rows) {
        if (!DTypes.isFloating(rows.dataType())) {
            long[] values = Copy.toLongs(rows);
            return (i, j) -> values[i] > values[j];
        }
        double[] values = Copy.toDoubles(rows);
        return (i, j) -> values[i] > values[j];
    }

    private static INDArray vector(long[] values, int count) {
        return Copy.of(DataType.INT64, Arrays.copyOf(values, count), count);
    }
}
