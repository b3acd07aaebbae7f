package org.ndgrad.autograd.kernels.linalg;

import org.ndgrad.autograd.kernels.math.RunningNumber;

/**
 * Triangular systems for one right side whose numbers have exponents apart, so that only the solution must fit; slow,
 * for what BLAS, which multiplies by reciprocals of the diagonal, lets overflow.
 */
final class Substitution {

    private final double[] triangle;
    private final int n;

    /** Of a matrix in column-major order, of which a triangle is read. */
    Substitution(double[] triangle, int n) {
        this.triangle = triangle;
        this.n = n;
    }

    /** Divides numbers by powers of two. */
    static void divide(RunningNumber[] numbers, int[] exponents) {
        for (int k = 0; k < numbers.length; k++) {
            numbers[k].scale(-exponents[k]);
        }
    }

    /** Solves in place with the triangle or its transpose; unit says that ones stand for the diagonal. */
    void solve(boolean upper, boolean transposed, boolean unit, RunningNumber[] x) {
        boolean down = upper == transposed;
        RunningNumber term = new RunningNumber(0.0);
        for (int step = 0; step < n; step++) {
            int i = down ? step : n - 1 - step;
            for (int k = down ? 0 : i + 1; k < (down ? i : n); k++) {
                term.set(x[k]);
                term.multiply(transposed ? -triangle[i * n + k] : -triangle[k * n + i]);
                x[i].add(term);
            }
            if (!unit) {
                x[i].divide(triangle[i * n + i]);
            }
        }
    }

    /** Whether there is one solution, of numbers. */
    boolean isDefined() {
        boolean invertible = true;
        for (int k = 0; k < n; k++) {
            invertible &= triangle[k * n + k] != 0;
        }
        return invertible && Balance.isFinite(triangle);
    }

    /** Whether no number on the diagonal is so near to an end of the range that its reciprocal loses digits. */
    static boolean isPlain(double[] matrix, int n) {
        for (int k = 0; k < n; k++) {
            if (!RunningNumber.isInside(matrix[k * n + k])) {
                return false;
            }
        }
        return true;
    }
}
