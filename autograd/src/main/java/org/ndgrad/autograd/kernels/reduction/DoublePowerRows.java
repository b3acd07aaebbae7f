package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;

/** Of any type, as doubles. */
final class DoublePowerRows extends PowerRows {

    private final DoubleBlocks in;
    private final @Nullable DoubleBlocks out;
    private double[] powers = Scratch.ofThread().doubles(1);

    DoublePowerRows(INDArray x, @Nullable INDArray out) {
        super(x);
        this.in = DoubleBlocks.of(0, x, x.shape());
        this.out = out == null ? null : DoubleBlocks.into(1, out);
    }

    @Override
    public void read(long from, int n) {
        in.read(from, n);
    }

    @Override
    public double get(int i) {
        return in.values()[i];
    }

    @Override
    public void room(long from, int n) {
        if (out != null) {
            out.room(from, n);
            powers = out.values();
        }
    }

    @Override
    void readBack(long from, int n) {
        out().read(from, n);
        powers = out().values();
    }

    @Override
    void raise(int rows, int n, double[] largest) {
        for (int r = 0; r < rows; r++) {
            largest[r] = Math.max(largest[r], Reducer.MAX.row(in.values(), r * n, n));
        }
    }

    @Override
    public void power(int rows, int n, double[] largest) {
        DoubleLoops.subtract(in.values(), spread(largest, rows, n), powers, Math.max(rows * n, Scratch.FEW));
        Unary.EXP.doubles.run(powers, powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    void sum(int rows, int n, double[] sums) {
        for (int r = 0; r < rows; r++) {
            sums[r] = RowReducer.FASTEST.sum(powers, r * n, n);
        }
    }

    @Override
    double sumOfOthers(int at, int n) {
        double sum = 0;
        boolean found = false;
        for (int i = at; i < at + n; i++) {
            boolean isFirst = !found && powers[i] == 1;
            sum += isFirst ? 0 : powers[i];
            found |= isFirst;
        }
        return sum;
    }

    @Override
    public void scale(int rows, int n, double[] factors) {
        DoubleLoops.multiply(powers, spread(factors, rows, n), powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    void subtract(int rows, int n, double[] largest, double[] logs) {
        int size = Math.max(rows * n, Scratch.FEW);
        DoubleLoops.subtract(in.values(), spread(largest, rows, n), powers, size);
        DoubleLoops.subtract(powers, spread(logs, rows, n), powers, size);
    }

    @Override
    public void fill(int from, int to, double value) {
        Arrays.fill(powers, from, to, value);
    }

    @Override
    public void subtract(int i, double value) {
        powers[i] = powers[i] - value;
    }

    @Override
    public void write(long from, int n) {
        out().write(from, n);
    }

    private DoubleBlocks out() {
        return Objects.requireNonNull(out);
    }

    private static double[] spread(double[] ofRows, int rows, int n) {
        double[] values = Scratch.ofThread().doubles(2);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(values, r * n, (r + 1) * n, ofRows[r]);
        }
        return values;
    }
}
