package org.ndgrad.autograd.kernels.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;

/** Powers are float32, their sums float64. */
final class FloatLogitBlocks implements LogitBlocks {

    private final FloatBlocks logits;
    private final FloatBlocks gradient;
    private final float[] extremes;

    FloatLogitBlocks(INDArray x, INDArray gradient) {
        this.logits = FloatBlocks.of(0, x, x.shape());
        this.gradient = FloatBlocks.into(1, gradient);
        this.extremes = new float[(int) Math.min(Scratch.BLOCK, x.size(0))];
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
        RowReducer.FASTEST.extremes(logits.values(), n, extremes, rows, Reducer.MAX);
        for (int r = 0; r < rows; r++) {
            largest[first + r] = Math.max(largest[first + r], extremes[r]);
        }
    }

    @Override
    public void addPowers(int rows, int n, double[] largest, double[] sums, int first) {
        float[] powers = Scratch.ofThread().floats(2);
        powers(rows, n, largest, first, powers);
        for (int r = 0; r < rows; r++) {
            sums[first + r] += RowReducer.FASTEST.sum(powers, r * n, n);
        }
    }

    private void powers(int rows, int n, double[] largest, int first, float[] powers) {
        float[] shifts = spread(largest, first, rows, n);
        FloatLoops.subtract(logits.values(), shifts, powers, Math.max(rows * n, Scratch.FEW));
        FloatMath.exp(powers, 0, powers, 0, rows * n);
    }

    @Override
    public void room(long from, int n) {
        gradient.room(from, n);
    }

    @Override
    public void powers(int rows, int n, double[] largest, double[] factors, int first) {
        float[] powers = gradient.values();
        powers(rows, n, largest, first, powers);
        FloatLoops.multiply(powers, spread(factors, first, rows, n), powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    public void clear(int from, int to) {
        Arrays.fill(gradient.values(), from, to, 0);
    }

    @Override
    public void subtract(int i, double value) {
        gradient.values()[i] -= (float) value;
    }

    @Override
    public void write(long from, int n) {
        gradient.write(from, n);
    }

    private static float[] spread(double[] ofRows, int first, int rows, int n) {
        float[] values = Scratch.ofThread().floats(3);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(values, r * n, (r + 1) * n, (float) ofRows[first + r]);
        }
        return values;
    }
}
