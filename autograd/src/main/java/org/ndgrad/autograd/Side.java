package org.ndgrad.autograd;

/** Where a number belongs among sorted ones that equal it. */
public enum Side {
    /** Before them. */
    LEFT,
    /** Behind them. */
    RIGHT
}
