package org.ndgrad.nn.data;

/**
 * A data set in two parts, of several ways to part it.
 *
 * @param train to fit on
 * @param validation to test with
 */
public record Fold<T>(Subset<T> train, Subset<T> validation) {}
