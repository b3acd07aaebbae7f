package org.ndgrad.nn;

import java.util.Map;

/** What has a state that a checkpoint keeps beside those of models and optimizers: a schedule, a loader, a history. */
public interface Stateful {

    /**
     * Returns the state, to be saved.
     *
     * @return by name: tensors, {@code Long}, {@code Double}, {@code Boolean}, texts, and lists and maps of these
     */
    Map<String, ?> stateDict();

    /**
     * Goes on from a state of an object of the same class.
     *
     * @param state what {@link #stateDict} returned; numbers may be of any type
     * @throws IllegalArgumentException if it is none of this class; this then stays as it was
     */
    void load(Map<String, ?> state);
}
