package org.ndgrad.nn.train;

/** What stands for 0 / 0, as the precision of a class that was never predicted. */
public enum ZeroDivision {
    /** 0, and a warning is logged, once for a metric. */
    WARN,
    /** 0. */
    ZERO,
    /** 1. */
    ONE,
    /** Nothing: the class is left out of the average. */
    LEAVE_OUT
}
