package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Which part of the training data a {@link Trainer} keeps for validation, see
 * {@link TrainerOptions#withValidationSplit(double, long)} and
 * {@link TrainerOptions#withStratifiedValidationSplit(double, long)}.
 *
 * @param fraction the share of the samples, in (0, 1)
 * @param seed of the random choice
 * @param stratified whether both parts have the same share of each class
 */
public record ValidationSplit(double fraction, long seed, boolean stratified) {

    /**
     * Checks the fraction.
     *
     * @throws IllegalArgumentException if it is outside (0, 1)
     */
    public ValidationSplit {
        checkArgument(
                fraction > 0 && fraction < 1,
                "Trainer: expected a validation split between 0 and 1; got %s. 0.2 keeps a fifth of the samples.",
                fraction);
    }

    /** Returns what it is called in messages. */
    String kind() {
        return stratified ? "stratified validation split" : "validation split";
    }
}
