package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ndgrad.autograd.Tensors.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Decompositions.QrMode;
import org.ndgrad.autograd.ops.Solvers.Driver;

/** Factors multiply to what they are factors of, at sizes and in corners that the op table leaves out. */
class DecompositionsTest {

    private static final int LARGE = 150; // LAPACK works in blocks and OpenBLAS in parallel

    private static final Tensor A = Tensor.randn(DataType.DOUBLE, new Rng(1), LARGE, LARGE);

    @Test
    void largeMatricesAreInvertedOnASmallStack() throws InterruptedException {
        Tensor[] found = new Tensor[2];
        Thread thread = new Thread(
                null,
                () -> {
                    found[0] = Solvers.inv(A);
                    found[1] = MatrixFunctions.matrixExp(A);
                },
                "small stack",
                1 << 20);
        thread.start();
        thread.join();

        assertSame(A.matmul(found[0]), eye(LARGE), 1e-9);
        assertSame(
                found[1].matmul(MatrixFunctions.matrixExp(A.neg())).select(0, 0),
                eye(LARGE).select(0, 0),
                1e-3);
    }

    @Test
    void largeMatricesAreTheProductsOfTheirFactors() {
        Qr qr = Decompositions.qr(A);
        assertSame(qr.q().matmul(qr.r()), A, 1e-11);
        Plu lu = Decompositions.lu(A);
        assertSame(lu.p().matmul(lu.l()).matmul(lu.u()), A, 1e-11);
        Svd svd = Decompositions.svd(A);
        assertSame(svd.u().mul(svd.s()).matmul(svd.vt()), A, 1e-11);
        Tensor symmetric = A.matmul(A.t());
        Eigh eigh = Decompositions.eigh(symmetric);
        assertSame(
                eigh.eigenvectors()
                        .mul(eigh.eigenvalues())
                        .matmul(eigh.eigenvectors().t()),
                symmetric,
                1e-10);
        Tensor l = Decompositions.cholesky(symmetric);
        assertSame(l.matmul(l.t()), symmetric, 1e-11);
    }

    @Test
    void completeFactorsAreSquareAlsoOfEmptyMatrices() {
        Tensor tall = A.slice(1, 0, 3).slice(0, 0, 5);
        Qr qr = Decompositions.qr(tall, QrMode.COMPLETE);
        assertSame(qr.q().matmul(qr.r()), tall, 1e-13);
        assertSame(qr.q().t().matmul(qr.q()), eye(5), 1e-13);
        Svd svd = Decompositions.svd(tall.t(), Decompositions.SingularVectors.FULL);
        assertThat(svd.u().shape()).containsExactly(3, 3);
        assertThat(svd.vt().shape()).containsExactly(5, 5);
        assertSame(svd.vt().matmul(svd.vt().t()), eye(5), 1e-13);

        Tensor empty = Tensor.zeros(DataType.DOUBLE, 2, 3, 0);
        assertSame(Decompositions.lu(empty).p(), eye(3).expand(2, 3, 3), 0);
        assertSame(Decompositions.qr(empty, QrMode.COMPLETE).q(), eye(3).expand(2, 3, 3), 0);
        assertSame(
                Decompositions.svd(empty, Decompositions.SingularVectors.FULL).u(), eye(3).expand(2, 3, 3), 0);
        assertThat(Decompositions.qr(tall, QrMode.R).q().shape()).containsExactly(0);
    }

    @Test
    void onlyOneTriangleIsRead() {
        Tensor x = Tensor.of(DataType.DOUBLE, 4, 1, 2, 5).reshape(2, 2);
        assertSame(
                Decompositions.cholesky(x),
                Tensor.of(DataType.DOUBLE, 2, 0, 1, 2).reshape(2, 2),
                1e-15);
        Tensor upper = Decompositions.eigvalsh(x, Triangle.UPPER);
        assertThat(upper.toDoubleArray()[0] * upper.toDoubleArray()[1]).isCloseTo(19, within(1e-12));
    }

    @Test
    void equalSingularValuesHaveGradients() {
        Tensor x = eye(3).requiresGrad(true);
        Decompositions.svdvals(x).sum().backward();
        assertSame(x.grad(), eye(3), 1e-15);
        Tensor y = eye(3).requiresGrad(true);
        Decompositions.eigvalsh(y).sum().backward();
        assertSame(y.grad(), eye(3), 1e-15);
    }

    @Test
    void determinantsOfLargeSingularMatricesHaveTheirCofactorsAsGradient() {
        Tensor flat = eye(20).mul(Tensor.arange(20).ne(0).to(DataType.DOUBLE)).requiresGrad(true);
        Determinants.det(flat).backward();
        double[] gradient = flat.grad().toDoubleArray();
        assertThat(gradient[0]).isCloseTo(1, within(1e-13));
        gradient[0] = 0;
        assertThat(gradient).containsOnly(new double[400], within(1e-13));
    }

