package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;
import static org.ndgrad.autograd.ops.Matrices.transpose;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.LeastSquares;
import org.ndgrad.autograd.kernels.linalg.Lu;

/**
 * Systems of linear equations, and inverses, of the matrices in the last two dims.
 *
 * <p>Computed in float64 for all floating types, and rounded. Leading dims are a batch; matrices may be
 * empty. Both operands have one type. Solve rather than multiply by an inverse: it is faster and more exact.
 */
public final class Solvers {

    private Solvers() {}

    /** LAPACK's ways to solve least squares problems. */
    public enum Driver {
        /** By QR, for matrices of full rank: the fastest. */
        GELS,
        /** By QR with pivoting, for any matrix. */
        GELSY,
        /** By SVD through divide and conquer, for any matrix. */
        GELSD,
        /** By SVD, for any matrix. */
        GELSS
    }

    /**
     * y = A⁻¹; ∂L/∂A = −yᵀ g yᵀ.
     *
     * @param x matrices A, shape (…, N, N)
     * @throws IllegalArgumentException if one is singular
     */
    public static Tensor inv(Tensor x) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, Solvers::inv);
        }
        Matrices.checkSquare("inv", x);
        return inverse(x, Lu.of(array(x)).checkInvertible("inv"));
    }

    /** As {@link #inv}: y = A⁻¹. */
    public static Tensor inverse(Tensor x) {
        return inv(x);
    }

    /** Returns the inverse by factors that exist, not finite if x is singular. */
    static Tensor inverse(Tensor x, Lu factors) {
        return Op.pure("inv", factors.inverse())
                .wrt(x, (g, y) -> transpose(y).matmul(g).matmul(transpose(y)).neg())
                .tensor();
    }

    /**
     * y = A⁻¹ B; ∂L/∂B = A⁻ᵀ g, ∂L/∂A = −(A⁻ᵀ g) yᵀ.
     *
     * @param a shape (…, N, N)
     * @param b shape (…, N, K), or of vectors: (N), or (…, N) with the very batch of A; the batches broadcast
     * @return shape (…, N, K), or (…, N) for vectors
     * @throws IllegalArgumentException if a matrix is singular
     */
    public static Tensor solve(Tensor a, Tensor b) {
        if (DTypes.isHalf(a.dtype()) && a.dtype() == b.dtype()) {
            return HalfTypes.wide(a, b, Solvers::solve);
        }
        Matrices.checkSquare("solve", a);
        OpChecks.oneType("solve", a, b);
        if (isVectors(a, b)) {
            Matrices.checkRows("solve", a, b, -1, a.size(-1));
            return solve(a, b.unsqueeze(-1)).squeeze(-1);
        }
        Matrices.check("solve", b);
        Matrices.checkRows("solve", a, b, -2, a.size(-1));
        return solve(a, Lu.of(array(a)).checkInvertible("solve"), b, false);
    }

    /**
     * y = B A⁻¹; ∂L/∂B = g A⁻ᵀ, ∂L/∂A = −yᵀ (g A⁻ᵀ).
     *
     * @param a shape (…, N, N)
     * @param b shape (…, K, N); the batches broadcast
     * @return shape (…, K, N)
     * @throws IllegalArgumentException if a matrix is singular
     */
    public static Tensor solveRight(Tensor a, Tensor b) {
        if (DTypes.isHalf(a.dtype()) && a.dtype() == b.dtype()) {
            return HalfTypes.wide(a, b, Solvers::solveRight);
        }
        Matrices.checkSquare("solveRight", a);
        Matrices.check("solveRight", b);
        OpChecks.oneType("solveRight", a, b);
        Matrices.checkRows("solveRight", a, b, -1, a.size(-1));
        return transpose(solve(a, Lu.of(array(a)).checkInvertible("solveRight"), transpose(b), true));
    }

    private static boolean isVectors(Tensor a, Tensor b) {
        return b.ndim() == 1
                || (a.ndim() == b.ndim() + 1 && Arrays.equals(b.shape(), Arrays.copyOf(a.shape(), b.ndim())));
    }

    /** The factors of A serve all derivatives. */
    private static Tensor solve(Tensor a, Lu factors, Tensor b, boolean transposed) {
        return Op.pure("solve", factors.solve(array(b), transposed))
                .wrt(b, g -> solve(a, factors, g, !transposed), a)
                .wrt(
                        a,
                        (g, y) -> {
                            Tensor right = solve(a, factors, g.to(DataType.DOUBLE), !transposed); // it may not fit
                            Tensor wide = y.to(DataType.DOUBLE);
                            Tensor slopes = transposed
                                    ? wide.matmul(transpose(right)).neg()
                                    : right.matmul(transpose(wide)).neg();
                            return slopes.to(a.dtype());
                        },
                        a)
                .tensor();
    }

    /**
     * y = A⁻¹ B for triangular A; ∂L/∂B = A⁻ᵀ g, ∂L/∂A = −(A⁻ᵀ g) yᵀ within the triangle. On the right, y = B A⁻¹;
     * ∂L/∂B = g A⁻ᵀ, ∂L/∂A = −yᵀ (g A⁻ᵀ).
     *
     * @param a shape (…, N, N), of which only the triangle is read; zeros on the diagonal give infinity
     * @param b shape (…, N, K), or (…, K, N) if A stands on the right; the batches broadcast
     */
    public static Tensor solveTriangular(Tensor a, Tensor b, TriangularOptions options) {
        if (DTypes.isHalf(a.dtype()) && a.dtype() == b.dtype()) {
            return HalfTypes.wide(a, b, (v, w) -> solveTriangular(v, w, options));
        }
        Matrices.checkSquare("solveTriangular", a);
        Matrices.check("solveTriangular", b);
        OpChecks.oneType("solveTriangular", a, b);
        Matrices.checkRows("solveTriangular", a, b, options.left() ? -2 : -1, a.size(-1));
        return triangular(a, b, options);
    }

    private static Tensor triangular(Tensor a, Tensor b, TriangularOptions options) {
        INDArray value = LeastSquares.triangular(
                array(a), array(b), options.triangle().isUpper(), options.left(), options.unitDiagonal());
        return Op.pure("solveTriangular", value)
                .wrt(b, g -> triangular(transpose(a), g, options.transposed()), a)
                .wrt(
                        a,
                        (g, y) -> {
                            Tensor gb = triangular(transpose(a), g.to(DataType.DOUBLE), options.transposed());
                            Tensor wide = transpose(y.to(DataType.DOUBLE));
                            Tensor full = options.left() ? gb.matmul(wide) : wide.matmul(gb);
                            return Matrices.triangle(full, options.triangle(), options.unitDiagonal())
                                    .neg()
                                    .to(a.dtype());
                        },
                        a)
                .tensor();
    }

    /**
     * y = (L Lᵀ)⁻¹ B; ∂L/∂B = (L Lᵀ)⁻¹ g, ∂L/∂L = −(C + Cᵀ) L with C = (∂L/∂B) yᵀ. As in PyTorch, the gradient of L
     * fills the whole matrix, also where L is not read.
     *
     * @param b shape (…, N, K); the batches broadcast
     * @param factor L, as {@link Decompositions#cholesky} gives it, shape (…, N, N), or R = Lᵀ
     * @param triangle the one of the factor
     */
    public static Tensor choleskySolve(Tensor b, Tensor factor, @Default("Triangle.LOWER") Triangle triangle) {
        if (DTypes.isHalf(b.dtype()) && b.dtype() == factor.dtype()) {
            return HalfTypes.wide(b, factor, (v, w) -> choleskySolve(v, w, triangle));
        }
        Matrices.checkSquare("choleskySolve", factor);
        Matrices.check("choleskySolve", b);
        OpChecks.oneType("choleskySolve", b, factor);
        Matrices.checkRows("choleskySolve", factor, b, -2, factor.size(-1));
        boolean upper = triangle.isUpper();
        Tensor l = upper ? transpose(factor.detach()) : factor.detach();
        Tensor y = solveTriangular(l, b.detach(), TriangularOptions.of(Triangle.LOWER));
        return Op.pure("choleskySolve", array(solveTriangular(transpose(l), y, TriangularOptions.of(Triangle.UPPER))))
                .wrt(b, g -> choleskySolve(g, factor, triangle), factor)
                .wrt(
                        factor,
                        (g, x) -> Scaled.ofMatrices(
                                in -> choleskySolveBackward(in.get(0), in.get(1), in.get(2), triangle), g, x, factor),
                        factor)
                .tensor();
    }

    private static Tensor choleskySolveBackward(Tensor g, Tensor x, Tensor factor, Triangle triangle) {
        Tensor c = choleskySolve(g, factor, triangle).matmul(transpose(x));
        Tensor both = c.add(transpose(c));
        return (triangle.isUpper() ? factor.matmul(both) : both.matmul(factor)).neg();
    }

    /** y = (L Lᵀ)⁻¹, from a factor as {@link #choleskySolve} takes it. */
    public static Tensor choleskyInverse(Tensor factor, @Default("Triangle.LOWER") Triangle triangle) {
        Matrices.checkSquare("choleskyInverse", factor);
        checkArgument(
                Reductions.any(Diagonals.diagonal(factor, 0, -2, -1).eq(0), new int[0], KeepDim.NO)
                                .item()
                        == 0,
                "choleskyInverse: expected a factor without 0 on its diagonal; got one of a singular matrix."
                        + " Use pinv of the matrix.");
        return choleskySolve(Tensor.eye(factor.dtype(), factor.size(-1)), factor, triangle);
    }

    /**
     * The X of least norm among those with the least Σ (A X − B)², X = A⁺ B; ∂L/∂B = A⁺ᵀ g, and ∂L/∂A is that of A⁺.
     *
     * @param a shape (…, M, N)
     * @param b shape (…, M, K), or (…, M) with the very batch of A; else the batches broadcast
     * @param tolerance singular values up to this multiple of the largest count as 0; unused by GELS
     * @throws IllegalArgumentException if a matrix is not of full rank and the driver is GELS, or an element is
     *     infinite or NaN
     */
    public static LstsqResult lstsq(Tensor a, Tensor b, Driver driver, double tolerance) {
        if (DTypes.isHalf(a.dtype()) && a.dtype() == b.dtype()) {
            LstsqResult wide = lstsq(HalfTypes.widened(a), HalfTypes.widened(b), driver, tolerance);
            return new LstsqResult(
                    wide.solution().to(a.dtype()),
                    wide.residuals().to(a.dtype()),
                    wide.rank(),
                    wide.singularValues().to(a.dtype()));
        }
        Matrices.check("lstsq", a);
        OpChecks.oneType("lstsq", a, b);
        boolean vectors = isVectors(a, b);
        Tensor right = vectors ? b.unsqueeze(-1) : b;
        checkArgument(
                a.ndim() == right.ndim(),
                "lstsq: expected a right side of shape (…, M, K) or (…, M); got shapes %s and %s. Give both the same"
                        + " number of batch dims.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        Matrices.checkRows("lstsq", a, right, -2, a.size(-2));
        INDArray[] found =
                LeastSquares.solve(array(a), array(right), LeastSquares.Method.valueOf(driver.name()), tolerance);
        RankOptions options = RankOptions.defaults().withRelative(tolerance);
        Tensor solution = Op.pure("lstsq", found[0])
                .wrt(a, (g, x) -> lstsqBackward(g, x, a, right, options), a, right)
                .wrt(right, g -> transpose(pinv(a, options)).matmul(g), a)
                .tensor();
        Tensor rank = Tensor.of(found[1]);
        boolean determined = a.size(-2) > a.size(-1)
                && driver != Driver.GELSY
                && rank.eq(a.size(-1)).all().item() != 0;
        Tensor residuals = determined ? squaredResiduals(a, solution, right) : Tensor.zeros(a.dtype(), 0);
        return new LstsqResult(vectors ? solution.squeeze(-1) : solution, residuals, rank, Tensor.of(found[2]));
    }

    /**
     * With R = B − A X, ∂L/∂A = −A⁺ᵀ g Xᵀ + R gᵀ A⁺ A⁺ᵀ + A⁺ᵀ X gᵀ (I − A⁺ A). R, which stands beside A⁺ twice, is as
     * small as A, so that each product fits if a power of two goes from A⁺ to R.
     */
    private static Tensor lstsqBackward(Tensor g, Tensor x, Tensor a, Tensor b, RankOptions options) {
        Tensor wide = a.to(DataType.DOUBLE);
        Tensor inverse = pinv(wide, options);
        Tensor turned = transpose(inverse);
        Tensor gt = transpose(g.to(DataType.DOUBLE));
        Tensor pull = gt.matmul(inverse);
        double unit = Math.scalb(1.0, Math.max(-1000, Math.getExponent(largest(inverse))));
        Tensor own = transpose(pull).matmul(transpose(x.to(DataType.DOUBLE)));
        Tensor rest = residuals(a, x, b).mul(unit).matmul(pull.div(unit).matmul(turned));
        Tensor free = turned.matmul(x.to(DataType.DOUBLE)).matmul(gt.sub(pull.matmul(wide)));
        return free.sub(own).sub(rest).to(a.dtype());
    }

    private static double largest(Tensor x) {
        return x.numel() == 0
                ? 1
                : Reductions.amax(x.detach().abs(), new int[0], KeepDim.NO).item();
    }

    /**
     * y = Σ R² over the rows of R = A X − B; with G = 2 R g, ∂L/∂A = G Xᵀ and ∂L/∂B = −G, for Aᵀ R is 0 and leaves
     * nothing of X's own slope. R, in which digits cancel, is computed in float64.
     */
    private static Tensor squaredResiduals(Tensor a, Tensor x, Tensor b) {
        Tensor squares =
                Autograd.noGrad(() -> residuals(a, x, b).square().sum(-2).to(a.dtype()));
        return Op.pure("lstsq", array(squares))
                .wrt(
                        a,
                        g -> scaledResiduals(a, x, b, g)
                                .matmul(transpose(x.to(DataType.DOUBLE)))
                                .to(a.dtype()),
                        a,
                        x,
                        b)
                .wrt(b, g -> scaledResiduals(a, x, b, g).neg().to(b.dtype()), a, x, b)
                .tensor();
    }

    private static Tensor scaledResiduals(Tensor a, Tensor x, Tensor b, Tensor g) {
        return residuals(a, x, b).mul(g.to(DataType.DOUBLE).unsqueeze(-2)).mul(2);
    }

    private static Tensor residuals(Tensor a, Tensor x, Tensor b) {
        return a.to(DataType.DOUBLE).matmul(x.to(DataType.DOUBLE)).sub(b.to(DataType.DOUBLE));
    }

    /** The least squares solution by {@link Driver#GELSY} with PyTorch's tolerance. */
    public static LstsqResult lstsq(Tensor a, Tensor b) {
        return lstsq(a, b, Driver.GELSY);
    }

    /** The least squares solution with PyTorch's tolerance, max(M, N) times the machine epsilon of the type. */
    public static LstsqResult lstsq(Tensor a, Tensor b, Driver driver) {
        Matrices.check("lstsq", a);
        return lstsq(a, b, driver, Math.max(a.size(-1), a.size(-2)) * RankOptions.epsilon(a.dtype()));
    }

    /**
     * y = A⁺ = V diag(1 / S) Uᵀ, where 1 / S counts as 0 for singular values up to a tolerance; ∂L/∂A = −yᵀ g yᵀ
     * + (I − A y) gᵀ y yᵀ + yᵀ y gᵀ (I − y A), as long as the rank does not change (Golub and Pereyra, 1973).
     *
     * @param x matrices A, shape (…, M, N)
     * @return shape (…, N, M)
     */
    public static Tensor pinv(Tensor x, RankOptions options) {
        if (options.hermitian()) {
            Matrices.checkSquare("pinv", x);
        } else {
            Matrices.check("pinv", x);
        }
        return Op.pure("pinv", array(Pseudoinverses.of(x.detach(), options)))
                .wrt(
                        x,
                        (g, y) -> Scaled.ofMatrices(
                                Pseudoinverses::slopes, g, HalfTypes.widened(y), HalfTypes.widened(x)),
                        x)
                .tensor();
    }

    /** The pseudoinverse with PyTorch's tolerances, as {@link #pinv(Tensor, RankOptions)} does. */
    public static Tensor pinv(Tensor x) {
        return pinv(x, RankOptions.defaults());
    }

    /**
     * y = how many singular values are above a tolerance, int64.
     *
     * @param x matrices, shape (…, M, N)
     * @return shape (…), broadcast with the tolerances
     */
    public static Tensor matrixRank(Tensor x, RankOptions options) {
        Matrices.check("matrixRank", x);
        Tensor units = Scaled.units(Pseudoinverses.FAR, x, -2, -1); // in which singular values fit
        Tensor matrices = Scaled.over(x.detach(), units);
        Tensor s = options.hermitian() ? Decompositions.eigvalsh(matrices).abs() : Decompositions.svdvals(matrices);
        return options.over(units).significant(s, x).sum(-1);
    }

    /** The ranks with PyTorch's tolerances, as {@link #matrixRank(Tensor, RankOptions)} does. */
    public static Tensor matrixRank(Tensor x) {
        return matrixRank(x, RankOptions.defaults());
    }
}
