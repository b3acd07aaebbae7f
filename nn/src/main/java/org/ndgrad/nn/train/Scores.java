package org.ndgrad.nn.train;

/** What a model's scores are. Where only their order counts, as for the class of the highest, either will do. */
public enum Scores {
    /** In [0, 1]: of class 1 if there is one score per sample, else those of a sample add up to 1. */
    PROBABILITIES,
    /** Any numbers, of which {@code sigmoid}, or {@code softmax} for several classes, makes probabilities. */
    LOGITS
}
