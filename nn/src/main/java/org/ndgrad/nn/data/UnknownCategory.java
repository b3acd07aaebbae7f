package org.ndgrad.nn.data;

/** What becomes of a category that an encoder was not fitted on. */
public enum UnknownCategory {
    /** It is refused by an exception. */
    REFUSE,
    /** Nothing stands for it: all numbers of its column are 0. */
    IGNORE
}
