package org.ndgrad.nn.train;

/** How the values of several classes become one. */
public enum Average {
    /** No average: the value of class 1 of the two classes 0 and 1. */
    BINARY,
    /** The mean over the classes that occur, as targets or as predictions; each counts the same. */
    MACRO,
    /** From the counts of all classes together; each sample counts the same. */
    MICRO,
    /** The mean over the classes that occur, each counted as often as it is a target. */
    WEIGHTED
}
