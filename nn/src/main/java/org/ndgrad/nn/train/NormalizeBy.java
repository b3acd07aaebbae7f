package org.ndgrad.nn.train;

/** What the counts of a {@link ConfusionMatrix} are divided by. */
public enum NormalizeBy {
    /** The samples of the true class: each row adds up to 1, and the diagonal has the recalls. */
    TRUE_CLASS,
    /** The predictions of the class: each column adds up to 1, and the diagonal has the precisions. */
    PREDICTED_CLASS,
    /** All samples. */
    ALL
}
