package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.List;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.Cross;
import org.ndgrad.autograd.kernels.linalg.Products;

/**
 * Products of matrices and vectors. Both operands have one type; there is no promotion, as in PyTorch. More general
 * products are in {@link Contractions}, products added to something in {@link AddedProducts}.
 */
public final class LinearAlgebra {

    private static final int[] LAST = {-1};

    private LinearAlgebra() {}

    /**
     * y = a b; ∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g.
     *
     * @param a shape (…, N, K), or a vector (K), which counts as one row and loses it again
     * @param b shape (…, K, M), or a vector (K), which counts as one column and loses it again
     * @return shape (…, N, M), the leading dims broadcast
     * @throws IllegalArgumentException if the inner sizes or the types differ, or one is a scalar
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        checkProduct("matmul", a, b, b.ndim() == 1 ? 0 : b.ndim() - 2);
        if (a.ndim() == 1) {
            Tensor row = matmul(a.unsqueeze(0), b);
            return b.ndim() == 1 ? row.squeeze(0) : row.squeeze(-2);
        }
        if (b.ndim() == 1) {
            return matmul(a, b.unsqueeze(1)).squeeze(-1);
        }
        if (a.ndim() > 2 && b.ndim() == 2) { // one large product instead of many small ones
            return product(Shaping.flatten(a, 0, -2), b).reshape(Shapes.with(a.shape(), a.ndim() - 1, b.size(1)));
        }
        return product(a, b);
    }

    private static Tensor product(Tensor a, Tensor b) {
        return LinearMaps.support(a, b) ? LinearMaps.product(a, b) : batchProduct(a, b);
    }

    private static Tensor batchProduct(Tensor a, Tensor b) {
        return Op.pure("matmul", Products.matmul(array(a), array(b)))
                .wrt(a, g -> product(g, b.transpose(-2, -1)), b)
                .wrt(b, g -> product(a.transpose(-2, -1), g), a)
                .tensor();
    }

    /**
     * y = a b for two matrices and nothing else; ∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g.
     *
     * @param a shape (N, K)
     * @param b shape (K, M)
     * @return shape (N, M)
     */
    public static Tensor mm(Tensor a, Tensor b) {
        return mm("mm", a, b);
    }

    static Tensor mm(String op, Tensor a, Tensor b) {
        checkDims(op, a, 2, b, 2);
        checkProduct(op, a, b, 0);
        return product(a, b);
    }

    /**
     * yₙ = aₙ bₙ for as many matrices on the left as on the right; ∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g.
     *
     * @param a shape (B, N, K)
     * @param b shape (B, K, M)
     * @return shape (B, N, M)
     */
    public static Tensor bmm(Tensor a, Tensor b) {
        checkBatches("bmm", a, b);
        return product(a, b);
    }

    /**
     * y = a v for a matrix and a vector; ∂L/∂a = g vᵀ, ∂L/∂v = aᵀ g.
     *
     * @param a shape (N, K)
     * @param v shape (K)
     * @return shape (N)
     */
    public static Tensor mv(Tensor a, Tensor v) {
        return mv("mv", a, v);
    }

    static Tensor mv(String op, Tensor a, Tensor v) {
        checkDims(op, a, 2, v, 1);
        checkProduct(op, a, v, 0);
        return product(a, v.unsqueeze(1)).squeeze(1);
    }

    /**
     * y = the product of two or more matrices, multiplied in the order that costs the least.
     *
     * @param factors matrices, each with as many columns as the next has rows; the first may be a vector, which counts
     *     as a row, and so may the last, which counts as a column
     * @return shape (N, M), without the dim of a vector
     */
    public static Tensor multiDot(List<Tensor> factors) {
        checkArgument(factors.size() >= 2, "multiDot: expected at least 2 factors; got %s. Add one.", factors.size());
        return HalfTypes.wide(MatrixChain::product, factors.toArray(Tensor[]::new));
    }

    /**
     * y = x multiplied by itself, by repeated squaring; the identity for power 0, where no gradient flows, and powers
     * of the inverse for negative ones.
     *
     * @param x square matrices, shape (*, N, N); floating and invertible ones for a negative power
     * @return shape (*, N, N)
     * @throws IllegalArgumentException if the matrices are not square, or one is singular and the power negative
     */
    public static Tensor matrixPower(Tensor x, int power) {
        checkArgument(
                x.ndim() >= 2 && x.size(-1) == x.size(-2),
                "matrixPower: expected square matrices of shape (*, N, N); got %s. Use pow for powers of the elements.",
                Shapes.format(x.shape()));
        return HalfTypes.wide(x, v -> matrixPowerOf(v, power));
    }

