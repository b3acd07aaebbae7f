package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Decompositions;
import org.ndgrad.autograd.ops.Decompositions.QrMode;
import org.ndgrad.autograd.ops.Determinants;
import org.ndgrad.autograd.ops.Eigh;
import org.ndgrad.autograd.ops.MatrixFunctions;
import org.ndgrad.autograd.ops.MatrixOrder;
import org.ndgrad.autograd.ops.RankOptions;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.Solvers;
import org.ndgrad.autograd.ops.Solvers.Driver;
import org.ndgrad.autograd.ops.Svd;
import org.ndgrad.autograd.ops.Triangle;
import org.ndgrad.autograd.ops.TriangularOptions;

/** The rows of linear algebra by decompositions; of what is unique up to a sign, something else is looked at. */
final class DecompositionCases {

    private static final Domain ANY = in(-1.3, 1.2);
    private static final Domain OTHER = in(-0.9, 1.4);

    private DecompositionCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(decompositions(), solvers(), leastSquares(), determinants(), functions())
                .flatMap(rows -> rows);
    }

    private static Stream<OpCase> decompositions() {
        return Stream.of(
                square("cholesky", x -> Decompositions.cholesky(definite(x))),
                square("cholesky", x -> Decompositions.cholesky(definite(x), Triangle.UPPER))
                        .as("upper"),
                any("qr", x -> Decompositions.qr(dominant(x)).q()).as("Q"),
                any("qr", x -> Decompositions.qr(dominant(x)).r()).as("R"),
                any("qr", x -> Decompositions.qr(dominant(x), QrMode.R).r()).as("R alone"),
                row("qr", x -> Decompositions.qr(x.get(0), QrMode.COMPLETE).q())
                        .as("complete")
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 0, 2)),
                any("lu", x -> Decompositions.lu(pivoting(x)).l()).as("L"),
                any("lu", x -> Decompositions.lu(pivoting(x)).u()).as("U"),
                square("eigh", x -> Decompositions.eigh(definite(x)).eigenvalues())
                        .as("values"),
                square(
                                "eigh",
                                x -> Decompositions.eigh(definite(x))
                                        .eigenvectors()
                                        .square())
                        .as("vectors"),
                square("eigh", x -> cubed(Decompositions.eigh(definite(x), Triangle.UPPER)))
                        .as("upper"),
                square("eigvalsh", x -> Decompositions.eigvalsh(definite(x))),
                square("eigvalsh", x -> Decompositions.eigvalsh(definite(x), Triangle.UPPER))
                        .as("upper"),
                any("svd", x -> Decompositions.svd(dominant(x)).s()).as("S"),
                any("svd", x -> Decompositions.svd(dominant(x)).u().square()).as("U"),
                any("svd", x -> Decompositions.svd(dominant(x)).vt().square()).as("Vt"),
                any("svd", x -> cubed(Decompositions.svd(dominant(x)))).as("all"),
                row(
                                "svd",
                                x -> Decompositions.svd(x.get(0), true)
                                        .u()
                                        .slice(-1, 0, 2)
                                        .square())
                        .as("full")
                        .on(sample(ANY, 3, 2)),
                any("svdvals", x -> Decompositions.svdvals(dominant(x))));
    }

    private static Tensor cubed(Eigh parts) {
        Tensor scaled = parts.eigenvectors().mul(parts.eigenvalues().pow(3).unsqueeze(-2));
        return scaled.matmul(parts.eigenvectors().transpose(-2, -1));
    }

    private static Tensor cubed(Svd parts) {
        return parts.u().mul(parts.s().pow(3).unsqueeze(-2)).matmul(parts.vt());
    }

    private static Stream<OpCase> solvers() {
        return Stream.of(
                square("inv", x -> Solvers.inv(dominant(x))),
                row("solve", x -> Solvers.solve(dominant(x.get(0)), x.get(1)))
                        .on(sample(ANY, 3, 3), sample(OTHER, 3, 2))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2))
                        .on(sample(ANY, 2, 2, 2), sample(OTHER, 2, 2))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 2, 1))
                        .on(sample(ANY, 2, 1, 2, 2), sample(OTHER, 2, 2, 1))
                        .on(sample(ANY, 0, 0), sample(OTHER, 0, 2))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 0)),
                row("solveRight", x -> Solvers.solveRight(dominant(x.get(0)), x.get(1)))
                        .on(sample(ANY, 3, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 1, 2))
                        .on(sample(ANY, 0, 2, 2), sample(OTHER, 0, 1, 2)),
                triangular(TriangularOptions.of(Triangle.LOWER)).as("lower"),
                triangular(TriangularOptions.of(Triangle.UPPER).withUnitDiagonal(true))
                        .as("upper, unit diagonal"),
                triangular(TriangularOptions.of(Triangle.UPPER).withLeft(false)).as("upper, right"),
                triangular(TriangularOptions.of(Triangle.LOWER).withLeft(false).withUnitDiagonal(true))
                        .as("lower, right, unit diagonal"),
                row("choleskySolve", x -> Solvers.choleskySolve(x.get(0), lower(x.get(1)), Triangle.LOWER))
                        .on(sample(OTHER, 3, 2), sample(ANY, 3, 3))
                        .on(sample(OTHER, 2, 2, 1), sample(ANY, 2, 2))
                        .on(sample(OTHER, 0, 2), sample(ANY, 0, 0)),
                row(
                                "choleskySolve",
                                x -> Solvers.choleskySolve(
                                        x.get(0), lower(x.get(1)).transpose(-2, -1), Triangle.UPPER))
                        .as("upper")
                        .on(sample(OTHER, 3, 2), sample(ANY, 3, 3)),
                square("choleskyInverse", x -> Solvers.choleskyInverse(lower(x), Triangle.LOWER)));
    }

    private static OpCase triangular(TriangularOptions options) {
        return row("solveTriangular", x -> Solvers.solveTriangular(dominant(x.get(0)), x.get(1), options))
                .on(sample(ANY, 2, 2), sample(OTHER, 2, 2))
                .on(sample(ANY, 3, 1, 2, 2), sample(OTHER, 2, 2, 2))
                .on(sample(ANY, 0, 0), sample(OTHER, 0, 0));
    }

    private static Stream<OpCase> leastSquares() {
        return Stream.of(
                lstsq(Driver.GELSY).as("gelsy"),
                lstsq(Driver.GELS).as("gels"),
                lstsq(Driver.GELSD).as("gelsd"),
                row(
                                "lstsq",
                                x -> Solvers.lstsq(x.get(0), x.get(1), Driver.GELSS)
                                        .residuals())
                        .as("residuals")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 2))
                        .on(sample(ANY, 2, 3, 1), sample(OTHER, 1, 3, 2)),
                row("lstsq", x -> Solvers.lstsq(x.get(0), x.get(1)).rank())
                        .as("rank")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3))
                        .notDifferentiable(),
                any("pinv", x -> Solvers.pinv(dominant(x))),
                square(
                                "pinv",
                                x -> Solvers.pinv(
                                        definite(x), RankOptions.defaults().withHermitian(true)))
                        .as("symmetric"),
                row("pinv", x -> Solvers.pinv(x.get(0).matmul(x.get(1))))
                        .as("low rank")
                        .on(sample(ANY, 3, 1), sample(OTHER, 1, 2)),
                any("matrixRank", Solvers::matrixRank).notDifferentiable(),
                square(
                                "matrixRank",
                                x -> Solvers.matrixRank(
                                        x, RankOptions.defaults().withAbsolute(0.5)))
                        .as("up to a tolerance")
                        .notDifferentiable());
    }

    private static OpCase lstsq(Driver driver) {
        return row(
                        "lstsq",
                        x -> Solvers.lstsq(dominant(x.get(0)), x.get(1), driver).solution())
                .on(sample(ANY, 3, 2), sample(OTHER, 3, 2))
                .on(sample(ANY, 2, 3), sample(OTHER, 2))
                .on(sample(ANY, 2, 3, 2), sample(OTHER, 1, 3, 1))
                .on(sample(ANY, 0, 2), sample(OTHER, 0, 1))
                .on(sample(ANY, 2, 0), sample(OTHER, 2, 1));
    }

    private static Stream<OpCase> determinants() {
        return Stream.of(
                square("det", x -> Determinants.det(dominant(x))),
                row("det", x -> Determinants.det(x.get(0)))
                        .as("singular")
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 2, 4).reshape(2, 2))
                        .on(Tensor.zeros(DataType.DOUBLE, 2, 2))
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 3, 2, 4, 6, 1, 0, 1)
                                .reshape(3, 3))
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 3, 2, 4, 6, 0, 0, 0)
                                .reshape(3, 3))
                        .on(Tensor.of(DataType.DOUBLE, 0).reshape(1, 1)),
                square("slogdet", x -> Determinants.slogdet(dominant(x)).logAbsDet()),
                square("logdet", x -> Determinants.logdet(dominant(x))));
    }

    private static Stream<OpCase> functions() {
        return Stream.of(
                square("matrixExp", MatrixFunctions::matrixExp),
                row("matrixExp", x -> MatrixFunctions.matrixExp(x.get(0).mul(9)))
                        .as("scaled")
                        .on(sample(in(-1, 0.2), 2, 2)),
                norm(MatrixOrder.FROBENIUS),
                norm(MatrixOrder.NUCLEAR),
                norm(MatrixOrder.INFINITY),
                norm(MatrixOrder.MINUS_INFINITY),
                norm(MatrixOrder.ONE),
                norm(MatrixOrder.MINUS_ONE),
                norm(MatrixOrder.TWO),
                norm(MatrixOrder.MINUS_TWO),
                row("cond", x -> MatrixFunctions.cond(x.get(0))).on(sample(ANY, 3, 2)),
                row("cond", x -> MatrixFunctions.cond(dominant(x.get(0)), MatrixOrder.FROBENIUS))
                        .as("by another norm")
                        .on(sample(ANY, 2, 2)));
    }

    private static OpCase norm(MatrixOrder order) {
        return row("matrixNorm", x -> MatrixFunctions.matrixNorm(x.get(0), order, new int[] {2, 0}, x.size() > 1))
                .as(order.toString())
                .on(sample(ANY, 3, 2, 2))
                .on(sample(ANY, 2, 0, 2));
    }

    private static OpCase square(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 3))
                .on(sample(ANY, 2, 2, 2))
                .on(sample(ANY, 1, 1))
                .on(sample(ANY, 0, 0))
                .on(sample(ANY, 0, 2, 2));
    }

    private static OpCase any(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 2))
                .on(sample(ANY, 2, 3))
                .on(sample(ANY, 2, 2, 2))
                .on(sample(ANY, 2, 0))
                .on(sample(ANY, 0, 2));
    }

    /** Returns matrices that are far from singular, with distinct singular values. */
    private static Tensor dominant(Tensor x) {
        return x.add(diagonal(x));
    }

    /** Returns matrices whose rows are exchanged when they are factored. */
    private static Tensor pivoting(Tensor x) {
        return Shaping.flip(dominant(x), -2);
    }

    /** Returns symmetric positive definite matrices with distinct eigenvalues. */
    private static Tensor definite(Tensor x) {
        Tensor both = x.add(x.transpose(-2, -1)).add(diagonal(x));
        return both.matmul(both).add(diagonal(x));
    }

    private static Tensor lower(Tensor x) {
        Tensor rows = Tensor.arange(x.size(-2)).unsqueeze(1);
        return dominant(x).mul(rows.ge(Tensor.arange(x.size(-1))).to(x.dtype()));
    }

    /** Returns 3, 4, 5 … on the diagonal. */
    private static Tensor diagonal(Tensor x) {
        Tensor rows = Tensor.arange(x.size(-2)).unsqueeze(1);
        Tensor isDiagonal = rows.eq(Tensor.arange(x.size(-1)));
        return rows.add(3).mul(isDiagonal).to(x.dtype());
    }
}
