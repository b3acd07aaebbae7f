package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.Matrices.transpose;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Pseudoinverses and their slopes, of matrices in any unit. */
final class Pseudoinverses {

    /** Up to this exponent, squares of matrices fit. */
    static final double FAR = 400;

    private Pseudoinverses() {}

    /** Returns A⁺, in the type of A. */
    static Tensor of(Tensor x, RankOptions options) {
        Tensor units = Scaled.units(FAR, x.to(DataType.DOUBLE), -2, -1);
        Tensor exact = Scaled.over(x.to(DataType.DOUBLE), units);
        return Scaled.over(inverse(exact, x, options.over(units)), units).to(x.dtype());
    }

    private static Tensor inverse(Tensor exact, Tensor x, RankOptions options) {
        if (options.hermitian()) {
            Eigh parts = Decompositions.eigh(exact);
            Tensor values = parts.eigenvalues();
            return inverse(parts.eigenvectors(), values, transpose(parts.eigenvectors()), x, options);
        }
        Svd parts = Decompositions.svd(exact);
        return inverse(transpose(parts.vt()), parts.s(), transpose(parts.u()), x, options);
    }

    private static Tensor inverse(Tensor left, Tensor s, Tensor right, Tensor x, RankOptions options) {
        Tensor zero = options.significant(s.abs(), x).eq(0);
        Tensor inverses = Comparison.maskedFill(s.rdiv(1), zero, 0);
        return left.mul(inverses.unsqueeze(-2)).matmul(right);
    }

    /** That of matrices without their units; it is as large as g y², in which y might not fit twice. */
    static Tensor slopes(List<Tensor> in) {
        Tensor units = Scaled.units(FAR, in.get(2), -2, -1);
        if (Scaled.isOne(units)) {
            return slopesOfPlain(in);
        }
        Tensor slopes = slopesOfPlain(List.of(
                Scaled.over(in.get(0), units), in.get(1).mul(units), in.get(2).div(units)));
        return slopes.div(units);
    }

    private static Tensor slopesOfPlain(List<Tensor> in) {
        Tensor gt = transpose(in.get(0));
        Tensor y = in.get(1);
        Tensor x = in.get(2);
        Tensor yt = transpose(y);
        if (x.size(-2) <= x.size(-1)) {
            Tensor k = gt.matmul(y);
            Tensor ky = k.matmul(yt);
            return ky.sub(transpose(y.matmul(k)))
                    .sub(x.matmul(y).matmul(ky))
                    .add(yt.matmul(y).matmul(gt.sub(k.matmul(x))));
        }
        Tensor k = y.matmul(gt);
        Tensor yk = yt.matmul(k);
        return yk.sub(transpose(k.matmul(y)))
                .add(gt.sub(x.matmul(k)).matmul(y).matmul(yt))
                .sub(yk.matmul(y).matmul(x));
    }
}
