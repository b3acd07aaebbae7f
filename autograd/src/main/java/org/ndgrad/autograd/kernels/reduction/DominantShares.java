package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Doubts;
import org.ndgrad.autograd.kernels.math.Scratch;

/** What {@link SoftmaxBackward} does in rows where a share is more than half, along any dimension. */
public final class DominantShares {

    private static final int WIDTH = Scratch.BLOCK; // columns side by side
    private static final double HALF_IS_SWALLOWED = 0x1p52;

    private final DoubleBlocks results;
    private final DoubleBlocks shares;
    private final long size;
    private final long inner;
    private final long[] dominant = new long[WIDTH]; // of each column, in which row is a share of more than half, or −1
    private final double[] others = new double[WIDTH]; // of each column, the sum of all other results

    private DominantShares(INDArray results, INDArray shares, long size, long inner) {
        this.results = DoubleBlocks.into(0, results);
        this.shares = DoubleBlocks.of(1, shares, shares.shape());
        this.size = size;
        this.inner = inner;
    }

    /**
     * Changes results, which are to add up to 0 along a dimension: where the share is more than half, the result
     * becomes what the others lack. Scalars stay as they are.
     *
     * @param shares of the results' shape
     */
    public static void balance(INDArray results, INDArray shares, int dim) {
        long[] shape = shares.shape();
        if (results.isEmpty() || shape.length == 0) {
            return;
        }
        long size = shape[dim];
        long inner = Arrays.stream(shape, dim + 1, shape.length).reduce(1, (a, b) -> a * b);
        long groups = (inner + WIDTH - 1) / WIDTH;
        Parallel.rows(shares.length() / size / inner * groups, size * Math.min(inner, WIDTH), (first, end) -> {
            DominantShares columns = new DominantShares(results, shares, size, inner);
            for (long i = first; i < end; i++) {
                long column = i % groups * WIDTH;
                columns.balance(i / groups * size * inner + column, (int) Math.min(WIDTH, inner - column));
            }
        });
    }

    /** Balances so many columns side by side, the first of which begins with an element. */
    private void balance(long begin, int width) {
        int most = width == inner ? (int) Math.min(Scratch.BLOCK / width, size) : 1; // rows at a time
        if (!find(begin, width, most)) {
            return;
        }
        Arrays.fill(others, 0);
        for (long row = 0; row < size; row += most) {
            int rows = (int) Math.min(most, size - row);
            results.read(begin + row * inner, rows * width);
            for (int i = 0; i < rows; i++) {
                addOthers(results.values(), i * width, row + i, width);
            }
        }
        for (int c = 0; c < width; c++) {
            if (dominant[c] >= 0) {
                long at = begin + dominant[c] * inner + c;
                results.room(at, 1);
                results.values()[0] = 0 - others[c];
                results.write(at, 1);
            }
        }
    }

    /** Finds dominant shares of columns. Returns whether there may be any. */
    private boolean find(long begin, int width, int most) {
        boolean any = false;
        Arrays.fill(dominant, -1);
        for (long row = 0; row < size; row += most) {
            int rows = (int) Math.min(most, size - row);
            shares.read(begin + row * inner, rows * width);
            if (!Doubts.allSwallowed(shares.values(), HALF_IS_SWALLOWED, rows * width)) {
                any = true;
                for (int i = 0; i < rows; i++) {
                    find(shares.values(), i * width, row + i, width);
                }
            }
        }
        return any;
    }

    private void find(double[] values, int at, long row, int width) {
        for (int c = 0; c < width; c++) {
            if (values[at + c] > 0.5) {
                dominant[c] = row;
            }
        }
    }

    private void addOthers(double[] values, int at, long row, int width) {
        for (int c = 0; c < width; c++) {
            others[c] += dominant[c] == row ? 0 : values[at + c];
        }
    }
}
