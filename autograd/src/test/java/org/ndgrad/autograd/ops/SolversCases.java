package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.MatrixSamples.ANY;
import static org.ndgrad.autograd.ops.MatrixSamples.OTHER;
import static org.ndgrad.autograd.ops.MatrixSamples.any;
import static org.ndgrad.autograd.ops.MatrixSamples.definite;
import static org.ndgrad.autograd.ops.MatrixSamples.dominant;
import static org.ndgrad.autograd.ops.MatrixSamples.square;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Solvers.Driver;

/** The rows of {@link Solvers}. */
final class SolversCases {

    private SolversCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                square("inverse", x -> Solvers.inverse(dominant(x))),
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
                square("choleskyInverse", x -> Solvers.choleskyInverse(lower(x), Triangle.LOWER)),
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
                row(
                                "lstsq",
                                x -> Solvers.lstsq(x.get(0).matmul(x.get(1)), x.get(2), Driver.GELSD, 1e-5)
                                        .solution())
                        .as("low rank, up to a tolerance")
                        .on(sample(ANY, 3, 1), sample(OTHER, 1, 2), sample(OTHER, 3, 2)),
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

    private static OpCase triangular(TriangularOptions options) {
        return row("solveTriangular", x -> Solvers.solveTriangular(dominant(x.get(0)), x.get(1), options))
                .on(sample(ANY, 2, 2), sample(OTHER, 2, 2))
                .on(sample(ANY, 3, 1, 2, 2), sample(OTHER, 2, 2, 2))
                .on(sample(ANY, 0, 0), sample(OTHER, 0, 0));
    }

    private static Tensor lower(Tensor x) {
        Tensor rows = Tensor.arange(x.size(-2)).unsqueeze(1);
        return dominant(x).mul(rows.ge(Tensor.arange(x.size(-1))).to(x.dtype()));
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
}
