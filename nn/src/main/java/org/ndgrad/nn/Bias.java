package org.ndgrad.nn;

/** Whether a layer adds a learned bias. */
public enum Bias {
    /** A bias is added. */
    WITH,
    /** None is added. */
    WITHOUT
}
