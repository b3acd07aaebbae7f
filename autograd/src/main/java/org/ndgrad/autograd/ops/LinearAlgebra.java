package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Blas;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Products of matrices and vectors. Both operands have one type; there is no promotion, as in PyTorch. */
public final class LinearAlgebra {

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
        return Op.of("matmul", Blas.matmul(a.data(), b.data()))
                .wrt(a, g -> product(g, b.transpose(-2, -1)), b)
                .wrt(b, g -> product(a.transpose(-2, -1), g), a)
                .tensor();
    }

    /**
     * y = Σ aᵢ bᵢ.
     *
     * @param a shape (N)
     * @param b shape (N)
     * @return shape ()
     */
    public static Tensor dot(Tensor a, Tensor b) {
        checkArgument(
                a.ndim() == 1 && b.ndim() == 1,
                "dot: expected two vectors; got shapes %s and %s. Use matmul, or mul and sum.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkProduct("dot", a, b, 0);
        return a.mul(b).sum();
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
        checkArgument(
                a.dtype() == b.dtype(),
                "%s: expected operands of one type; got %s and %s. Convert one with to(…).",
                op,
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
    }
}
