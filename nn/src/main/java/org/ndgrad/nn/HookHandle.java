package org.ndgrad.nn;

/** A registered hook; {@link #remove} ends it, as does try-with-resources. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {

    /** Takes the hook away. */
    void remove();

    @Override
    default void close() {
        remove();
    }
}
