package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/** Which norm of a matrix. */
public enum MatrixOrder {
    /** √Σ x². */
    FROBENIUS(Double.NaN),
    /** The sum of the singular values. */
    NUCLEAR(Double.NaN),
    /** The largest sum of |x| over a row. */
    INFINITY(Double.POSITIVE_INFINITY),
    /** The smallest sum of |x| over a row. */
    MINUS_INFINITY(Double.NEGATIVE_INFINITY),
    /** The largest sum of |x| over a column. */
    ONE(1),
    /** The smallest sum of |x| over a column. */
    MINUS_ONE(-1),
    /** The largest singular value. */
    TWO(2),
    /** The smallest singular value. */
    MINUS_TWO(-2);

    private final double p;

    MatrixOrder(double p) {
        this.p = p;
    }

    /**
     * Returns the norm by its number.
     *
     * @param p 1, −1, 2, −2, ∞ or −∞
     * @throws IllegalArgumentException for other numbers
     */
    public static MatrixOrder of(double p) {
        checkArgument(
                p == 1 || p == 2 || p == -1 || p == -2 || Double.isInfinite(p),
                "matrixNorm: expected the order 1, -1, 2, -2 or an infinity; got %s. Use norm for other orders.",
                p);
        return Arrays.stream(values()).filter(order -> order.p == p).findFirst().orElseThrow();
    }

    boolean isSmallest() {
        return p < 0;
    }
}
