package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Decompositions;
import org.ndgrad.autograd.ops.Decompositions.QrMode;
import org.ndgrad.autograd.ops.Determinants;
import org.ndgrad.autograd.ops.Eigh;
import org.ndgrad.autograd.ops.LstsqResult;
import org.ndgrad.autograd.ops.MatrixFunctions;
import org.ndgrad.autograd.ops.MatrixOrder;
import org.ndgrad.autograd.ops.Plu;
import org.ndgrad.autograd.ops.Qr;
import org.ndgrad.autograd.ops.RankOptions;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Slogdet;
import org.ndgrad.autograd.ops.Solvers;
import org.ndgrad.autograd.ops.Solvers.Driver;
import org.ndgrad.autograd.ops.Svd;
import org.ndgrad.autograd.ops.Triangle;
import org.ndgrad.autograd.ops.TriangularOptions;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of linear algebra by decompositions. */
final class DecompositionCalls {

    private DecompositionCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(decompositions())
                .addAll(solvers())
                .addAll(functions())
                .build();
    }

    private static List<Row> decompositions() {
        return ImmutableList.of(
                one(
                        "linalg.cholesky",
                        "Decompositions.cholesky",
                        a -> Decompositions.cholesky(a.input(), upper(a, -1, "upper"))),
                many("linalg.qr", "Decompositions.qr", a -> {
                    Qr parts = Decompositions.qr(
                            a.input(), QrMode.valueOf(Ascii.toUpperCase(a.text(1, "mode", "reduced"))));
                    return List.of(parts.q(), parts.r());
                }),
                many("linalg.lu", "Decompositions.lu", a -> {
                    if (!a.flag(-1, "pivot", true)) {
                        throw new Calls.Unsupported("factors without exchanging rows");
                    }
                    Plu parts = Decompositions.lu(a.input());
                    return List.of(parts.p(), parts.l(), parts.u());
                }),
                many("linalg.eigh", "Decompositions.eigh", a -> {
                    Eigh parts = Decompositions.eigh(a.input(), triangle(a));
                    return List.of(parts.eigenvalues(), parts.eigenvectors());
                }),
                one("linalg.eigvalsh", "Decompositions.eigvalsh", a -> Decompositions.eigvalsh(a.input(), triangle(a))),
                many("linalg.svd", "Decompositions.svd", a -> {
                    Svd parts = Decompositions.svd(
                            a.input(),
                            a.flag(1, "full_matrices", true)
                                    ? Decompositions.SingularVectors.FULL
                                    : Decompositions.SingularVectors.REDUCED);
                    return List.of(parts.u(), parts.s(), parts.vt());
                }),
                one("linalg.svdvals", "Decompositions.svdvals", a -> Decompositions.svdvals(a.input())));
    }

    private static Triangle triangle(Arguments a) {
        return Ascii.equalsIgnoreCase(a.text(1, "UPLO", "L"), "U") ? Triangle.UPPER : Triangle.LOWER;
    }

    private static Triangle upper(Arguments a, int position, String name) {
        return a.flag(position, name, false) ? Triangle.UPPER : Triangle.LOWER;
    }

    private static List<Row> solvers() {
        return ImmutableList.of(
                one("linalg.inv", "Solvers.inv", a -> Solvers.inv(a.input())),
                one(
                        "linalg.solve",
                        "Solvers.solve, Solvers.solveRight",
                        a -> a.flag(-1, "left", true)
                                ? Solvers.solve(a.input(), a.tensor(1, "B"))
                                : Solvers.solveRight(a.input(), a.tensor(1, "B"))),
                one("linalg.solve_triangular", "Solvers.solveTriangular", DecompositionCalls::solveTriangular),
                one(
                        "cholesky_solve",
                        "Solvers.choleskySolve",
                        a -> Solvers.choleskySolve(a.input(), a.tensor(1, "L"), upper(a, 2, "upper"))),
                one(
                        "cholesky_inverse",
                        "Solvers.choleskyInverse",
                        a -> Solvers.choleskyInverse(a.input(), upper(a, 1, "upper"))),
                many("linalg.lstsq", "Solvers.lstsq", a -> {
                    LstsqResult result = lstsq(a);
                    return a.isVariant("grad_oriented")
                            ? List.of(result.solution(), result.residuals())
                            : List.of(result.solution(), result.residuals(), result.rank(), result.singularValues());
                }),
                one(
                        "linalg.pinv",
                        "Solvers.pinv",
                        a -> Solvers.pinv(
                                a.isVariant("singular") // of a product of low rank
                                        ? a.input().matmul(a.tensor(1, "b").transpose(-2, -1))
                                        : a.input(),
                                rank(a))),
                one("linalg.matrix_rank", "Solvers.matrixRank", a -> Solvers.matrixRank(a.input(), rank(a))));
    }

    private static Tensor solveTriangular(Arguments a) {
        TriangularOptions options = TriangularOptions.of(upper(a, -1, "upper"));
        options = a.flag(-1, "left", true) ? options : options.withLeft(false);
        options = a.flag(-1, "unitriangular", false) ? options.withUnitDiagonal(true) : options;
        return Solvers.solveTriangular(a.input(), a.tensor(1, "B"), options);
    }

    private static LstsqResult lstsq(Arguments a) {
        Driver driver = Driver.valueOf(Ascii.toUpperCase(a.text(-1, "driver", "gelsy")));
        return a.has(2, "rcond")
                ? Solvers.lstsq(a.input(), a.tensor(1, "B"), driver, a.real(2, "rcond", 0))
                : Solvers.lstsq(a.input(), a.tensor(1, "B"), driver);
    }

    private static RankOptions rank(Arguments a) {
        RankOptions options = RankOptions.defaults();
        if (a.has(-1, "atol")) {
            options = a.isTensor(-1, "atol")
                    ? options.withAbsolute(a.tensor(-1, "atol"))
                    : options.withAbsolute(a.real(-1, "atol", 0));
        }
        if (a.has(-1, "rtol")) {
            options = a.isTensor(-1, "rtol")
                    ? options.withRelative(a.tensor(-1, "rtol"))
                    : options.withRelative(a.real(-1, "rtol", 0));
        }
        return a.flag(-1, "hermitian", false) ? options.withHermitian(true) : options;
    }

    private static List<Row> functions() {
        return ImmutableList.of(
                one("linalg.det", "Determinants.det", a -> Determinants.det(a.input())),
                many("linalg.slogdet", "Determinants.slogdet", a -> {
                    Slogdet parts = Determinants.slogdet(a.input());
                    return List.of(parts.sign(), parts.logAbsDet());
                }),
                one("logdet", "Determinants.logdet", a -> Determinants.logdet(a.input())),
                one("matrix_exp", "MatrixFunctions.matrixExp", a -> MatrixFunctions.matrixExp(a.input())),
                one("linalg.matrix_norm", "MatrixFunctions.matrixNorm", a -> {
                    int[] dims = a.has(2, "dim") ? a.dims(2, "dim") : new int[] {-2, -1};
                    KeepDim keepDim = a.keepDim(3);
                    return MatrixFunctions.matrixNorm(converted(a, 4), order(a), dims, keepDim);
                }),
                one("linalg.norm", "MatrixFunctions.matrixNorm, Reductions.norm", DecompositionCalls::norm),
                one(
                        "linalg.cond",
                        "MatrixFunctions.cond",
                        a -> a.has(1, "p")
                                ? MatrixFunctions.cond(a.input(), order(a))
                                : MatrixFunctions.cond(a.input())));
    }

    private static Tensor norm(Arguments a) {
        Tensor x = converted(a, 4);
        KeepDim keepDim = a.keepDim(3);
        int[] dims = a.dims(2, "dim");
        boolean isMatrix = a.has(1, "ord") && (dims.length == 2 || (dims.length == 0 && x.ndim() == 2));
        return isMatrix
                ? MatrixFunctions.matrixNorm(x, order(a), dims.length == 0 ? new int[] {0, 1} : dims, keepDim)
                : Reductions.norm(x, a.real(1, "ord", 2), dims, keepDim);
    }

    private static Tensor converted(Arguments a, int position) {
        return a.dtype(position, "dtype").map(a.input()::to).orElse(a.input());
    }

    private static MatrixOrder order(Arguments a) {
        Object order = a.value(1, "ord").or(() -> a.value(1, "p")).orElse("fro");
        return order instanceof Number number
                ? MatrixOrder.of(number.doubleValue())
                : order.equals("nuc") ? MatrixOrder.NUCLEAR : MatrixOrder.FROBENIUS;
    }
}
