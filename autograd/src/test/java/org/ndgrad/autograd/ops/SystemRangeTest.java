package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Systems of equations and factors of float64 matrices near the ends of the range, or with rows and columns there. */
class SystemRangeTest {

    /** B, of determinant 19, and 19 times its inverse. */
    private static final double[] SQUARE = {2, 1, 1, 1, 3, 2, 1, 0, 4};

    private static final double[] ADJUGATE = {12, -4, -1, -2, 7, -3, -3, 1, 5};

    private static final double[] UPPER = {2, 1, 1, 0, 3, 2, 0, 0, 4};

    private static final double[] LOWER = {2, 0, 0, 1, 3, 0, 1, 2, 4};

    /** Exponents of rows and of columns. */
    static Stream<Arguments> units() {
        return Stream.of(
                Arguments.of(new int[] {0, 0, 0}, new int[] {0, 0, 0}),
                Arguments.of(new int[] {1019, 1019, 1019}, new int[] {0, 0, 0}),
                Arguments.of(new int[] {-1060, -1060, -1060}, new int[] {0, 0, 0}),
                Arguments.of(new int[] {-880, -880, -880}, new int[] {-180, -180, -180}),
                Arguments.of(new int[] {-1060, 0, 1000}, new int[] {0, 0, 0}),
                Arguments.of(new int[] {0, 0, 0}, new int[] {1000, 0, -1060}),
                Arguments.of(new int[] {500, -530, 0}, new int[] {-530, 500, 0}),
                Arguments.of(new int[] {-530, 0, 0}, new int[] {0, 510, -530}));
    }

