package org.ndgrad.autograd.kernels.linalg;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * e^A = Σ Aᵏ / k! of square matrices by scaling, a Padé approximant of degree 13, and squaring (N. Higham, The scaling
 * and squaring method for the matrix exponential revisited, 2005), in float64.
 *
 * <p>A matrix that needs many squarings is balanced, and what is squared is what its exponential is more than 1 on the
 * diagonal: beside a large negative eigenvalue, exponentials of small ones begin so near to 1 that they have no digits.
 */
public final class MatrixExponential {

    /** Up to this norm, the approximant is exact to the last digits. */
    private static final double LARGEST = 5.371920351148152;

    private static final int UNDEFINED = -1;

    /** Norms are so many times less, so that they fit. */
    private static final double MARGIN = 0x1p-32;

    /** So many squarings cost few digits. */
    private static final int FEW = 4;

    private static final double[] WHOLE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    /** The first of them is 1, so that the exponential of zeros is exact. */
    private static final double[] COEFFICIENTS =
            Arrays.stream(WHOLE).map(c -> c / WHOLE[0]).toArray();

    private MatrixExponential() {}

    /** Returns the exponentials of the matrices in the last two dimensions; NaN of one that is not finite. */
    public static INDArray of(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        MatrixBatch out = MatrixBatch.newMatrices(a.dataType(), in.batch(), in.rows(), in.columns());
        for (int i = 0; i < in.count() && in.rows() > 0; i++) {
            out.write(i, exp(in.read(i), in.rows()));
        }
        return out.array();
    }

    private static double[] exp(double[] a, int n) {
        int squarings = squarings(a, n);
        if (squarings == UNDEFINED) {
            double[] undefined = MatrixBatch.newMatrix(n, n);
            Arrays.fill(undefined, Double.NaN);
            return undefined;
        }
        return squarings > FEW ? expOfFar(a, n) : squared(a, n, squarings);
    }

    private static double[] squared(double[] a, int n, int squarings) {
        divide(a, squarings);
        double[] result = approximant(a, n, false);
        for (int i = 0; i < squarings; i++) {
            result = product(result, result, n);
        }
        return result;
    }

    private static double[] expOfFar(double[] a, int n) {
        double[] units = new double[n];
        openblas.LAPACKE_dgebal_work(Lapack.COLUMN_MAJOR, (byte) 'S', n, a, n, new int[1], new int[1], units);
        int squarings = squarings(a, n);
        double[] result = squarings > FEW ? squaredLess(a, n, squarings) : squared(a, n, squarings);
        for (int k = 0; k < result.length; k++) {
            int exponent = Math.getExponent(units[k % n]) - Math.getExponent(units[k / n]); // both are powers of two
            result[k] = Math.scalb(result[k], exponent);
        }
        return result;
    }

    /**
     * Squares M = X − diag(ones) to M² + M diag(ones) + diag(ones) M, where a one becomes 0 as soon as what is beside
     * it on the diagonal of X is small.
     */
    private static double[] squaredLess(double[] a, int n, int squarings) {
        divide(a, squarings);
        double[] m = approximant(a, n, true);
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        for (int i = 0; i < squarings; i++) {
            for (int d = 0; d < n; d++) {
                if (ones[d] == 1 && m[d * n + d] < -0.5) {
                    m[d * n + d] += 1;
                    ones[d] = 0;
                }
            }
            double[] square = product(m, m, n);
            for (int k = 0; k < square.length; k++) {
                square[k] += (ones[k / n] + ones[k % n]) * m[k];
            }
            m = square;
        }
        for (int d = 0; d < n; d++) {
            m[d * n + d] += ones[d];
        }
        return m;
    }

    private static void divide(double[] a, int squarings) {
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.scalb(a[i], -squarings);
        }
    }

    /** Returns how often to halve a matrix for the approximant, or {@link #UNDEFINED} if it is not of numbers. */
    private static int squarings(double[] a, int n) {
        double norm = norm(a, n);
        if (!Double.isFinite(norm)) {
            return UNDEFINED;
        }
        return norm <= LARGEST * MARGIN ? 0 : Math.getExponent(norm / (LARGEST * MARGIN)) + 1;
    }

    /** Returns the largest sum of absolute values of a column, times {@link #MARGIN}. */
    private static double norm(double[] a, int n) {
        double norm = 0;
        for (int column = 0; column < n; column++) {
            double sum = 0;
            for (int row = 0; row < n; row++) {
                sum += Math.abs(a[column * n + row]) * MARGIN;
            }
            norm = Math.max(norm, sum); // NaN wins
        }
        return norm;
    }

    /** Returns (V − U)⁻¹ (V + U), where U has the odd powers and V the even ones, less the identity if so wished. */
    private static double[] approximant(double[] a, int n, boolean less) {
        double[] a2 = product(a, a, n);
        double[] a4 = product(a2, a2, n);
        double[] a6 = product(a4, a2, n);
        double[] u = product(a, half(a2, a4, a6, n, 1), n);
        double[] v = half(a2, a4, a6, n, 0);
        double[] below = MatrixBatch.newMatrix(n, n);
        double[] above = MatrixBatch.newMatrix(n, n);
        for (int i = 0; i < u.length; i++) {
            below[i] = v[i] - u[i];
            above[i] = less ? 2 * u[i] : v[i] + u[i];
        }
        int[] pivots = new int[n];
        Lu.factor(below, n, n, pivots);
        Lu.solve(below, n, pivots, false, above, n);
        return above;
    }

    /** Returns the polynomial of the even coefficients (first = 0), or of the odd ones. */
    private static double[] half(double[] a2, double[] a4, double[] a6, int n, int first) {
        double[] c = COEFFICIENTS;
        double[] high = MatrixBatch.newMatrix(n, n);
        for (int i = 0; i < high.length; i++) {
            high[i] = c[first + 12] * a6[i] + c[first + 10] * a4[i] + c[first + 8] * a2[i];
        }
        double[] result = product(a6, high, n);
        for (int i = 0; i < result.length; i++) {
            result[i] += c[first + 6] * a6[i] + c[first + 4] * a4[i] + c[first + 2] * a2[i];
        }
        for (int d = 0; d < n; d++) {
            result[d * n + d] += c[first];
        }
        return result;
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] c = MatrixBatch.newMatrix(n, n);
        openblas.cblas_dgemm(Lapack.COLUMN_MAJOR, Lapack.AS_IS, Lapack.AS_IS, n, n, n, 1, a, n, b, n, 0, c, n);
        return c;
    }
}
