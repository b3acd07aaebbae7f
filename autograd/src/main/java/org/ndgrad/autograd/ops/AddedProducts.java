package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.BinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;

/**
 * Products of matrices and vectors that are added to something: y = β · x + α · (a b).
 *
 * <p>x broadcasts to the shape of the product. A factor of 0 leaves its term out: NaN and ∞ in it do not matter then,
 * and its gradient is 0. All have one type, but for {@link #addr}, which promotes. Integral tensors take whole factors.
 */
public final class AddedProducts {

    private AddedProducts() {}

    /** y = x + a b, see {@link #addmm(Tensor, Tensor, Tensor, Number, Number)}. */
    public static Tensor addmm(Tensor x, Tensor a, Tensor b) {
        return addmm(x, a, b, 1, 1);
    }

    /**
     * y = β · x + α · a b for two matrices.
     *
     * @param x of a shape that broadcasts to (N, M)
     * @param a shape (N, K)
     * @param b shape (K, M)
     * @return shape (N, M)
     */
    public static Tensor addmm(Tensor x, Tensor a, Tensor b, Number beta, Number alpha) {
        OpChecks.oneType("addmm", x, a);
        OpChecks.oneType("addmm", a, b);
        return added("addmm", x, a, b, (v, w) -> LinearAlgebra.mm("addmm", v, w), beta, alpha);
    }

    /** y = x + a v, see {@link #addmv(Tensor, Tensor, Tensor, Number, Number)}. */
    public static Tensor addmv(Tensor x, Tensor a, Tensor v) {
        return addmv(x, a, v, 1, 1);
    }

    /**
     * y = β · x + α · a v for a matrix and a vector.
     *
     * @param x of a shape that broadcasts to (N)
     * @param a shape (N, K)
     * @param v shape (K)
     * @return shape (N)
     */
    public static Tensor addmv(Tensor x, Tensor a, Tensor v, Number beta, Number alpha) {
        OpChecks.oneType("addmv", x, a);
        OpChecks.oneType("addmv", a, v);
        return added("addmv", x, a, v, (m, w) -> LinearAlgebra.mv("addmv", m, w), beta, alpha);
    }

    /** y = x + a bᵀ, see {@link #addr(Tensor, Tensor, Tensor, Number, Number)}. */
    public static Tensor addr(Tensor x, Tensor a, Tensor b) {
        return addr(x, a, b, 1, 1);
    }

    /**
     * yᵢⱼ = β · xᵢⱼ + α · aᵢ bⱼ for two vectors.
     *
     * @param x of a shape that broadcasts to (N, M)
     * @param a shape (N)
     * @param b shape (M)
     * @return shape (N, M)
     */
    public static Tensor addr(Tensor x, Tensor a, Tensor b, Number beta, Number alpha) {
        return added("addr", x, a, b, LinearAlgebra::outer, beta, alpha);
    }

    /** y = x + Σ aₙ bₙ, see {@link #addbmm(Tensor, Tensor, Tensor, Number, Number)}. */
    public static Tensor addbmm(Tensor x, Tensor a, Tensor b) {
        return addbmm(x, a, b, 1, 1);
    }

    /**
     * y = β · x + α · Σ aₙ bₙ, the sum of the products of B pairs of matrices.
     *
     * @param x of a shape that broadcasts to (N, M)
     * @param a shape (B, N, K)
     * @param b shape (B, K, M)
     * @return shape (N, M)
     */
    public static Tensor addbmm(Tensor x, Tensor a, Tensor b, Number beta, Number alpha) {
        OpChecks.oneType("addbmm", x, a);
        OpChecks.oneType("addbmm", a, b);
        LinearAlgebra.checkBatches("addbmm", a, b);
        Tensor side = Shaping.flatten(a.permute(1, 0, 2), 1, 2); // one large product
        return added("addbmm", x, side, Shaping.flatten(b, 0, 1), LinearAlgebra::matmul, beta, alpha);
    }

    /** yₙ = xₙ + aₙ bₙ, see {@link #baddbmm(Tensor, Tensor, Tensor, Number, Number)}. */
    public static Tensor baddbmm(Tensor x, Tensor a, Tensor b) {
        return baddbmm(x, a, b, 1, 1);
    }

    /**
     * yₙ = β · xₙ + α · aₙ bₙ for B pairs of matrices.
     *
     * @param x of a shape that broadcasts to (B, N, M)
     * @param a shape (B, N, K)
     * @param b shape (B, K, M)
     * @return shape (B, N, M)
     */
    public static Tensor baddbmm(Tensor x, Tensor a, Tensor b, Number beta, Number alpha) {
        OpChecks.oneType("baddbmm", x, a);
        OpChecks.oneType("baddbmm", a, b);
        LinearAlgebra.checkBatches("baddbmm", a, b);
        return added("baddbmm", x, a, b, LinearAlgebra::matmul, beta, alpha);
    }

    private static Tensor added(
            String op, Tensor x, Tensor a, Tensor b, BinaryOperator<Tensor> f, Number beta, Number alpha) {
        DataType type = DTypes.promote(array(x), array(a), array(b));
        DataType computed = DTypes.wide(type);
        Tensor right = b.to(computed);
        Scaled.Homogeneous sum = (in, s) ->
                added(op, in.get(0), f.apply(in.get(1), right.to(in.get(1).dtype())), beta, alpha);
        return Scaled.fitting(sum, x.to(computed), a.to(computed)).to(type);
    }

    private static Tensor added(String op, Tensor x, Tensor product, Number beta, Number alpha) {
        OpChecks.broadcasts(op, "first tensor", x, product);
        DataType type = DTypes.promote(x.dtype(), product.dtype());
        return scaled(x, Constants.factor(op, type, beta)).add(scaled(product, Constants.factor(op, type, alpha)));
    }

    private static Tensor scaled(Tensor x, Number factor) {
        if (factor.doubleValue() == 1) {
            return x;
        }
        if (factor.doubleValue() == 0) {
            return Op.pure("mul", array(Tensor.zerosLike(x)))
                    .wrt(x, g -> g.mul(factor))
                    .tensor();
        }
        return x.mul(factor);
    }
}
