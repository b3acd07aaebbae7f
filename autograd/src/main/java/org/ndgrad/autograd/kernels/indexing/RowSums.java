package org.ndgrad.autograd.kernels.indexing;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Adds rows at positions, as the gradient of an embedding is gathered: what belongs to one row of the target is added
 * up in double precision, in the order of the positions, and rounded once. Threads share the rows among them.
 */
final class RowSums {

    private static final int WORTH_A_ROW = 8; // elements
    private static final int RARE = 16; // rows of the target per position: then looking through them is not worth it

    private final INDArray target;
    private final INDArray source;
    private final int[] first; // per row of the target, its first position, or -1
    private final int[] next; // per position, the next one of the same row, or -1
    private final int width;

    private RowSums(INDArray target, INDArray source, int rows, int[] next, int width) {
        this.target = target;
        this.source = source;
        this.first = new int[rows];
        this.next = next;
        this.width = width;
        Arrays.fill(first, -1);
    }

    /** Whether it is worth it; the answer depends on shapes and types only. */
    static boolean suits(INDArray target, int dim, int count, INDArray positions) {
        long width = width(target, dim + count);
        long rows = target.isEmpty() ? 0 : target.length() / width;
        return dim == 0
                && DTypes.isFloating(target.dataType())
                && width >= WORTH_A_ROW
                && width <= Scratch.BLOCK
                && rows <= Math.min(RARE * positions.length(), Integer.MAX_VALUE)
                && positions.length() <= Integer.MAX_VALUE;
    }

    private static long width(INDArray target, int dim) {
        return Shapes.numel("add", Arrays.copyOfRange(target.shape(), Math.min(dim, target.rank()), target.rank()));
    }

    /** Adds source[i, …] to target[p, …] where p = positions[i], for contiguous targets. */
    static void add(INDArray target, int count, INDArray positions, IndexRange range, INDArray source) {
        int width = (int) width(target, count);
        INDArray rows = Copy.contiguous(source);
        RowSums sums = new RowSums(
                target, rows, (int) (target.length() / width), Memory.ints("add", positions.length()), width);
        sums.link(Copy.contiguous(positions), range);
        Parallel.rows(sums.first.length, 2L * width * (1 + sums.next.length / sums.first.length), sums::run);
        if (rows != source) {
            Memory.release(rows);
        }
    }

    /** Links the positions of each row, from the last to the first. */
    private void link(INDArray positions, IndexRange range) {
        LongElements which = LongElements.of(positions);
        long[] block = new long[Scratch.BLOCK];
        int end = next.length;
        while (end > 0) {
            int n = Math.min(block.length, end);
            end -= n;
            which.get(end, 1, block, n);
            range.check(block, n);
            for (int i = n - 1; i >= 0; i--) {
                int row = (int) block[i];
                next[end + i] = first[row];
                first[row] = end + i;
            }
        }
    }

    private void run(long from, long to) {
        DoubleElements out = DoubleElements.into(target);
        DoubleElements in = DoubleElements.of(source);
        double[] sum = Scratch.ofThread().doubles(0);
        double[] values = Scratch.ofThread().doubles(1);
        for (int row = (int) from; row < to; row++) {
            int position = first[row];
            if (position < 0) {
                continue;
            }
            out.get((long) row * width, 1, sum, 0, width);
            for (; position >= 0; position = next[position]) {
                in.get((long) position * width, 1, values, 0, width);
                DoubleLoops.add(sum, values, sum, width);
            }
            out.put((long) row * width, 1, sum, 0, width);
        }
    }
}
