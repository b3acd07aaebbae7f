package org.ndgrad.autograd.ops;

/** A half of a square matrix with its diagonal. */
public enum Triangle {
    /** What is on and below the diagonal. */
    LOWER,
    /** What is on and above the diagonal. */
    UPPER;

    boolean isUpper() {
        return this == UPPER;
    }

    Triangle flipped() {
        return this == UPPER ? LOWER : UPPER;
    }
}
