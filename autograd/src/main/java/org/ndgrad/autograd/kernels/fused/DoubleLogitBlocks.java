package org.ndgrad.autograd.kernels.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;

/** Of any type but float32, as doubles. */
final class DoubleLogitBlocks implements LogitBlocks {

    private final DoubleBlocks logits;
    private final DoubleBlocks gradient;

    DoubleLogitBlocks(INDArray x, INDArray gradient) {
        this.logits = DoubleBlocks.of(0, x, x.shape());
        this.gradient = DoubleBlocks.into(1, gradient);
    }

    @Override
    public void read(long from, int n) {
        logits.read(from, n);
    }

    @Override
    public double get(int i) {
        return logits.values()[i];
    }

    @Override
    public void raise(int rows, int n, double[] largest, int first) {
        for (int r = 0; r < rows; r++) {
            largest[first + r] = Math.max(largest[first + r], Reducer.MAX.row(logits.values(), r * n, n));
        }
    }

    @Override
    public void addPowers(int rows, int n, double[] largest, double[] sums, int first) {
        double[] powers = Scratch.ofThread().doubles(2);
        powers(rows, n, largest, first, powers);
        for (int r = 0; r < rows; r++) {
            sums[first + r] += RowReducer.FASTEST.sum(powers, r * n, n);
        }
    }

    private void powers(int rows, int n, double[] largest, int first, double[] powers) {
        double[] shifts = spread(largest, first, rows, n);
        DoubleLoops.subtract(logits.values(), shifts, powers, Math.max(rows * n, Scratch.FEW));
        Unary.EXP.doubles.run(powers, powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    public void room(long from, int n) {
        gradient.room(from, n);
    }

    @Override
    public void powers(int rows, int n, double[] largest, double[] factors, int first) {
        double[] powers = gradient.values();
        powers(rows, n, largest, first, powers);
        DoubleLoops.multiply(powers, spread(factors, first, rows, n), powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    public void clear(int from, int to) {
        Arrays.fill(gradient.values(), from, to, 0);
    }

    @Override
    public void subtract(int i, double value) {
        gradient.values()[i] -= value;
    }

    @Override
    public void write(long from, int n) {
        gradient.write(from, n);
    }

    private static double[] spread(double[] ofRows, int first, int rows, int n) {
        double[] values = Scratch.ofThread().doubles(3);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(values, r * n, (r + 1) * n, ofRows[first + r]);
        }
        return values;
    }
}
