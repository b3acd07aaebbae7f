package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.reduction.Moments;
import org.ndgrad.autograd.kernels.spatial.ResamplingMatrix;

/** How {@link Normalization#localResponseNorm} is computed, also where squares of x or powers of them do not fit. */
final class ResponseNorm {

    private ResponseNorm() {}

    /** y = x / (k + α · mean x²)ᵝ, x not of a half type. */
    static Tensor of(Tensor x, int size, double alpha, double beta, double k) {
        if (!powersFit(x, alpha, beta, k)) {
            return scaled(x.to(DataType.DOUBLE), size, alpha, beta, k).to(x.dtype());
        }
        ResamplingMatrix windows = ResamplingMatrix.windows(x.size(1), size);
        return x.div(Resampling.resample("windowMeans", x.square(), 1, windows)
                .mul(alpha)
                .add(k)
                .pow(beta));
    }

    /** Whether squares and powers fit, and those that underflow do not matter beside k; or there is no other way. */
    private static boolean powersFit(Tensor x, double alpha, double beta, double k) {
        if (alpha < 0 || k < 0 || x.numel() == 0) {
            return true;
        }
        double most = x.dtype() == DataType.DOUBLE ? 1e150 : 1e18;
        double norm = Moments.norm(array(x), 2);
        double largest = Math.sqrt(k) + Math.sqrt(alpha) * norm; // of the roots of denominators
        double power = Math.abs(beta) * Math.max(Math.abs(Math.log(largest)), Math.abs(Math.log(k) / 2));
        return k > 1 / most && k > alpha / most && !(norm > most) && !(largest > most) && !(power > Math.log(most));
    }

    /** With d = √(k + α · mean x²), which fits where x does, y = x / d · d^(1 − 2β). */
    private static Tensor scaled(Tensor x, int size, double alpha, double beta, double k) {
        long before = size / 2;
        long[] pads = new long[2 * (x.ndim() - 1)];
        pads[pads.length - 2] = before;
        pads[pads.length - 1] = size - 1 - before;
        Tensor padded = Padding.pad(x, pads, 0);
        List<Tensor> neighbors = IntStream.range(0, size)
                .mapToObj(i -> Shaping.narrow(padded, 1, i, x.size(1)))
                .toList();
        Tensor norm = Reductions.norm(Joining.stack(neighbors, 0), 2, new int[] {0}, KeepDim.NO);
        Tensor root = Elementary.hypot(norm.mul(Math.sqrt(alpha / size)), Tensor.of(x.dtype(), Math.sqrt(k)));
        return x.div(root).mul(root.pow(1 - 2 * beta));
    }
}
