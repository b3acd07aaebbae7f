package org.ndgrad.autograd.internal;

/** What a step of an optimizer does to each element, see {@link Updates#elements}. */
@FunctionalInterface
public interface ElementStep {

    /**
     * Changes the first n elements of the blocks, which belong to the parameter, the states and the gradient in this
     * order. Runs in several threads, and also on what lies beyond the end of a tensor.
     */
    void run(double[][] blocks, int n);
}
