package org.ndgrad.nn.train;

/** How often something is done in training. */
public enum Interval {
    /** After each step of the optimizer. */
    STEP,
    /** After each pass through the training data. */
    EPOCH
}
