package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.FloatElements;

/**
 * Powers e^(x − m) of rows along the last dimension, with the largest x of a row as m, so that nothing overflows: a
 * block of whole rows at a time, or a part of a row that no block holds. For one thread.
 *
 * <p>Those of float32 are float32, and so are their exponents, the distances from the largest; sums are float64. The
 * largest element's power, 1, is counted apart, so that the logarithm of a sum keeps the digits of small ones.
 */
public abstract class PowerRows {

    /** From here on, 1 may be taken off a sum without the loss of many digits. */
    static final double NEAR_ONE = 1.125;

    /** What is done with rows in one thread. */
    public interface Visitor {
        /** Visits neighboring rows, which are several only if a block holds all of them. */
        void visit(long first, int rows);
    }

    /** The elements of a row. */
    private final long n;

    private final double[] largest;
    private final double[] others;
    private final double[] ones;
    private final double[] sums;

    PowerRows(INDArray x) {
        this.n = x.size(-1);
        int most = (int) Math.min(most(n), x.length() / n);
        this.largest = new double[most];
        this.others = new double[most];
        this.ones = new double[most];
        this.sums = new double[most];
    }

    /**
     * Returns the powers of an array's rows.
     *
     * @param x at least 1-dimensional
     * @param out of x's shape and a floating type, which takes what is made of the powers; null if nothing is
     */
    public static PowerRows of(INDArray x, @Nullable INDArray out, DataType type) {
        return type == DataType.FLOAT && FloatElements.holds(x.dataType())
                ? new FloatPowerRows(x, out)
                : new DoublePowerRows(x, out);
    }

    /**
     * Visits all of so many rows of n elements, in several threads if there is much to do.
     *
     * @param type in which powers are computed
     */
    public static void walk(long count, long n, DataType type, Supplier<Visitor> ofThread) {
        if (n == 0) {
            return;
        }
        int most = most(n);
        int cost = type == DataType.FLOAT ? 1 : Softmax.COST;
        Parallel.ranges(count, Math.max(1, Parallel.GRAIN / (cost * n)), (from, to) -> {
            Visitor visitor = ofThread.get();
            for (long row = from; row < to; row += most) {
                visitor.visit(row, (int) Math.min(most, to - row));
            }
        });
    }

    /** Returns how many rows are handled at once. */
    final int most() {
        return largest.length;
    }

    private static int most(long n) {
        return (int) Math.max(1, Scratch.BLOCK / n);
    }

    /** Returns how many elements of a row are handled at once. */
    public final int part() {
        return Scratch.block(n);
    }

    /** Whether a block holds no whole row. */
    final boolean isLong() {
        return !Scratch.fits(n);
    }

    /**
     * Finds the largest elements and the sums of powers.
     *
     * @param kept whether the powers are needed: then they are in the block, or have been written if the row is long
     */
    public final void sum(long first, int rows, boolean kept) {
        Arrays.fill(largest, 0, rows, Double.NEGATIVE_INFINITY);
        Arrays.fill(others, 0, rows, 0);
        Arrays.fill(ones, 0, rows, 0);
        for (long c = 0; c < n; c += part()) {
            int count = count(c);
            read(first * n + c, rows * count);
            raise(rows, count, largest);
        }
        for (long c = 0; c < n; c += part()) {
            int count = count(c);
            if (isLong()) {
                read(first * n + c, count);
            }
            room(first * n + c, rows * count);
            power(rows, count, largest);
            sum(rows, count, sums);
            for (int r = 0; r < rows; r++) {
                double sum = sums[r];
                boolean hasOne = sum >= 1;
                ones[r] += hasOne ? 1 : 0;
                others[r] += !hasOne ? sum : sum < NEAR_ONE ? sumOfOthers(r * count, count) : sum - 1;
            }
            if (kept && isLong()) {
                write(first * n + c, count);
            }
        }
    }

    /** Returns how many elements from one of a row on are handled at once. */
    public final int count(long from) {
        return (int) Math.min(part(), n - from);
    }

    /** Returns the largest element of a row that has been summed. */
    public final double largest(int row) {
        return largest[row];
    }

    /** Returns the sum of the powers of a row. */
    public final double sum(int row) {
        return others[row] + ones[row];
    }

    /** Returns the sum of the powers of a row but for the largest element's, 1. */
    public final double sumLessOne(int row) {
        return others[row] + (ones[row] - 1);
    }

    /** Returns the logarithm of the sum of the powers of a row. */
    public final double logSum(int row) {
        double rest = sumLessOne(row);
        return rest < NEAR_ONE - 1 ? Math.log1p(rest) : Math.log(1 + rest); // which takes a third of the time
    }

    /** Sets what is in the powers' place to x less the largest element and less a logarithm of the row. */
    final void subtract(int rows, int count, double[] logs) {
        subtract(rows, count, largest, logs);
    }

    /** Makes the n elements from number {@code from} on available. */
    public abstract void read(long from, int n);

    /** Returns an element of the block. */
    public abstract double get(int i);

    /** Makes room for n powers, or what else is computed in their place. */
    public abstract void room(long from, int n);

    /** Makes n powers that have been written available. */
    abstract void readBack(long from, int n);

    /** Raises numbers to the largest elements of rows of n. */
    abstract void raise(int rows, int n, double[] largest);

    /** Computes e to the power of what was read, less a number of the row. */
    public abstract void power(int rows, int n, double[] largest);

    /** Sums the powers of rows of n. */
    abstract void sum(int rows, int n, double[] sums);

    /** Returns the sum of n powers but for the first 1 among them. */
    abstract double sumOfOthers(int at, int n);

    /** Multiplies powers by a factor of the row. */
    public abstract void scale(int rows, int n, double[] factors);

    /** Sets what is in the powers' place to what was read less two numbers of the row, one after another. */
    abstract void subtract(int rows, int n, double[] largest, double[] logs);

    /** Sets powers to a number, from one to another. */
    public abstract void fill(int from, int to, double value);

    /** Subtracts a number from a power. */
    public abstract void subtract(int i, double value);

    /** Brings n powers, or what is in their place, to where they belong. */
    public abstract void write(long from, int n);
}
