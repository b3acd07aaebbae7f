package org.ndgrad.nn.data;

/** Whether a {@link DataLoader} goes through the samples in a new order each epoch. */
public enum Shuffle {
    YES,
    NO
}
