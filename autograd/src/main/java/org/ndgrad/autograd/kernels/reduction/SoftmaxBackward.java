package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * The backward passes of softmax and of its logarithm along the last dimension, for arrays of one shape and floating
 * type.
 */
public final class SoftmaxBackward {

    private SoftmaxBackward() {}

    /** Whether the arrays are of this kind. */
    public static boolean supports(INDArray g, INDArray y, int dim) {
        return g.dataType() == y.dataType()
                && y.rank() > 0
                && dim == y.rank() - 1
                && Arrays.equals(g.shape(), y.shape());
    }

    /** Returns y (g − Σ g y). */
    public static INDArray softmax(INDArray g, INDArray y) {
        return rows(g, y, false);
    }

    /** Returns g − e^y Σ g. */
    public static INDArray logSoftmax(INDArray g, INDArray y) {
        return rows(g, y, true);
    }

    private static INDArray rows(INDArray g, INDArray y, boolean log) {
        INDArray result = Memory.allocate(y.dataType(), y.shape());
        if (result.isEmpty()) {
            return result;
        }
        int size = Shapes.toInt("softmax", y.size(-1));
        if (y.dataType() != DataType.FLOAT || g.dataType() != DataType.FLOAT || !Scratch.fits(size)) {
            double[] out = Copy.toDoubles(g);
            rows(out, Copy.toDoubles(y), size, log);
            return Copy.of(y.dataType(), out, y.shape());
        }
        int most = Math.max(1, Scratch.BLOCK / size) * size;
        Parallel.rows(y.length() / size, size, (first, end) -> {
            FloatBlocks gradients = FloatBlocks.of(0, g, g.shape());
            FloatBlocks values = FloatBlocks.of(1, y, y.shape());
            FloatBlocks out = FloatBlocks.into(2, result);
            for (long i = first * size; i < end * size; i += most) {
                int n = (int) Math.min(most, end * size - i);
                gradients.read(i, n);
                values.read(i, n);
                out.room(i, n);
                if (log) {
                    logRows(gradients.values(), values.values(), out.values(), size, n);
                } else {
                    rows(gradients.values(), values.values(), out.values(), size, n);
                }
                out.write(i, n);
            }
        });
        return result;
    }

    private static void rows(float[] g, float[] y, float[] out, int size, int n) {
        for (int row = 0; row < n; row += size) {
            double sum = 0;
            for (int i = row; i < row + size; i++) {
                sum += (double) g[i] * y[i];
            }
            float mean = (float) sum;
            for (int i = row; i < row + size; i++) {
                out[i] = y[i] * (g[i] - mean);
            }
        }
    }

    private static void logRows(float[] g, float[] y, float[] out, int size, int n) {
        FloatMath.exp(y, 0, out, 0, n);
        for (int row = 0; row < n; row += size) {
            double exact = 0;
            for (int i = row; i < row + size; i++) {
                exact += g[i];
            }
            float sum = (float) exact;
            for (int i = row; i < row + size; i++) {
                out[i] = g[i] - out[i] * sum;
            }
        }
    }

    /** Replaces g. */
    private static void rows(double[] g, double[] y, int size, boolean log) {
        for (int row = 0; row < g.length; row += size) {
            double sum = 0;
            for (int i = row; i < row + size; i++) {
                sum += log ? g[i] : g[i] * y[i];
            }
            for (int i = row; i < row + size; i++) {
                g[i] = log ? g[i] - Math.exp(y[i]) * sum : y[i] * (g[i] - sum);
            }
        }
    }
}