    @ParameterizedTest
    @MethodSource("units")
    void systemsAreSolvedInAnyUnits(int[] rows, int[] columns) {
        Tensor a = matrix(scaled(SQUARE, rows, columns)).requiresGrad(true);
        Tensor b = vector(rows, 1, 7, 13, 13).requiresGrad(true);
        Tensor x = Solvers.solve(a, b);
        assertClose(x, scaled(columns, -1, 1, 2, 3));

        Tensor g = vector(columns, 1, 1, 1, 1);
        List<Tensor> slopes = Autograd.grad(List.of(x), List.of(a, b), List.of(g));
        double[] w = {7 / 19.0, 4 / 19.0, 1 / 19.0};
        assertClose(slopes.get(1), scaled(rows, -1, w));
        double[] expected = new double[9];
        for (int k = 0; k < 9; k++) {
            expected[k] = -Math.scalb(w[k / 3] * (1 + k % 3), -(rows[k / 3] + columns[k % 3]));
        }
        if (Arrays.stream(x.toDoubleArray()).allMatch(Double::isFinite)
                && Arrays.stream(slopes.get(1).toDoubleArray()).allMatch(Double::isFinite)) {
            assertClose(slopes.get(0), expected);
        }

        Tensor transposed = a.detach().transpose(0, 1).clone();
        Tensor row = vector(rows, 1, 7, 13, 13).unsqueeze(0);
        assertClose(Solvers.solveRight(transposed, row), scaled(columns, -1, 1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("units")
    void inversesAndDeterminantsFitInAnyUnits(int[] rows, int[] columns) {
        Tensor a = matrix(scaled(SQUARE, rows, columns));
        double[] inverse = new double[9];
        for (int k = 0; k < 9; k++) {
            inverse[k] = Math.scalb(ADJUGATE[k] / 19, -(columns[k / 3] + rows[k % 3]));
        }
        assertClose(Solvers.inv(a), inverse);
        int exponent = Arrays.stream(rows).sum() + Arrays.stream(columns).sum();
        assertClose(Determinants.det(a), Math.scalb(19.0, exponent));
        Slogdet parts = Determinants.slogdet(a);
        assertThat(parts.sign().item()).isEqualTo(1);
        assertClose(parts.logAbsDet(), Math.log(19) + exponent * Math.log(2));
    }

    @ParameterizedTest
    @MethodSource("units")
    void triangularSystemsAreSolvedInAnyUnits(int[] rows, int[] columns) {
        Tensor upper = matrix(scaled(UPPER, rows, columns));
        Tensor lower = matrix(scaled(LOWER, rows, columns));
        TriangularOptions up = TriangularOptions.of(Triangle.UPPER);
        TriangularOptions low = TriangularOptions.of(Triangle.LOWER);
        double[] x = scaled(columns, -1, 1, 2, 3);
        double[] y = scaled(rows, -1, 1, 2, 3);
        Tensor none = Tensor.zeros(DataType.DOUBLE, 3, 1); // in the same batch of right sides
        Tensor both = Joining.cat(List.of(vector(rows, 1, 7, 12, 12).unsqueeze(1), none), 1);
        assertClose(Solvers.solveTriangular(upper, both, up).select(1, 0), x);
        assertClose(Solvers.solveTriangular(upper, both, up).select(1, 1), 0, 0, 0);
        assertClose(Solvers.solveTriangular(lower, vector(rows, 1, 2, 7, 17).unsqueeze(1), low), x);
        Tensor left = vector(columns, 1, 2, 7, 17).unsqueeze(0);
        assertClose(Solvers.solveTriangular(upper, left, up.withLeft(false)), y);
        left = vector(columns, 1, 7, 12, 12).unsqueeze(0);
        assertClose(Solvers.solveTriangular(lower, left, low.withLeft(false)), y);
    }

    @Test
    void triangularSystemsReadOnesForTheDiagonal() {
        Tensor a = matrix(Double.NaN, 0x1p600, 0, 0);
        TriangularOptions unit = TriangularOptions.of(Triangle.UPPER).withUnitDiagonal(true);
        assertClose(
                Solvers.solveTriangular(
                        a, Tensor.of(DataType.DOUBLE, 0, 0x1p-1060).unsqueeze(1), unit),
                -0x1p-460,
                0x1p-1060);
    }

    @Test
    void whatIsOnTheWayToASolutionNeedNotFit() {
        Tensor b = Tensor.of(DataType.DOUBLE, 1e10, 1e200);
        assertClose(Solvers.solve(matrix(1e200, 1e200, 0, 1), b), -1e200, 1e200);
        Tensor steep = matrix(0x1p1000, 0x1p-1000, 1, 0);
        assertClose(Solvers.solve(steep, Tensor.of(DataType.DOUBLE, 0, 0x1p-1030)), 0x1p-1030, -0x1p970);
        assertClose(Determinants.det(steep), -0x1p-1000);
        double large = 1.5e308;
        Tensor a = matrix(large, large, large, -large);
        assertClose(Solvers.solve(a, Tensor.of(DataType.DOUBLE, large, large / 2)), 0.75, 0.25);
        double least = 0.5 / large;
        assertClose(Solvers.inv(a), least, least, least, -least);
    }

    @Test
    void matricesOfABatchAreScaledOneByOne() {
        Tensor a = Tensor.of(DataType.DOUBLE, 1e-310, 0, 0, 2e-310, 3, 1, 1, 3, 1.5e308, 1.5e308, 1.5e308, -1.5e308)
                .reshape(3, 2, 2);
        Tensor b = Tensor.of(DataType.DOUBLE, 1e-310, 1e-310, 5, 7, 1.5e308, 0.75e308)
                .reshape(3, 2);
        assertClose(Solvers.solve(a, b), 1, 0.5, 1, 2, 0.75, 0.25);
        Tensor plain = Solvers.solve(a.get(1), b.get(1));
        assertThat(Solvers.solve(a, b).get(1).toDoubleArray()).containsExactly(plain.toDoubleArray());
    }

    @Test
    void undefinedColumnsDoNotTakeOthersAlong() {
        Tensor a = matrix(1e-310, 0, 0, 2e-310);
        Tensor b = Tensor.of(DataType.DOUBLE, 1e-310, Double.NaN, 1e-310, 0).reshape(2, 2);
        double[] found = Solvers.solve(a, b).toDoubleArray();
        assertThat(found[0]).isEqualTo(1);
        assertThat(found[1]).isNaN();
        assertThat(found[2]).isCloseTo(0.5, offset(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-1064, 1, 0x1p1023})
    void singularMatricesStayRefused(double size) {
        assertThatThrownBy(() -> Solvers.inv(matrix(size, size, size, size)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pivot 2 is 0");
        assertThatThrownBy(() -> Solvers.inv(matrix(size, 0, 0, 0))).hasMessageContaining("pivot 2 is 0");
        assertThat(Determinants.slogdet(matrix(size, size, size, size))
                        .logAbsDet()
                        .item())
                .isEqualTo(Double.NEGATIVE_INFINITY);
        Tensor leaf = matrix(size, 0, 0, 0).requiresGrad(true);
        double[] slopes =
                Autograd.grad(Determinants.slogdet(leaf).logAbsDet(), leaf).toDoubleArray();
        assertThat(Arrays.stream(slopes).allMatch(Double::isFinite)).isFalse();
    }

    @Test
    void zerosOnTheDiagonalGiveInfinity() {
        Tensor zeros = matrix(2, 0, 0, 0);
        Tensor ones = Tensor.ones(DataType.DOUBLE, 2, 1);
        double[] found = Solvers.solveTriangular(zeros, ones, TriangularOptions.of(Triangle.LOWER))
                .toDoubleArray();
        assertThat(found).containsExactly(0.5, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("units")
    void factorsTakeTheUnitsOfColumns(int[] ignored, int[] columns) {
        int[] none = {0, 0, 0};
        Tensor plain = matrix(SQUARE);
        Tensor a = matrix(scaled(SQUARE, none, columns));
        Plu expected = Decompositions.lu(plain);
        Plu found = Decompositions.lu(a);
        assertClose(found.p(), expected.p().toDoubleArray());
        assertClose(found.l(), expected.l().toDoubleArray());
        assertClose(found.u(), scaled(expected.u().toDoubleArray(), none, columns));
        Qr qr = Decompositions.qr(plain);
        Qr far = Decompositions.qr(a);
        assertClose(far.q(), qr.q().toDoubleArray());
        assertClose(far.r(), scaled(qr.r().toDoubleArray(), none, columns));
    }

    @Test
    void factorsOfLargeMatricesFit() {
        double large = 1.5e308;
        Qr parts = Decompositions.qr(matrix(large, 1, large, -2));
        double half = Math.sqrt(0.5);
        assertClose(parts.q(), -half, -half, -half, half);
        Plu lu = Decompositions.lu(matrix(large, large, large, -large));
        assertThat(lu.u().toDoubleArray()).containsExactly(large, large, 0, Double.NEGATIVE_INFINITY);
    }

    @Test
    void triangularFactorsOfPositiveMatricesKeepTheirDigits() {
        for (int[] units : new int[][] {{0, 0}, {-537, -537}, {510, 510}, {-537, 510}, {505, -530}}) {
            double mixed = Math.scalb(2.0 / 3, units[0] + units[1]);
            Tensor a = matrix(Math.scalb(4.0, 2 * units[0]), mixed, mixed, Math.scalb(1.0, 2 * units[1]));
            double below = mixed / Math.scalb(2.0, units[0]);
            double rest = 1 - Math.scalb(below, -units[1]) * Math.scalb(below, -units[1]);
            assertClose(
                    Decompositions.cholesky(a),
                    Math.scalb(2.0, units[0]),
                    0,
                    below,
                    Math.scalb(Math.sqrt(rest), units[1]));
        }
    }

    /** Solutions of the transposed system leave float32 where their products with those of the system do not. */
    @Test
    void slopesInFloat32FitWhereFactorsDoNot() {
        Tensor a = Tensor.of(1e-30, 0, 0, 1e-30).reshape(2, 2).requiresGrad(true);
        Tensor b = Tensor.of(1e-35, 2e-35).reshape(2, 1);
        TriangularOptions right = TriangularOptions.of(Triangle.LOWER).withLeft(false);
        List<Tensor> solutions = List.of(
                Solvers.solve(a, b),
                Solvers.solveRight(a, b.t()),
                Solvers.solveTriangular(a, b, TriangularOptions.of(Triangle.LOWER)),
                Solvers.solveTriangular(a, b.t(), right));
        for (Tensor y : solutions) {
            Tensor slopes = Autograd.grad(y.sum().mul(1e10), a);
            assertThat(slopes.get(0, 0).item()).isCloseTo(-1e35, offset(1e29));
            assertThat(slopes.get(1, 1).item()).isCloseTo(-2e35, offset(1e29));
        }
    }

    private static Tensor matrix(double... values) {
        int n = (int) Math.round(Math.sqrt(values.length));
        return Tensor.of(DataType.DOUBLE, values).reshape(n, n);
    }

    private static Tensor vector(int[] exponents, int sign, double... values) {
        return Tensor.of(DataType.DOUBLE, scaled(exponents, sign, values));
    }

    private static double[] scaled(int[] exponents, int sign, double... values) {
        double[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.scalb(result[i], sign * exponents[i]);
        }
        return result;
    }

    private static double[] scaled(double[] values, int[] rows, int[] columns) {
        double[] result = values.clone();
        for (int k = 0; k < 9; k++) {
            result[k] = Math.scalb(result[k], rows[k / 3] + columns[k % 3]);
        }
        return result;
    }

    private static void assertClose(Tensor actual, double... expected) {
        double[] found = actual.toDoubleArray();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            if (Double.isInfinite(expected[i])) {
                assertThat(found[i]).isEqualTo(expected[i]);
            } else {
                double most = Math.max(Double.MIN_VALUE, Math.abs(expected[i]) * 1e-14);
                assertThat(found[i]).as("element %s of %s", i, actual).isCloseTo(expected[i], offset(most));
            }
        }
    }
}
