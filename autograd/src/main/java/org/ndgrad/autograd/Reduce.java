package org.ndgrad.autograd;

/** How values that meet in one place are combined. */
public enum Reduce {
    /** Their sum. */
    SUM,
    /** Their product. */
    PROD,
    /** Their mean, for integral types rounded down. */
    MEAN,
    /** The largest; equal ones share the gradient. NaN wins. */
    AMAX,
    /** The smallest; equal ones share the gradient. NaN wins. */
    AMIN
}
