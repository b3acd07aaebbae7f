package org.ndgrad.autograd.kernels.linalg;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * e^A = Σ Aᵏ / k! of square matrices by scaling, a Padé approximant of degree 13, and squaring (N. Higham, The scaling
 * and squaring method for the matrix exponential revisited, 2005), in float64.
 */
public final class MatrixExponential {

    /** Up to this norm, the approximant is exact to the last digits. */
    private static final double LARGEST = 5.371920351148152;

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
        double norm = norm(a, n);
        if (!Double.isFinite(norm)) {
            double[] undefined = MatrixBatch.newMatrix(n, n);
            Arrays.fill(undefined, Double.NaN);
            return undefined;
        }
        int squarings = norm <= LARGEST ? 0 : Math.getExponent(norm / LARGEST) + 1;
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.scalb(a[i], -squarings);
        }
        double[] result = approximant(a, n);
        for (int i = 0; i < squarings; i++) {
            result = product(result, result, n);
        }
        return result;
    }

    /** Returns the largest sum of absolute values of a column. */
    private static double norm(double[] a, int n) {
        double norm = 0;
        for (int column = 0; column < n; column++) {
            double sum = 0;
            for (int row = 0; row < n; row++) {
                sum += Math.abs(a[column * n + row]);
            }
            norm = Math.max(norm, sum); // NaN wins
        }
        return norm;
    }

    /** Returns (V − U)⁻¹ (V + U), where U has the odd powers and V the even ones. */
    private static double[] approximant(double[] a, int n) {
        double[] a2 = product(a, a, n);
        double[] a4 = product(a2, a2, n);
        double[] a6 = product(a4, a2, n);
        double[] u = product(a, half(a2, a4, a6, n, 1), n);
        double[] v = half(a2, a4, a6, n, 0);
        double[] below = MatrixBatch.newMatrix(n, n);
        double[] above = MatrixBatch.newMatrix(n, n);
        for (int i = 0; i < u.length; i++) {
            below[i] = v[i] - u[i];
            above[i] = v[i] + u[i];
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