    @Test
    void logarithmsOfDeterminantsNeitherOverflowNorHideTheirSign() {
        Tensor huge = eye(100).mul(-1e10).slice(0, 0, 99).slice(1, 0, 99);
        Slogdet parts = Determinants.slogdet(huge);
        assertThat(parts.sign().item()).isEqualTo(-1);
        assertThat(parts.logAbsDet().item()).isCloseTo(99 * Math.log(1e10), within(1e-9));
        assertThat(Determinants.logdet(huge).item()).isNaN();
        Tensor zero = Tensor.zeros(DataType.DOUBLE, 2, 2);
        assertThat(Determinants.slogdet(zero).sign().item()).isZero();
        assertThat(Determinants.logdet(zero).item()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Determinants.det(Tensor.zeros(DataType.DOUBLE, 0, 0)).item()).isEqualTo(1);
    }

    /** Each element of an inverse depends on each element of the matrix. */
    @ParameterizedTest
    @CsvSource({"HALF, 2", "FLOAT, 1", "FLOAT, 2", "FLOAT, 3", "DOUBLE, 2", "DOUBLE, 5", "DOUBLE, 40", "DOUBLE, 150"})
    void nanAnywhereInAMatrixIsInWhatLuFactorsGive(DataType type, int n) {
        Tensor regular = Tensor.randn(DataType.DOUBLE, new Rng(2), n, n).add(eye(n).mul(2 * n));
        Tensor right = Tensor.ones(type, n, 2);
        for (int place : new int[] {0, n / 2, n * (n - 1), n * n / 2, n * n - 1}) {
            Tensor nan = regular.flatten().clone();
            nan.set(Double.NaN, place);
            Tensor x = nan.reshape(n, n).to(type);
            Plu lu = Decompositions.lu(x);
            String where = type + " at " + place;

            assertThat(Solvers.inv(x).toDoubleArray()).as(where).containsOnly(Double.NaN);
            assertThat(Solvers.solve(x, right).toDoubleArray()).as(where).containsOnly(Double.NaN);
            assertThat(Solvers.solve(x.t(), right).toDoubleArray()).as(where).containsOnly(Double.NaN);
            assertThat(Determinants.det(x).item()).as(where).isNaN();
            assertThat(Determinants.slogdet(x).sign().item()).as(where).isNaN();
            assertThat(Determinants.logdet(x).item()).as(where).isNaN();
            assertThat(lu.u().get(n - 1, n - 1).item()).as(where).isNaN();
        }
        Tensor pair = Joining.stack(List.of(regular.mul(Double.NaN), regular), 0);
        assertSame(Solvers.inv(pair).get(1), Solvers.inv(regular), 0);
    }

    @Test
    void luFactorsAreNanFromTheFirstPivotThatIs() {
        Tensor tall = Tensor.of(DataType.DOUBLE, 8, 1, 2, Double.NaN, 4, 5).reshape(3, 2);
        assertThat(Decompositions.lu(tall).l().toDoubleArray()).containsExactly(1, 0, 0.25, 1, 0.5, Double.NaN);
        assertThat(Decompositions.lu(tall).u().toDoubleArray()).containsExactly(8, 1, 0, Double.NaN);
        Tensor wide = Tensor.of(DataType.DOUBLE, Double.NaN, 1, 3, 2, 3, 4).reshape(2, 3);
        assertThat(Decompositions.lu(wide).l().toDoubleArray()).containsExactly(1, 0, Double.NaN, 1);
        assertThat(Decompositions.lu(wide).u().toDoubleArray())
                .containsExactly(Double.NaN, 1, 3, 0, Double.NaN, Double.NaN);
    }

    @Test
    void ranksCountSingularValuesAboveTheTolerance() {
        Tensor x = Tensor.of(DataType.DOUBLE, 5, 0, 0, 0, 1e-3, 0, 0, 0, 1e-20).reshape(3, 3);
        assertThat(Solvers.matrixRank(x).toLongArray()).containsExactly(2);
        assertThat(Solvers.matrixRank(x, RankOptions.defaults().withAbsolute(0)).toLongArray())
                .containsExactly(2);
        assertThat(Solvers.matrixRank(x, RankOptions.defaults().withAbsolute(1e-21))
                        .toLongArray())
                .containsExactly(3);
        assertThat(Solvers.matrixRank(x, RankOptions.defaults().withRelative(0.1))
                        .toLongArray())
                .containsExactly(1);
        assertThat(Solvers.matrixRank(x, RankOptions.defaults().withAbsolute(Tensor.of(1e-21, 1)))
                        .toLongArray())
                .containsExactly(3, 1);
        assertThat(Solvers.matrixRank(x.to(DataType.FLOAT)).toLongArray()).containsExactly(2);
        assertThat(Solvers.matrixRank(Tensor.zeros(2, 0, 3)).toLongArray()).containsExactly(0, 0);
    }

