package org.ndgrad.nn;

/** How the target distribution of {@link Losses#klDiv} is given. */
public enum Targets {
    /** As probabilities. */
    PROBABILITIES,
    /** As their logarithms. */
    LOG_PROBABILITIES
}
