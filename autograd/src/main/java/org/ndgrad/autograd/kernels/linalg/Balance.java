package org.ndgrad.autograd.kernels.linalg;

import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.kernels.math.RunningNumber;

/**
 * Exponents of the powers of two by which to divide the rows and columns of a matrix, or its columns alone, so that the
 * largest element of each is like 1, which costs no digits.
 */
final class Balance {

    private final int[] rows;
    private final int[] columns;

    private Balance(int rows, int columns) {
        this.rows = new int[rows];
        this.columns = new int[columns];
    }

    /** Returns that of the rows and columns of a matrix. */
    static Balance of(double[] matrix, int m, int n) {
        Balance result = new Balance(m, n);
        for (int row = 0; row < m; row++) {
            double largest = 0;
            for (int column = 0; column < n; column++) {
                largest = Math.max(largest, Math.abs(matrix[column * m + row]));
            }
            result.rows[row] = largest == 0 ? 0 : exponent(largest);
        }
        result.findColumns(matrix);
        return result;
    }

    /** Returns that of the columns alone, or none if all are in the middle of the range or something is no number. */
    static @Nullable Balance ofColumns(double[] matrix, int m, int n) {
        if (arePlain(matrix, m) || !isFinite(matrix)) {
            return null;
        }
        Balance result = new Balance(m, n);
        result.findColumns(matrix);
        return result;
    }

    /**
     * Returns that under which the diagonal is like 1, the same of rows and columns, or none if it is in the middle of
     * the range or not of positive numbers.
     */
    static @Nullable Balance ofDiagonal(double[] matrix, int n) {
        Balance result = new Balance(n, n);
        boolean plain = true;
        for (int k = 0; k < n; k++) {
            double value = matrix[k * n + k];
            if (!(value > 0 && value <= Double.MAX_VALUE)) {
                return null;
            }
            plain &= RunningNumber.isInside(value);
            result.rows[k] = exponent(value) >> 1;
            result.columns[k] = result.rows[k];
        }
        return plain ? null : result;
    }

    private void findColumns(double[] matrix) {
        int m = rows.length;
        for (int column = 0; column < columns.length; column++) {
            boolean found = false;
            for (int row = 0; row < m; row++) {
                double value = matrix[column * m + row];
                int size = exponent(value) - rows[row];
                if (value != 0 && (!found || size > columns[column])) {
                    columns[column] = size;
                    found = true;
                }
            }
        }
    }

    /** Returns the exponent of a number other than 0, also where it is not normal. */
    static int exponent(double x) {
        int exponent = Math.getExponent(x);
        return exponent < Double.MIN_EXPONENT ? Math.getExponent(x * 0x1p54) - 54 : exponent;
    }

    /** Returns the exponents of rows. */
    int[] rows() {
        return rows;
    }

    /** Returns the exponents of columns. */
    int[] columns() {
        return columns;
    }

    /** Returns the sum of all. */
    long sum() {
        long sum = 0;
        for (int exponent : rows) {
            sum += exponent;
        }
        for (int exponent : columns) {
            sum += exponent;
        }
        return sum;
    }

    /** Returns the largest absolute value of all. */
    int largest() {
        int most = 0;
        for (int exponent : rows) {
            most = Math.max(most, Math.abs(exponent));
        }
        for (int exponent : columns) {
            most = Math.max(most, Math.abs(exponent));
        }
        return most;
    }

    /** Divides a matrix by the powers. */
    void divide(double[] matrix) {
        int m = rows.length;
        for (int column = 0; column < columns.length; column++) {
            for (int row = 0; row < m; row++) {
                matrix[column * m + row] = Math.scalb(matrix[column * m + row], -rows[row] - columns[column]);
            }
        }
    }

    /** Multiplies a matrix by the powers of the rows. */
    void multiplyRows(double[] matrix) {
        for (int k = 0; k < matrix.length; k++) {
            matrix[k] = Math.scalb(matrix[k], rows[k % rows.length]);
        }
    }

    /** Multiplies a matrix of so many rows by the powers of the columns. */
    void multiplyColumns(double[] matrix, int m) {
        for (int column = 0; column < columns.length; column++) {
            for (int k = column * m; k < (column + 1) * m; k++) {
                matrix[k] = Math.scalb(matrix[k], columns[column]);
            }
        }
    }

    /** Whether the largest of some numbers is in the middle of the range, or 0. */
    static boolean isPlain(double[] values, int start, int step, int count) {
        double largest = 0;
        for (int k = 0; k < count; k++) {
            double size = Math.abs(values[start + k * step]);
            largest = size > largest ? size : largest;
        }
        return largest == 0 || RunningNumber.isInside(largest);
    }

    /** Whether that is so for all columns of so many rows. */
    static boolean arePlain(double[] matrix, int m) {
        for (int start = 0; start < matrix.length; start += m) {
            if (!isPlain(matrix, start, 1, m)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no number is infinite or NaN. */
    static boolean isFinite(double[] values, int start, int step, int count) {
        for (int k = 0; k < count; k++) {
            if (!(Math.abs(values[start + k * step]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no number is infinite or NaN. */
    static boolean isFinite(double[] values) {
        return isFinite(values, 0, 1, values.length);
    }
}
