package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** What the rows of linear algebra share: matrices of all shapes, and how to make them easy to decompose. */
final class MatrixSamples {

    static final Domain ANY = in(-1.3, 1.2);
    static final Domain OTHER = in(-0.9, 1.4);

    private MatrixSamples() {}

    static OpCase square(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 3))
                .on(sample(ANY, 2, 2, 2))
                .on(sample(ANY, 1, 1))
                .on(sample(ANY, 0, 0))
                .on(sample(ANY, 0, 2, 2));
    }

    static OpCase any(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 2))
                .on(sample(ANY, 2, 3))
                .on(sample(ANY, 2, 2, 2))
                .on(sample(ANY, 2, 0))
                .on(sample(ANY, 0, 2));
    }

    /** Returns matrices that are far from singular, with distinct singular values. */
    static Tensor dominant(Tensor x) {
        return x.add(diagonal(x));
    }

    /** Returns symmetric positive definite matrices with distinct eigenvalues. */
    static Tensor definite(Tensor x) {
        Tensor both = x.add(x.transpose(-2, -1)).add(diagonal(x));
        return both.matmul(both).add(diagonal(x));
    }

    /** Returns 3, 4, 5 … on the diagonal. */
    private static Tensor diagonal(Tensor x) {
        Tensor rows = Tensor.arange(x.size(-2)).unsqueeze(1);
        Tensor isDiagonal = rows.eq(Tensor.arange(x.size(-1)));
        return rows.add(3).mul(isDiagonal).to(x.dtype());
    }
}
