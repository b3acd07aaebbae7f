package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;
import static org.ndgrad.autograd.ops.Matrices.transpose;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.GradMode;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.Lapack;
import org.ndgrad.autograd.kernels.linalg.Lu;

/**
 * Matrices in the last two dims as products of simpler ones.
 *
 * <p>Computed by LAPACK in float64 for all floating types, and rounded once. Leading dims are a batch; matrices may be
 * empty. Factors are unique only up to signs, or to a rotation among equal singular values or eigenvalues: a loss must
 * not depend on those, or its gradient means nothing. Unlike PyTorch, this is not checked.
 */
public final class Decompositions {

    /** How many singular vectors there are of an (M, N) matrix: min(M, N), or M on the left and N on the right. */
    public enum SingularVectors {
        REDUCED,
        FULL
    }

    /** From this exponent on, factors in float64 are differentiated without their unit. */
    private static final double FAR = 100;

    private Decompositions() {}

    /** How many columns Q has. */
    public enum QrMode {
        /** min(M, N) columns. */
        REDUCED,
        /** M columns, so that Q is square. Without gradient if M &gt; N. */
        COMPLETE,
        /** R as in reduced mode, and (0) for Q. Unlike in PyTorch, R can be differentiated. */
        R
    }

    /**
     * y yᵀ = A with y lower triangular; ∂L/∂A = y⁻ᵀ Φ(yᵀ g) y⁻¹, where Φ mirrors the lower triangle and halves the
     * whole.
     *
     * @param x symmetric positive definite matrices A, shape (…, N, N), of which the triangle is read; the gradient is
     *     symmetric
     * @param triangle the one of y; if upper, yᵀ y = A
     * @throws IllegalArgumentException if a matrix is not positive definite
     */
    public static Tensor cholesky(Tensor x, @Default("Triangle.LOWER") Triangle triangle) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> cholesky(v, triangle));
        }
        Matrices.checkSquare("cholesky", x);
        return Op.pure("cholesky", Lapack.cholesky(array(x), triangle.isUpper()))
                .wrt(
                        x,
                        (g, y) -> Scaled.ofMatrices(
                                in -> triangle.isUpper()
                                        ? choleskyBackward(transpose(in.get(0)), transpose(in.get(1)))
                                        : choleskyBackward(in.get(0), in.get(1)),
                                g,
                                y))
                .tensor();
    }

    /** The lower triangular factor, as {@link #cholesky(Tensor, Triangle)} does. */
    public static Tensor cholesky(Tensor x) {
        return cholesky(x, Triangle.LOWER);
    }

    private static Tensor choleskyBackward(Tensor g, Tensor factor) {
        Tensor units = Scaled.units(FAR, factor, -2, -1);
        Tensor l = Scaled.over(factor, units);
        Tensor middle = Matrices.mirrored(transpose(l).matmul(g)).mul(0.5);
        TriangularOptions upper = TriangularOptions.of(Triangle.UPPER);
        TriangularOptions lower = TriangularOptions.of(Triangle.LOWER).withLeft(false);
        return Scaled.over(
                Solvers.solveTriangular(l, Solvers.solveTriangular(transpose(l), middle, upper), lower), units);
    }

    /**
     * Q R = A; ∂L/∂A = (gQ + Q M) R⁻ᵀ, where M mirrors the lower triangle of R gRᵀ − gQᵀ Q, if M ≥ N; the columns
     * beyond the first M of a wide A only make R = Qᵀ A.
     *
     * <p>The first min(M, N) columns of A must be independent for a gradient.
     *
     * @param x matrices A, shape (…, M, N)
     */
    public static Qr qr(Tensor x, QrMode mode) {
        if (DTypes.isHalf(x.dtype())) {
            Qr wide = qr(HalfTypes.widened(x), mode);
            return new Qr(wide.q().to(x.dtype()), wide.r().to(x.dtype()));
        }
        Matrices.check("qr", x);
        long rows = x.size(-2);
        if (OpChecks.given("qr", "mode", mode) == QrMode.R) {
            return new Qr(Tensor.zeros(x.dtype(), 0), qr(x, QrMode.REDUCED).r());
        }
        if (rows < x.size(-1)) {
            Qr square = qr(x.slice(-1, 0, rows), QrMode.REDUCED);
            Tensor rest = transpose(square.q()).matmul(x.slice(-1, rows, x.size(-1)));
            return new Qr(square.q(), Joining.cat(List.of(square.r(), rest), -1));
        }
        boolean complete = mode == QrMode.COMPLETE && rows > x.size(-1);
        Op op = Op.pure("qr", Lapack.qr(array(x), complete));
        Tensor q = op.output(0);
        Tensor r = op.output(1);
        Scaled.OfMatrices plain = in -> qrBackward(in.get(0), in.get(1), in.get(2), in.get(3));
        Scaled.OfMatrices backward = in -> inUnits(plain, in);
        op.wrtAll(x, g -> Scaled.ofMatrices(backward, g.get(0), g.get(1), q, r), q, r);
        return new Qr(op.tensors().get(0), op.tensors().get(1));
    }

    /** Q and R in reduced mode, as {@link #qr(Tensor, QrMode)} does. */
    public static Qr qr(Tensor x) {
        return qr(x, QrMode.REDUCED);
    }

    /**
     * Returns slopes by gradients of two factors, the first of which has no unit, and these factors. That of the second
     * one drops out of what its own gradient makes, and divides what the other does.
     */
    private static Tensor inUnits(Scaled.OfMatrices backward, List<Tensor> in) {
        Tensor units = Scaled.units(FAR, in.get(3), -2, -1);
        if (Scaled.isOne(units)) {
            return backward.of(in);
        }
        Tensor first = in.get(0);
        Tensor second = in.get(1);
        Tensor factor = in.get(3).div(units);
        Tensor own = backward.of(List.of(Tensor.zerosLike(first), second, in.get(2), factor));
        Tensor other = backward.of(List.of(first, Tensor.zerosLike(second), in.get(2), factor));
        return own.add(other.div(units));
    }

    private static Tensor qrBackward(Tensor gq, Tensor gr, Tensor q, Tensor r) {
        checkArgument(
                q.size(-1) == r.size(-1),
                "qr: expected mode REDUCED, or square or wide matrices; got a gradient for the complete Q of shape %s and"
                        + " R of shape %s. Columns of Q beyond those of R are not unique: use REDUCED.",
                Shapes.format(q.shape()),
                Shapes.format(r.shape()));
        Tensor m = r.matmul(transpose(gr)).sub(transpose(gq).matmul(q));
        Tensor product = gq.add(q.matmul(Matrices.mirrored(m)));
        return Solvers.solveTriangular(
                transpose(r), product, TriangularOptions.of(Triangle.LOWER).withLeft(false));
    }

    /**
     * P L U = A with rows exchanged for the largest pivots; if M = N, ∂L/∂A = P L⁻ᵀ (tril(Lᵀ gL, −1) + triu(gU Uᵀ))
     * U⁻ᵀ; else the part of L or U beyond the square is solved for by the other.
     *
     * <p>The first min(M, N) columns of A must be independent for a gradient.
     *
     * @param x matrices A, shape (…, M, N)
     */
    public static Plu lu(Tensor x) {
        if (DTypes.isHalf(x.dtype())) {
            Plu wide = lu(HalfTypes.widened(x));
            return new Plu(
                    wide.p().to(x.dtype()), wide.l().to(x.dtype()), wide.u().to(x.dtype()));
        }
        Matrices.check("lu", x);
        INDArray[] values = Lu.factors(array(x));
        Tensor p = Tensor.of(values[0]);
        Op op = Op.pure("lu", values[1], values[2]);
        Tensor l = op.output(0);
        Tensor u = op.output(1);
        Scaled.OfMatrices plain = in -> luBackward(in.get(0), in.get(1), in.get(2), in.get(3));
        Scaled.OfMatrices backward = in -> inUnits(plain, in);
        op.wrtAll(x, g -> p.matmul(Scaled.ofMatrices(backward, g.get(0), g.get(1), l, u)), p, l, u);
        return new Plu(p, op.tensors().get(0), op.tensors().get(1));
    }

    private static Tensor luBackward(Tensor gl, Tensor gu, Tensor l, Tensor u) {
        long k = u.size(-2);
        TriangularOptions lower = TriangularOptions.of(Triangle.LOWER).withLeft(false);
        TriangularOptions upper = TriangularOptions.of(Triangle.UPPER).withUnitDiagonal(true);
        if (l.size(-2) > k) {
            Tensor below = l.slice(-2, k, l.size(-2));
            Tensor g = Solvers.solveTriangular(transpose(u), gl.slice(-2, k, l.size(-2)), lower);
            Tensor rest = gu.sub(transpose(below).matmul(g));
            Tensor square = luBackward(gl.slice(-2, 0, k), rest, l.slice(-2, 0, k), u);
            return Joining.cat(List.of(square, g), -2);
        }
        if (u.size(-1) > k) {
            Tensor beside = u.slice(-1, k, u.size(-1));
            Tensor g = Solvers.solveTriangular(transpose(l), gu.slice(-1, k, u.size(-1)), upper);
            Tensor rest = gl.sub(g.matmul(transpose(beside)));
            Tensor square = luBackward(rest, gu.slice(-1, 0, k), l, u.slice(-1, 0, k));
            return Joining.cat(List.of(square, g), -1);
        }
        Tensor middle = Diagonals.tril(transpose(l).matmul(gl), -1).add(Diagonals.triu(gu.matmul(transpose(u)), 0));
        return Solvers.solveTriangular(transpose(u), Solvers.solveTriangular(transpose(l), middle, upper), lower);
    }

    /**
     * V diag(λ) Vᵀ = A; ∂L/∂A = V (diag(gλ) + E ∘ skew(Vᵀ gV)) Vᵀ, Eᵢⱼ = 1 / (λⱼ − λᵢ) for i ≠ j,
     * skew(M) = (M − Mᵀ) / 2.
     *
     * @param x symmetric matrices A, shape (…, N, N); the gradient is symmetric
     * @param triangle the part of A that is read
     * @throws IllegalArgumentException if an element there is infinite or NaN
     */
    public static Eigh eigh(Tensor x, @Default("Triangle.LOWER") Triangle triangle) {
        if (DTypes.isHalf(x.dtype())) {
            Eigh wide = eigh(HalfTypes.widened(x), triangle);
            return new Eigh(
                    wide.eigenvalues().to(x.dtype()), wide.eigenvectors().to(x.dtype()));
        }
        Matrices.checkSquare("eigh", x);
        Op op = Op.pure("eigh", Lapack.eigh(array(x), triangle.isUpper()));
        Tensor values = op.output(0);
        Tensor vectors = op.output(1);
        op.wrtAll(x, g -> eighBackward(g.get(0), g.get(1), values, vectors), values, vectors);
        return new Eigh(op.tensors().get(0), op.tensors().get(1));
    }

    /** Eigenvalues and eigenvectors, as {@link #eigh(Tensor, Triangle)} does with the lower triangle. */
    public static Eigh eigh(Tensor x) {
        return eigh(x, Triangle.LOWER);
    }

    private static Tensor eighBackward(Tensor gValues, Tensor gVectors, Tensor values, Tensor vectors) {
        if (Matrices.isNothing(gVectors)) {
            return vectors.mul(gValues.unsqueeze(-2)).matmul(transpose(vectors));
        }
        Tensor turned = skew(transpose(vectors).matmul(gVectors)).mul(0.5);
        Tensor unit = units(values); // in which gaps fit
        Tensor gaps = differences(Scaled.over(values, unit));
        Tensor middle = Scaled.over(turned.div(gaps), perMatrix(unit)).add(Diagonals.diagEmbed(gValues));
        return vectors.matmul(middle).matmul(transpose(vectors));
    }

    private static Tensor units(Tensor values) {
        return Scaled.units(values.dtype() == DataType.DOUBLE ? 1000 : 120, values, -1);
    }

    private static Tensor perMatrix(Tensor units) {
        return Scaled.isOne(units) ? units : units.unsqueeze(-1);
    }

    private static Tensor skew(Tensor x) {
        return x.sub(transpose(x));
    }

    /** Returns xⱼ − xᵢ in row i and column j, 1 on the diagonal. */
    private static Tensor differences(Tensor x) {
        return Comparison.maskedFill(x.unsqueeze(-2).sub(x.unsqueeze(-1)), Matrices.isDiagonal(x.size(-1)), 1);
    }

    /**
     * y = λ in ascending order; ∂L/∂A = V diag(g) Vᵀ.
     *
     * @param x symmetric matrices A, shape (…, N, N)
     * @param triangle the part of A that is read
     * @return shape (…, N)
     */
    public static Tensor eigvalsh(Tensor x, @Default("Triangle.LOWER") Triangle triangle) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> eigvalsh(v, triangle));
        }
        Matrices.checkSquare("eigvalsh", x);
        return x.requiresGrad() && GradMode.isEnabled()
                ? eigh(x, triangle).eigenvalues()
                : Op.pure("eigvalsh", Lapack.eigvalsh(array(x), triangle.isUpper()))
                        .tensor();
    }

    /** Eigenvalues in ascending order, as {@link #eigvalsh(Tensor, Triangle)} does with the lower triangle. */
    public static Tensor eigvalsh(Tensor x) {
        return eigvalsh(x, Triangle.LOWER);
    }

    /**
     * U diag(S) Vᵀ = A; ∂L/∂A = U (E ∘ skew(Uᵀ gU) S + S (E ∘ skew(Vᵀ gV)) + diag(gS)) Vᵀ + (I − U Uᵀ) gU S⁻¹ Vᵀ
     * + U S⁻¹ gVᵀ (I − V Vᵀ), Eᵢⱼ = 1 / (sⱼ² − sᵢ²) for i ≠ j, skew(M) = M − Mᵀ.
     *
     * @param x matrices A, shape (…, M, N)
     * @param vectors whether U and Vᵀ are square; gradients of what that adds are ignored
     * @throws IllegalArgumentException if an element is infinite or NaN
     */
    public static Svd svd(Tensor x, SingularVectors vectors) {
        if (DTypes.isHalf(x.dtype())) {
            Svd wide = svd(HalfTypes.widened(x), vectors);
            return new Svd(
                    wide.u().to(x.dtype()), wide.s().to(x.dtype()), wide.vt().to(x.dtype()));
        }
        Matrices.check("svd", x);
        boolean full = OpChecks.given("svd", "choice of vectors", vectors) == SingularVectors.FULL;
        INDArray[] values = Lapack.svd(array(x), full);
        Op op = Op.pure("svd", values);
        Tensor u = op.output(0);
        Tensor s = op.output(1);
        Tensor vt = op.output(2);
        op.wrtAll(x, g -> svdBackward(g, u, s, vt), u, s, vt);
        List<Tensor> all = op.tensors();
        return new Svd(all.get(0), all.get(1), all.get(2));
    }

    /** U, S and Vᵀ with min(M, N) singular vectors each, as {@link #svd(Tensor, SingularVectors)} does. */
    public static Svd svd(Tensor x) {
        return svd(x, SingularVectors.REDUCED);
    }

    private static Tensor svdBackward(List<Tensor> g, Tensor fullU, Tensor s, Tensor fullVt) {
        long k = s.size(-1);
        Tensor u = fullU.slice(-1, 0, k);
        Tensor gu = g.get(0).slice(-1, 0, k);
        Tensor vt = fullVt.slice(-2, 0, k);
        Tensor gvt = g.get(2).slice(-2, 0, k);
        boolean hasU = !Matrices.isNothing(gu);
        boolean hasV = !Matrices.isNothing(gvt);
        if (!hasU && !hasV) {
            return u.mul(g.get(1).unsqueeze(-2)).matmul(vt);
        }
        Tensor v = transpose(vt);
        Tensor gv = transpose(gvt);
        Tensor middle = Diagonals.diagEmbed(g.get(1));
        Tensor unit = units(s);
        Tensor sizes = Scaled.over(s, unit);
        Tensor gaps = differences(sizes); // of numbers, as those of squares may not fit
        Tensor sums = Comparison.maskedFill(sizes.unsqueeze(-2).add(sizes.unsqueeze(-1)), Matrices.isDiagonal(k), 1);
        if (hasU) {
            Tensor turned = skew(transpose(u).matmul(gu))
                    .div(gaps)
                    .mul(sizes.unsqueeze(-2).div(sums));
            middle = middle.add(Scaled.over(turned, perMatrix(unit)));
        }
        if (hasV) {
            Tensor turned = skew(transpose(v).matmul(gv))
                    .div(gaps)
                    .mul(sizes.unsqueeze(-1).div(sums));
            middle = middle.add(Scaled.over(turned, perMatrix(unit)));
        }
        Tensor result = u.matmul(middle).matmul(vt);
        if (hasU && u.size(-2) > k) {
            Tensor scaled = gu.div(s.unsqueeze(-2));
            result = result.add(outside(u, scaled).matmul(vt));
        }
        if (hasV && v.size(-2) > k) {
            Tensor scaled = gv.div(s.unsqueeze(-2));
            result = result.add(u.matmul(transpose(outside(v, scaled))));
        }
        return result;
    }

    /** Returns the part of x that is orthogonal to all columns of a basis. */
    private static Tensor outside(Tensor basis, Tensor x) {
        return x.sub(basis.matmul(transpose(basis).matmul(x)));
    }

    /**
     * y = S in descending order; ∂L/∂A = U diag(g) Vᵀ.
     *
     * @param x matrices A, shape (…, M, N)
     * @return shape (…, min(M, N))
     */
    public static Tensor svdvals(Tensor x) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, Decompositions::svdvals);
        }
        Matrices.check("svdvals", x);
        return x.requiresGrad() && GradMode.isEnabled()
                ? svd(x).s()
                : Op.pure("svdvals", Lapack.svdvals(array(x))).tensor();
    }
}