    /** With X = (s/4, …) of a column of ones, R = (−1, 0, 1) s. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1",
        "FLOAT, 1e19",
        "FLOAT, 1e25",
        "DOUBLE, 1",
        "DOUBLE, 1e154",
        "DOUBLE, 1e200",
        "DOUBLE, 1e-200"
    })
    void slopesOfLstsqResidualsFitWhereTheyDo(DataType type, double s) {
        Tensor a = Tensor.of(type, 1, 1, 1).reshape(3, 1).requiresGrad(true);
        Tensor b = Tensor.of(type, 2 * s, s, 0).reshape(3, 1).requiresGrad(true);

        Solvers.lstsq(a, b, Driver.GELSD)
                .residuals()
                .backward(Tensor.of(type, 1 / s).reshape(1));

        assertThat(a.grad().div(s).toDoubleArray()).containsExactly(new double[] {-2, 0, 2}, within(1e-5));
        assertThat(b.grad().toDoubleArray()).containsExactly(new double[] {2, 0, -2}, within(1e-5));
    }

    /** With A and B times s, X stays and the gradient of A is divided by s: of square, tall and wide matrices. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e-30", "FLOAT, 1e-20", "FLOAT, 1e-10", "FLOAT, 1e20", "FLOAT, 1e30",
        "DOUBLE, 1e-250", "DOUBLE, 1e-200", "DOUBLE, 1e-160", "DOUBLE, 1e200", "DOUBLE, 1e250"
    })
    void slopesOfLstsqFitWhereTheyDo(DataType type, double scale) {
        double s = Math.scalb(1.0, Math.getExponent(scale));
        for (int[] size : new int[][] {{2, 2}, {5, 3}, {3, 5}, {4, 1}}) {
            Tensor a =
                    Tensor.randn(DataType.DOUBLE, new Rng(3), size[0], size[1]).to(type);
            Tensor b = Tensor.randn(DataType.DOUBLE, new Rng(4), size[0], 2).to(type);
            for (Driver driver : size[0] == size[1] ? Driver.values() : new Driver[] {Driver.GELSY, Driver.GELSD}) {
                assertSame(slopesOfLstsq(a, b, s, driver), slopesOfLstsq(a.to(DataType.DOUBLE), b, 1, driver), 1e-4);
            }
        }
    }

    private static Tensor slopesOfLstsq(Tensor a, Tensor b, double s, Driver driver) {
        Tensor leaf = a.mul(s).requiresGrad(true);
        Tensor x = Solvers.lstsq(leaf, b.to(a.dtype()).mul(s), driver).solution();
        return Autograd.grad(x.mul(x).sum(), leaf).mul(s).to(DataType.DOUBLE);
    }

    @Test
    void lstsqResidualsBesideLargeOffsetsKeepTheirDigits() {
        Tensor a = Tensor.of(DataType.FLOAT, 1, 1, 1, 1).reshape(4, 1).requiresGrad(true);
        Tensor b = Tensor.of(DataType.FLOAT, 1_000_001, 1_000_000, 999_999, 1_000_000)
                .reshape(4, 1);

        Tensor residuals = Solvers.lstsq(a, b, Driver.GELSD).residuals();
        residuals.sum().backward();

        assertThat(residuals.item()).isEqualTo(2);
        assertThat(a.grad().toDoubleArray()).containsExactly(new double[] {-2e6, 0, 2e6, 0}, within(1e-6));
    }

    @Test
    void driversAgreeAndTellWhatTheyFound() {
        Tensor a = A.slice(1, 0, 3).slice(0, 0, 5);
        Tensor b = A.slice(1, 3, 5).slice(0, 0, 5);
        LstsqResult first = Solvers.lstsq(a, b, Driver.GELSD);
        assertThat(first.rank().toLongArray()).containsExactly(3);
        assertSame(first.singularValues(), Decompositions.svdvals(a), 1e-13);
        assertSame(first.residuals(), a.matmul(first.solution()).sub(b).square().sum(0), 1e-12);
        for (Driver driver : Driver.values()) {
            assertSame(Solvers.lstsq(a, b, driver).solution(), first.solution(), 1e-12);
        }
        assertThat(Solvers.lstsq(a, b).residuals().shape()).containsExactly(0);
        assertThat(Solvers.lstsq(a, b, Driver.GELS).rank().shape()).containsExactly(0);
    }

    @Test
    void exponentialsOfExtremeMatrices() {
        Tensor rotation = Tensor.of(DataType.DOUBLE, 0, 1000, -1000, 0).reshape(2, 2);
        assertThat(MatrixFunctions.matrixExp(rotation).toDoubleArray())
                .containsExactly(
                        new double[] {Math.cos(1000), Math.sin(1000), -Math.sin(1000), Math.cos(1000)}, within(1e-10));
        Tensor nilpotent = Tensor.of(DataType.DOUBLE, 0, 1e300, 0, 0).reshape(2, 2);
        assertThat(MatrixFunctions.matrixExp(nilpotent).toDoubleArray()).containsExactly(1, 1e300, 0, 1);
        Tensor infinite = Tensor.of(DataType.DOUBLE, Double.POSITIVE_INFINITY).reshape(1, 1);
        assertThat(MatrixFunctions.matrixExp(infinite).item()).isNaN();
    }

    private static Tensor eye(int n) {
        return Tensor.eye(DataType.DOUBLE, n);
    }
}
