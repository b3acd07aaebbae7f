package org.ndgrad.autograd;

/** Which elements come first. */
public enum Order {
    /** The smallest. */
    ASCENDING,
    /** The largest. */
    DESCENDING
}
