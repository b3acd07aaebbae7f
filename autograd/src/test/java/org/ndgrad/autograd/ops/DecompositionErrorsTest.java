package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Decompositions.QrMode;
import org.ndgrad.autograd.ops.Solvers.Driver;

/** What linear algebra says about matrices that it can't work with. */
class DecompositionErrorsTest {

    private static final Tensor SINGULAR =
            Tensor.of(DataType.DOUBLE, 1, 2, 2, 4).reshape(2, 2);

    @Test
    void aSingularMatrixHasNoInverse() {
        refused(
                () -> Solvers.inv(SINGULAR),
                "inv: expected invertible matrices; got a singular one, whose pivot 2 is 0. Use pinv or lstsq, or add a"
                        + " small multiple of the identity.");
        refused(
                () -> Solvers.solve(
                        Joining.stack(List.of(Tensor.eye(DataType.DOUBLE, 2), SINGULAR), 0),
                        Tensor.ones(DataType.DOUBLE, 2, 2)),
                "solve: expected invertible matrices; got a singular one, whose pivot 2 is 0 (matrix 1 of the batch)."
                        + " Use pinv or lstsq, or add a small multiple of the identity.");
    }

    @Test
    void onlyPositiveDefiniteMatricesHaveACholeskyFactor() {
        refused(
                () -> Decompositions.cholesky(SINGULAR),
                "cholesky: expected positive definite matrices; got one whose leading minor of order 2 is not positive."
                        + " Add a small multiple of the identity, or use eigh.");
        refused(
                () -> Decompositions.cholesky(
                        Tensor.of(DataType.DOUBLE, Double.NaN).reshape(1, 1)),
                "cholesky: expected positive definite matrices; got one whose leading minor of order 1 is not positive."
                        + " Add a small multiple of the identity, or use eigh.");
    }

    @Test
    void numbersThatAreNotFiniteNeverReachAnIteration() {
        Tensor bad = Tensor.of(DataType.DOUBLE, 1, Double.POSITIVE_INFINITY, Double.NaN, 4)
                .reshape(2, 2);
        refused(
                () -> Decompositions.svd(bad),
                "svd: expected finite elements; got NaN. Look for what made it, or clamp.");
        refused(
                () -> Decompositions.eigh(bad, Triangle.UPPER),
                "eigh: expected finite elements; got Infinity. Look for what made it, or clamp.");
        refused(
                () -> Solvers.lstsq(bad, bad),
                "lstsq: expected finite elements; got NaN. Look for what made it, or clamp.");
    }

    @Test
    void matricesAreSquareAndFloating() {
        refused(
                () -> Determinants.det(Tensor.zeros(2, 3)),
                "det: expected square matrices of shape (…, N, N); got shape (2, 3). Use lstsq, pinv or svd for others.");
        refused(
                () -> Decompositions.qr(Tensor.zeros(3)),
                "qr: expected matrices of shape (…, N, M); got shape (3). Use unsqueeze.");
        refused(
                () -> MatrixFunctions.matrixExp(Tensor.zeros(DataType.INT64, 2, 2)),
                "matrixExp: expected a tensor of a floating type; got int64. Convert it with to(DataType.FLOAT).");
    }

    @Test
    void rightSidesFit() {
        Tensor eye = Tensor.eye(DataType.DOUBLE, 2);
        refused(
                () -> Solvers.solve(eye, Tensor.zeros(2)),
                "solve: expected operands of one type; got float64 and float32. Convert one with to(…).");
        refused(
                () -> Solvers.solve(eye, Tensor.zeros(DataType.DOUBLE, 3, 2)),
                "solve: expected size 2 in dim -2 of the right side; got shapes (2, 2) and (3, 2). Transpose or reshape"
                        + " one of them.");
        refused(
                () -> Solvers.solveTriangular(
                        eye,
                        Tensor.zeros(DataType.DOUBLE, 2, 3),
                        TriangularOptions.of(Triangle.UPPER).withLeft(false)),
                "solveTriangular: expected size 2 in dim -1 of the right side; got shapes (2, 2) and (2, 3). Transpose or"
                        + " reshape one of them.");
        refused(
                () -> Solvers.lstsq(Tensor.zeros(DataType.DOUBLE, 4, 3, 2), Tensor.zeros(DataType.DOUBLE, 3, 2)),
                "lstsq: expected a right side of shape (…, M, K) or (…, M); got shapes (4, 3, 2) and (3, 2). Give both the"
                        + " same number of batch dims.");
    }

    @Test
    void gelsNeedsFullRank() {
        refused(
                () -> Solvers.lstsq(
                        Tensor.of(DataType.DOUBLE, 1, 0, 0, 0).reshape(2, 2),
                        Tensor.ones(DataType.DOUBLE, 2),
                        Driver.GELS),
                "lstsq: expected matrices of full rank; got error code 2 for matrix 0. Use the driver GELSY or GELSD.");
    }

    @Test
    void theCompleteQOfATallMatrixHasNoGradient() {
        Tensor x = Tensor.of(DataType.DOUBLE, 1, 2).reshape(2, 1).requiresGrad(true);
        Tensor q = Decompositions.qr(x, QrMode.COMPLETE).q();
        refused(
                () -> q.sum().backward(),
                "qr: expected mode REDUCED, or square or wide matrices; got a gradient for the complete Q of shape (2, 2)"
                        + " and R of shape (2, 1). Columns of Q beyond those of R are not unique: use REDUCED.");
    }

    @Test
    void matrixNormsHaveTheirOwnOrdersAndDims() {
        refused(
                () -> MatrixOrder.of(3),
                "matrixNorm: expected the order 1, -1, 2, -2 or an infinity; got 3.0. Use norm for other orders.");
        refused(
                () -> MatrixFunctions.matrixNorm(SINGULAR, MatrixOrder.TWO, new int[] {0}, KeepDim.NO),
                "matrixNorm: expected two dims; got [0]. Use norm for vectors.");
        refused(
                () -> MatrixFunctions.matrixNorm(SINGULAR, MatrixOrder.TWO, new int[] {1, -1}, KeepDim.NO),
                "matrixNorm: expected distinct dims; got [1, -1]. Name each once.");
        assertThatThrownBy(() -> MatrixFunctions.matrixNorm(SINGULAR, MatrixOrder.ONE, new int[] {0, 2}, KeepDim.NO))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("matrixNorm: expected a dim from -2 to 1");
    }

    @Test
    void aSingularFactorHasNoInverse() {
        refused(
                () -> Solvers.choleskyInverse(
                        Tensor.of(DataType.DOUBLE, new double[][] {{1, 0}, {1, 0}}), Triangle.LOWER),
                "choleskyInverse: expected a factor without 0 on its diagonal; got one of a singular matrix. Use pinv of the"
                        + " matrix.");
    }

    @Test
    void tolerancesBroadcastWithTheBatch() {
        RankOptions three = RankOptions.defaults().withAbsolute(Tensor.zeros(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solvers.matrixRank(Tensor.ones(2, 2, 2), three))
                .withMessageContaining("broadcast");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