    private static Tensor matrixPowerOf(Tensor x, int power) {
        if (power < 0) { // one factor apart, since −(−2³¹) is no int
            Tensor inverse = Solvers.inv(x);
            return product(matrixPower(inverse, -(power + 1)), inverse);
        }
        if (power == 0) {
            Tensor identities = Tensor.eye(x.dtype(), x.size(-1)).expand(x.shape());
            return Op.pure("matrixPower", array(identities.clone()))
                    .wrt(x, g -> Tensor.zerosLike(g))
                    .tensor();
        }
        Tensor square = x;
        int rest = power;
        for (; rest % 2 == 0; rest /= 2) {
            square = product(square, square);
        }
        Tensor result = square;
        for (rest /= 2; rest > 0; rest /= 2) {
            square = product(square, square);
            result = rest % 2 == 1 ? product(result, square) : result;
        }
        return result;
    }

    /**
     * y = Σ aᵢ bᵢ.
     *
     * @param a shape (N)
     * @param b shape (N)
     * @return shape (), of their type, in which whole numbers wrap around
     */
    public static Tensor dot(Tensor a, Tensor b) {
        checkArgument(
                a.ndim() == 1 && b.ndim() == 1,
                "dot: expected two vectors; got shapes %s and %s. Use matmul, or mul and sum.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkProduct("dot", a, b, 0);
        return HalfTypes.wide(a, b, (v, w) -> v.mul(w).sum().to(v.dtype()));
    }

    /** y = Σ aᵢ bᵢ; for real numbers the same as {@link #dot}. */
    public static Tensor vdot(Tensor a, Tensor b) {
        return dot(a, b);
    }

    /**
     * y = Σ aᵢ bᵢ along a dim; ∂L/∂a = g · b, ∂L/∂b = g · a.
     *
     * @param a shape (*), floating; broadcasts with b
     * @param b shape (*)
     * @param dim of the broadcast shape
     * @return the broadcast shape without the dim
     */
    public static Tensor vecdot(Tensor a, Tensor b, @Default("-1") int dim) {
        OpChecks.oneType("vecdot", a, b);
        OpChecks.floating("vecdot", a);
        return HalfTypes.wide(a, b, (v, w) -> Reductions.sum(v.mul(w), new int[] {dim}, KeepDim.NO));
    }

    /**
     * y = Σ a b over the last dims; the product of all pairs if one of them is a scalar.
     *
     * @param a shape (*A, K) or ()
     * @param b shape (*B, K) or ()
     * @return shape (*A, *B)
     */
    public static Tensor inner(Tensor a, Tensor b) {
        if (a.ndim() == 0 || b.ndim() == 0) {
            return a.mul(b);
        }
        checkLast("inner", a, b);
        return Contractions.tensordot(a, b, LAST, LAST);
    }

    /**
     * y = a × b, the vector that is orthogonal to both; ∂L/∂a = b × g, ∂L/∂b = g × a.
     *
     * @param a of size 3 in this dim; broadcasts with b
     * @param b of size 3 in this dim and as many dims as a
     */
    public static Tensor cross(Tensor a, Tensor b, @Default("-1") int dim) {
        checkArgument(
                a.ndim() == b.ndim() && a.ndim() > 0,
                "cross: expected tensors of as many dims, at least 1; got shapes %s and %s. Use unsqueeze.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        int along = Shapes.dim("cross", dim, a.ndim());
        checkArgument(
                a.size(along) == 3 && b.size(along) == 3,
                "cross: expected vectors of 3 numbers along dim %s; got shapes %s and %s. Choose another dim.",
                dim,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        OpChecks.oneType("cross", a, b);
        OpChecks.numbers("cross", a);
        return crossed(a, b, along);
    }

    private static Tensor crossed(Tensor a, Tensor b, int along) {
        return Op.pure("cross", Cross.product(array(a), array(b), along))
                .wrt(a, g -> crossed(b, g, along), b)
                .wrt(b, g -> crossed(g, a, along), a)
                .tensor();
    }

    /**
     * yᵢⱼ = aᵢ bⱼ.
     *
     * @param a shape (N)
     * @param b shape (M)
     * @return shape (N, M)
     */
    public static Tensor outer(Tensor a, Tensor b) {
        checkArgument(
                a.ndim() == 1 && b.ndim() == 1,
                "outer: expected two vectors; got shapes %s and %s. Use unsqueeze and mul.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        return a.unsqueeze(1).mul(b);
    }

    /**
     * y = x Wᵀ, what a linear layer without bias does; ∂L/∂x = g W, ∂L/∂W = gᵀ x.
     *
     * @param x shape (*, in)
     * @param weight W, shape (out, in), or (in) for one output
     * @return shape (*, out), or (*) for a weight of shape (in)
     */
    public static Tensor linear(Tensor x, Tensor weight) {
        checkArgument(
                weight.ndim() == 1 || weight.ndim() == 2,
                "linear: expected a weight of shape (out, in) or (in); got %s. Reshape it.",
                Shapes.format(weight.shape()));
        checkLast("linear", x, weight);
        return LinearMaps.support(x, weight) ? LinearMaps.rightTransposed("linear", x, weight) : matmul(x, weight.t());
    }

    /**
     * y = x Wᵀ + b, what a linear layer does; ∂L/∂x = g W, ∂L/∂W = gᵀ x, ∂L/∂b = Σ g over all rows.
     *
     * @param x shape (*, in)
     * @param weight W, shape (out, in), or (in) for one output
     * @param bias b, shape (out), or another that broadcasts to the result's
     * @return shape (*, out), or (*) for a weight of shape (in)
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        OpChecks.given("linear", "bias", bias);
        return HalfTypes.wide(inputs -> affine(inputs.get(0), inputs.get(1), inputs.get(2)), x, weight, bias);
    }

    private static Tensor affine(Tensor x, Tensor weight, Tensor bias) {
        return LinearMaps.fit(x, weight, bias)
                ? LinearMaps.affine(x, weight, bias)
                : plusBias("linear", linear(x, weight), bias);
    }

    /**
     * yₖ = aᵀ Wₖ b.
     *
     * @param a shape (*, N)
     * @param b shape (*, M), with the same *
     * @param weight W, shape (K, N, M)
     * @return shape (*, K)
     */
    public static Tensor bilinear(Tensor a, Tensor b, Tensor weight) {
        checkArgument(
                weight.ndim() == 3
                        && a.ndim() > 0
                        && b.ndim() > 0
                        && Arrays.equals(
                                Shapes.with(a.shape(), a.ndim() - 1, 0), Shapes.with(b.shape(), b.ndim() - 1, 0))
                        && a.size(-1) == weight.size(1)
                        && b.size(-1) == weight.size(2),
                "bilinear: expected shapes (*, N) and (*, M) and a weight of shape (K, N, M); got %s, %s and %s."
                        + " Transpose or reshape them.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()),
                Shapes.format(weight.shape()));
        return Contractions.einsum("...n,knm,...m->...k", a, weight, b);
    }

    /**
     * yₖ = aᵀ Wₖ b + cₖ.
     *
     * @param a shape (*, N)
     * @param b shape (*, M), with the same *
     * @param weight W, shape (K, N, M)
     * @param bias c, shape (K), or another that broadcasts to the result's
     * @return shape (*, K)
     */
    public static Tensor bilinear(Tensor a, Tensor b, Tensor weight, Tensor bias) {
        OpChecks.given("bilinear", "bias", bias);
        return HalfTypes.wide(
                inputs -> plusBias("bilinear", bilinear(inputs.get(0), inputs.get(1), inputs.get(2)), inputs.get(3)),
                a,
                b,
                weight,
                bias);
    }

    private static Tensor plusBias(String op, Tensor product, Tensor bias) {
        OpChecks.broadcasts(op, "bias", bias, product);
        OpChecks.oneType(op, product, bias);
        return product.add(bias);
    }

    private static void checkDims(String op, Tensor a, int ndimA, Tensor b, int ndimB) {
        checkArgument(
                a.ndim() == ndimA && b.ndim() == ndimB,
                "%s: expected operands of %s and %s dims; got shapes %s and %s. Use matmul for others.",
                op,
                ndimA,
                ndimB,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
    }

    static void checkBatches(String op, Tensor a, Tensor b) {
        checkDims(op, a, 3, b, 3);
        checkArgument(
                a.size(0) == b.size(0),
                "%s: expected as many matrices on both sides; got shapes %s and %s. Use matmul to broadcast.",
                op,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkProduct(op, a, b, 1);
    }

    private static void checkLast(String op, Tensor a, Tensor b) {
        checkArgument(
                a.ndim() > 0 && a.size(-1) == b.size(-1),
                "%s: expected tensors with the same last size; got shapes %s and %s. Transpose or reshape one of them.",
                op,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        OpChecks.oneType(op, a, b);
    }

    private static void checkProduct(String op, Tensor a, Tensor b, int inner) {
        checkArgument(
                a.ndim() > 0 && b.ndim() > 0,
                "%s: expected tensors of at least 1 dim; got shapes %s and %s. Use mul for scalars.",
                op,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkArgument(
                a.size(-1) == b.size(inner),
                "%s: expected shapes (…, N, K) and (…, K, M) with the same K; got %s and %s, where K is %s and %s."
                        + " Transpose or reshape one of them.",
                op,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()),
                a.size(-1),
                b.size(inner));
        OpChecks.oneType(op, a, b);
    }
}
