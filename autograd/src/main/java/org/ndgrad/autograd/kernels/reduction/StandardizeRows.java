package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;

/**
 * {@link Standardize} for groups that are rows of at most {@link Scratch#LARGEST} elements: it reads each only once,
 * and many short ones at a time.
 */
final class StandardizeRows {

    private static final int COST = 4; // times as long as in a simple loop an element takes

    private final int count;
    private final int n;
    private final int most; // so many rows are handled at once

    private StandardizeRows(StandardizeGroups groups) {
        this.count = groups.count();
        this.n = (int) groups.inner();
        this.most = Math.max(1, Scratch.BLOCK / n);
    }

    /** Some rows. */
    private interface Block {
        void run(int row, int rows);
    }

    static boolean fit(StandardizeGroups groups) {
        return groups.outer() == 1 && Scratch.fits(groups.inner());
    }

    private void each(Block block) {
        Parallel.rows(count, (long) COST * n, (from, to) -> {
            for (int row = (int) from; row < to; row += most) {
                block.run(row, (int) Math.min(most, to - row));
            }
        });
    }

    /** Sets values, and what is found on the way. */
    static void forward(
            StandardizeGroups groups, INDArray x, INDArray values, Standardize.Found found, boolean centered) {
        StandardizeRows rows = new StandardizeRows(groups);
        DoubleElements in = DoubleElements.of(x);
        DoubleElements out = DoubleElements.into(values);
        boolean rounds = centered && x.dataType() == DataType.DOUBLE;
        rows.each((row, count) -> {
            double[] block = rows.read(in, 0, row, count);
            if (centered) {
                rows.means(block, found.mean(), row, count);
                rows.subtract(block, found.mean(), row, count);
            }
            double[] rests = Scratch.ofThread().doubles(3); // what rounding left in the means
            if (rounds) {
                rows.means(block, rests, 0, count);
            } else {
                Arrays.fill(rests, 0, count, 0);
            }
            double[] squares = Scratch.ofThread().doubles(2);
            DoubleLoops.square(block, squares, rows.size(count));
            rows.means(squares, found.variance(), row, count);
            found.complete(row, count, rests);
            if (rounds) {
                rows.subtract(block, rests, 0, count);
            }
            rows.multiply(block, found.scale(), row, count);
            out.put((long) row * rows.n, 1, block, 0, count * rows.n);
        });
    }

    /** Sets result to scale · (g − mean g − y · mean(g y)), without mean g unless centered, and judges it. */
    static void backward(
            StandardizeGroups groups,
            INDArray g,
            INDArray y,
            double[] scale,
            INDArray result,
            double[] factors,
            boolean centered) {
        StandardizeRows rows = new StandardizeRows(groups);
        DoubleElements gradients = DoubleElements.of(g);
        DoubleElements values = DoubleElements.of(y);
        DoubleElements out = DoubleElements.into(result);
        rows.each((row, count) -> {
            double[] rest = rows.read(gradients, 0, row, count);
            double[] along = rows.read(values, 1, row, count);
            double[] products = Scratch.ofThread().doubles(2);
            double[] means = Scratch.ofThread().doubles(3);
            double[] slopes = Scratch.ofThread().doubles(4);
            DoubleLoops.multiply(rest, along, products, rows.size(count));
            rows.means(products, slopes, 0, count);
            if (centered) {
                rows.means(rest, means, 0, count);
                rows.subtract(rest, means, 0, count);
            } else {
                Arrays.fill(means, 0, count, 0);
            }
            Standardize.judge(means, slopes, count, factors, row);
            rows.multiply(along, slopes, 0, count);
            DoubleLoops.subtract(rest, along, rest, rows.size(count));
            rows.multiply(rest, scale, row, count);
            out.put((long) row * rows.n, 1, rest, 0, count * rows.n);
        });
    }

    /** Returns how many elements to compute for some rows. */
    private int size(int rows) {
        return Math.max(rows * n, Scratch.FEW);
    }

    private double[] read(DoubleElements memory, int slot, int row, int rows) {
        double[] values = Scratch.ofThread().doubles(slot);
        memory.get((long) row * n, 1, values, 0, rows * n);
        Scratch.pad(values, rows * n);
        return values;
    }

    /** Sets some of the means to those of rows. */
    private void means(double[] x, double[] means, int at, int rows) {
        for (int r = 0; r < rows; r++) {
            means[at + r] = RowReducer.FASTEST.sum(x, r * n, n) / n;
        }
    }

    private void subtract(double[] x, double[] ofRows, int at, int rows) {
        if (rows == 1) {
            DoubleLoops.subtract(x, ofRows[at], x, size(rows));
        } else {
            DoubleLoops.subtract(x, spread(ofRows, at, rows), x, size(rows));
        }
    }

    private void multiply(double[] x, double[] ofRows, int at, int rows) {
        if (rows == 1) {
            DoubleLoops.multiply(x, ofRows[at], x, size(rows));
        } else {
            DoubleLoops.multiply(x, spread(ofRows, at, rows), x, size(rows));
        }
    }

    private double[] spread(double[] ofRows, int at, int rows) {
        double[] values = Scratch.ofThread().doubles(2);
        Standardize.spread(ofRows, at, rows, n, values);
        Scratch.pad(values, rows * n);
        return values;
    }
}
