package org.ndgrad.examples;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.ndgrad.autograd.Tensor;

/** The entries of vectors and matrices, as rows of a {@link Beside}: named W[1,1], W[1,2], …, counted from 1. */
final class Entries {

    private Entries() {}

    /**
     * Adds one row per entry.
     *
     * @param name of the vector or matrix
     * @param ours any shape
     * @param document the document's numbers, as many as {@code ours} has, row by row; or none
     */
    static void add(Beside table, String name, Tensor ours, double... document) {
        double[] values = ours.toDoubleArray();
        long[] shape = Arrays.stream(ours.shape()).filter(size -> size > 1).toArray();
        for (int i = 0; i < values.length; i++) {
            String entry = name + position(i, shape);
            if (document.length == 0) {
                table.row(entry, values[i]);
            } else {
                table.row(entry, values[i], document[i]);
            }
        }
    }

    private static String position(int index, long... shape) {
        if (shape.length == 0) {
            return "";
        }
        long[] position = new long[shape.length];
        long rest = index;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            position[dim] = rest % shape[dim] + 1;
            rest /= shape[dim];
        }
        return Arrays.stream(position).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
