package org.ndgrad.autograd.kernels.reduction;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * Which elements of a row-major array are standardized together: those that differ in the first and in the last of
 * three dims.
 *
 * @param outer the first dim's size
 * @param count how many groups there are
 * @param inner the last dim's size: so many of a group lie one behind another
 */
record StandardizeGroups(long outer, int count, long inner) {

    /** Returns the groups of an array that is standardized along the dims; the others are neighbors. */
    static StandardizeGroups of(long[] shape, int[] dims, int count) {
        int[] kept = IntStream.range(0, shape.length)
                .filter(d -> shape[d] != 1 && Arrays.binarySearch(dims, d) < 0)
                .toArray();
        int first = kept.length == 0 ? 0 : kept[0];
        int last = kept.length == 0 ? -1 : kept[kept.length - 1];
        int[] before = IntStream.range(0, first).toArray();
        int[] behind = IntStream.rangeClosed(last + 1, shape.length - 1).toArray();
        int[] within = IntStream.rangeClosed(first, last).toArray();
        checkArgument(
                Shapes.count(shape, within) == count,
                "standardize: expected dims to keep that are neighbors; got others than %s of %s. Permute the array.",
                Shapes.format(Arrays.stream(dims).asLongStream().toArray()),
                Shapes.format(shape));
        return new StandardizeGroups(Shapes.count(shape, before), count, Shapes.count(shape, behind));
    }

    /** Returns how many elements a group has. */
    double size() {
        return (double) outer * inner;
    }
}
