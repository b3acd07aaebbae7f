package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.Products;

/**
 * Products of two matrices of floats or doubles, either of them taken transposed without an operation for that, and the
 * linear layer. They are each other's derivatives.
 */
final class LinearMaps {

    private LinearMaps() {}

    /** Whether the two are matrices that this can multiply. */
    static boolean support(Tensor a, Tensor b) {
        return a.ndim() == 2 && b.ndim() == 2 && Products.supports(a.dtype(), b.dtype());
    }

    /** Whether {@link #affine} can compute this: one number is added per column, and all types are the same. */
    static boolean fit(Tensor x, Tensor weight, Tensor bias) {
        return x.ndim() > 0
                && weight.ndim() == 2
                && bias.ndim() == 1
                && x.size(-1) == weight.size(1)
                && bias.size(0) == weight.size(0)
                && Products.supports(x.dtype(), weight.dtype())
                && Products.supports(x.dtype(), bias.dtype());
    }

    /** y = a b; ∂L/∂a = g bᵀ, ∂L/∂b = aᵀ g. */
    static Tensor product(Tensor a, Tensor b) {
        return Op.pure("matmul", Products.product(array(a), array(b)))
                .wrt(a, g -> rightTransposed("matmul", g, b), b)
                .wrt(b, g -> leftTransposed(a, g), a)
                .tensor();
    }

    /** y = aᵀ b; ∂L/∂a = b gᵀ, ∂L/∂b = a g. */
    static Tensor leftTransposed(Tensor a, Tensor b) {
        return Op.pure("matmul", Products.leftTransposed(array(a), array(b)))
                .wrt(a, g -> rightTransposed("matmul", b, g), b)
                .wrt(b, g -> product(a, g), a)
                .tensor();
    }

    /** y = a bᵀ; ∂L/∂a = g b, ∂L/∂b = gᵀ a. */
    static Tensor rightTransposed(String op, Tensor a, Tensor b) {
        return Op.pure(op, Products.rightTransposed(array(a), array(b)))
                .wrt(a, g -> product(g, b), b)
                .wrt(b, g -> leftTransposed(g, a), a)
                .tensor();
    }

    /** y = x Wᵀ + b, the vector b being added to each row; ∂L/∂x = g W, ∂L/∂W = gᵀ x, ∂L/∂b = the sum of g's rows. */
    static Tensor affine(Tensor x, Tensor weight, Tensor bias) {
        return switch (x.ndim()) {
            case 1 -> rows(x.unsqueeze(0), weight, bias).squeeze(0);
            case 2 -> rows(x, weight, bias);
            default ->
                rows(Shaping.flatten(x, 0, -2), weight, bias)
                        .reshape(Shapes.with(x.shape(), x.ndim() - 1, weight.size(0)));
        };
    }

    private static Tensor rows(Tensor x, Tensor weight, Tensor bias) {
        return Op.pure("linear", Products.affine(array(x), array(weight), array(bias)))
                .wrt(x, g -> product(g, weight), weight)
                .wrt(weight, g -> leftTransposed(g, x), x)
                .wrt(bias, LinearMaps::columnSums)
                .tensor();
    }

    /** yⱼ = Σ xᵢⱼ; ∂L/∂xᵢⱼ = gⱼ. */
    private static Tensor columnSums(Tensor x) {
        long[] shape = x.shape();
        return Op.pure("sum", Products.columnSums(array(x)))
                .wrt(x, g -> g.expand(shape))
                .tensor();
    }
}
