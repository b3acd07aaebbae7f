package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * What can be chosen about {@link Solvers#solveTriangular}.
 *
 * <pre>{@code
 * Solvers.solveTriangular(a, b, TriangularOptions.of(Triangle.UPPER).withLeft(false));
 * }</pre>
 *
 * <p>Options are made by {@link #of} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param triangle the only part of A that is read
 * @param left whether A stands left of X, as in A X = B, else X A = B
 * @param unitDiagonal whether ones are read in place of A's diagonal
 */
public record TriangularOptions(Triangle triangle, boolean left, boolean unitDiagonal) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if the triangle is null
     */
    public TriangularOptions {
        checkNotNull(triangle, "TriangularOptions: expected a triangle; got null. Choose UPPER or LOWER.");
    }

    /** Returns the options for A X = B with the diagonal that A has. */
    public static TriangularOptions of(Triangle triangle) {
        return new TriangularOptions(triangle, true, false);
    }

    /** Returns these options for A X = B, or else X A = B. */
    public TriangularOptions withLeft(boolean left) {
        return new TriangularOptions(triangle, left, unitDiagonal);
    }

    /** Returns these options with a diagonal of ones, or that of A. */
    public TriangularOptions withUnitDiagonal(boolean unitDiagonal) {
        return new TriangularOptions(triangle, left, unitDiagonal);
    }

    /** Returns these options for the transposed matrix. */
    TriangularOptions transposed() {
        return new TriangularOptions(triangle.flipped(), left, unitDiagonal);
    }
}
