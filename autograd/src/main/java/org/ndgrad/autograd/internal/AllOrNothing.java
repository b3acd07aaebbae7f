package org.ndgrad.autograd.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Changes of which all are made, or none: when one is refused, those before it are taken back. */
public final class AllOrNothing {

    private final Deque<Runnable> undo = new ArrayDeque<>();

    /**
     * Makes a change. If that throws, it and all before it are taken back, the last one first.
     *
     * @param before is asked before the change, and returns what takes it back
     */
    public void change(Supplier<Runnable> before, Runnable change) {
        try {
            undo.push(before.get());
            change.run();
        } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }
}
