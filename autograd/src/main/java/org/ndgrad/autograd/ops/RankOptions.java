package org.ndgrad.autograd.ops;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * Which singular values {@link Solvers#pinv} and {@link Solvers#matrixRank} take for 0: those up to the larger of an
 * absolute tolerance and a relative one times the largest.
 *
 * <pre>{@code
 * Solvers.pinv(x, RankOptions.defaults().withRelative(1e-5));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param absolute the absolute tolerance, 0 by default; its shape broadcasts with the batch
 * @param relative the relative tolerance, by default max(M, N) times the machine epsilon of the type, or 0 where the
 *     absolute one is above 0; its shape broadcasts with the batch
 * @param hermitian whether the matrices are symmetric, so that the absolute eigenvalues of the lower triangle do
 */
public record RankOptions(Optional<Tensor> absolute, Optional<Tensor> relative, boolean hermitian) {

    private static final RankOptions DEFAULTS = new RankOptions(Optional.empty(), Optional.empty(), false);

    /** Keeps the tensors beyond any MemoryScope. */
    public RankOptions {
        absolute.ifPresent(MemoryScope::stored);
        relative.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults. */
    public static RankOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another absolute tolerance. */
    public RankOptions withAbsolute(double tolerance) {
        return withAbsolute(Tensor.of(DataType.DOUBLE, tolerance).squeeze());
    }

    /** Returns these options with an absolute tolerance per matrix. */
    public RankOptions withAbsolute(Tensor tolerance) {
        return new RankOptions(Optional.of(tolerance.detach()), relative, hermitian);
    }

    /** Returns these options with another relative tolerance. */
    public RankOptions withRelative(double tolerance) {
        return withRelative(Tensor.of(DataType.DOUBLE, tolerance).squeeze());
    }

    /** Returns these options with a relative tolerance per matrix. */
    public RankOptions withRelative(Tensor tolerance) {
        return new RankOptions(absolute, Optional.of(tolerance.detach()), hermitian);
    }

    /** Returns these options for symmetric matrices or for any. */
    public RankOptions withHermitian(boolean hermitian) {
        return new RankOptions(absolute, relative, hermitian);
    }

    /** Returns the ones for matrices that are divided by units, one for each, in the shape in which they divide. */
    RankOptions over(Tensor units) {
        return Scaled.isOne(units) || absolute.isEmpty()
                ? this
                : withAbsolute(absolute.get()
                        .to(DataType.DOUBLE)
                        .div(units.squeeze(-1).squeeze(-1).to(DataType.DOUBLE)));
    }

    /**
     * Returns the singular values that count as other than 0, which is where the result is true.
     *
     * @param s singular values of x
     */
    Tensor significant(Tensor s, Tensor x) {
        long[] shape = x.shape();
        Tensor least = absolute.orElse(Tensor.of(DataType.DOUBLE, 0)).to(DataType.DOUBLE);
        long size = Math.max(shape[shape.length - 1], shape[shape.length - 2]);
        Tensor usual = Tensor.of(DataType.DOUBLE, size * epsilon(x.dtype()));
        Tensor ratio =
                relative.orElse(Comparison.maskedFill(usual, least.gt(0), 0)).to(DataType.DOUBLE);
        if (s.size(-1) == 0) {
            long[] batch = Shapes.broadcast("rank", least.shape(), ratio.shape());
            batch = Shapes.broadcast("rank", batch, Shapes.batch(shape));
            return Tensor.zeros(DataType.BOOL, Shapes.append(batch, 0));
        }
        Tensor largest = Reductions.amax(s, new int[] {-1}, KeepDim.YES);
        return s.gt(least.unsqueeze(-1).maximum(ratio.unsqueeze(-1).mul(largest)));
    }

    /** Returns the distance from 1 to the next larger number. */
    static double epsilon(DataType type) {
        return switch (type) {
            case DOUBLE -> Math.ulp(1.0);
            case FLOAT -> Math.ulp(1f);
            case HALF -> 0x1p-10;
            default -> 0x1p-7;
        };
    }
}
