package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;

/** Of float32. */
final class FloatPowerRows extends PowerRows {

    private final FloatBlocks in;
    private final @Nullable FloatBlocks out;
    private final float[] extremes;
    private float[] powers = Scratch.ofThread().floats(1);

    FloatPowerRows(INDArray x, @Nullable INDArray out) {
        super(x);
        this.in = FloatBlocks.of(0, x, x.shape());
        this.out = out == null ? null : FloatBlocks.into(1, out);
        this.extremes = new float[most()];
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
        RowReducer.FASTEST.extremes(in.values(), n, extremes, rows, Reducer.MAX);
        for (int r = 0; r < rows; r++) {
            largest[r] = Math.max(largest[r], extremes[r]);
        }
    }

    @Override
    public void power(int rows, int n, double[] largest) {
        FloatLoops.subtract(in.values(), spread(largest, rows, n), powers, Math.max(rows * n, Scratch.FEW));
        FloatMath.exp(powers, 0, powers, 0, rows * n);
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
        FloatLoops.multiply(powers, spread(factors, rows, n), powers, Math.max(rows * n, Scratch.FEW));
    }

    @Override
    void subtract(int rows, int n, double[] largest, double[] logs) {
        int size = Math.max(rows * n, Scratch.FEW);
        FloatLoops.subtract(in.values(), spread(largest, rows, n), powers, size);
        FloatLoops.subtract(powers, spread(logs, rows, n), powers, size);
    }

    @Override
    public void fill(int from, int to, double value) {
        Arrays.fill(powers, from, to, (float) value);
    }

    @Override
    public void subtract(int i, double value) {
        powers[i] = (float) (powers[i] - value);
    }

    @Override
    public void write(long from, int n) {
        out().write(from, n);
    }

    private FloatBlocks out() {
        return Objects.requireNonNull(out);
    }

    private static float[] spread(double[] ofRows, int rows, int n) {
        float[] values = Scratch.ofThread().floats(2);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(values, r * n, (r + 1) * n, (float) ofRows[r]);
        }
        return values;
    }
}
