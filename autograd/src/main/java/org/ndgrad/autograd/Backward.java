package org.ndgrad.autograd;

/** What a backward pass leaves behind, besides gradients. */
public enum Backward {
    /** Keeps the values that the graph has saved, so that it can be gone through again. */
    RETAIN_GRAPH,
    /** Records the pass itself, so that the gradients can be differentiated; keeps the graph, too. */
    CREATE_GRAPH
}
