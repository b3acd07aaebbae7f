package org.ndgrad.autograd;

/** Which whole number a quotient becomes. */
public enum Quotient {
    /** The largest one not above it. */
    FLOOR,
    /** The one next to it toward 0. */
    TRUNC
}
