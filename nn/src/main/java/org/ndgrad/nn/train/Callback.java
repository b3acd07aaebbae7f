package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.function.Consumer;

/**
 * What is called at moments of a {@link Trainer}'s run, in the order in which callbacks were given. One that remembers
 * something from epoch to epoch implements {@link org.ndgrad.nn.Stateful}: its state is then part of the trainer's.
 *
 * <pre>{@code
 * TrainerOptions.defaults().withCallbacks(Callback.everyStep(trainer -> averages.update()));
 * }</pre>
 */
public interface Callback {

    /**
     * Called before the first step, with the model in training mode. The series of the {@linkplain Trainer#history
     * history} are known.
     */
    default void onFitBegin(Trainer<?> trainer) {}

    /** Called after each step of the optimizer, and of the schedule if it goes by steps. */
    default void onStepEnd(Trainer<?> trainer) {}

    /** Called after each epoch, when it is in the history, the model was validated, and the schedule has stepped. */
    default void onEpochEnd(Trainer<?> trainer) {}

    /** Called after the last epoch, or after {@link Trainer#stop}; not if an exception ends the run. */
    default void onFitEnd(Trainer<?> trainer) {}

    /** Returns a callback for {@link #onStepEnd} alone. */
    static Callback everyStep(Consumer<? super Trainer<?>> action) {
        checkNotNull(action, "Callback.everyStep: expected an action; got null. Give one.");
        return new Callback() {
            @Override
            public void onStepEnd(Trainer<?> trainer) {
                action.accept(trainer);
            }

            @Override
            public String toString() {
                return "Callback.everyStep";
            }
        };
    }

    /** Returns a callback for {@link #onEpochEnd} alone. */
    static Callback everyEpoch(Consumer<? super Trainer<?>> action) {
        checkNotNull(action, "Callback.everyEpoch: expected an action; got null. Give one.");
        return new Callback() {
            @Override
            public void onEpochEnd(Trainer<?> trainer) {
                action.accept(trainer);
            }

            @Override
            public String toString() {
                return "Callback.everyEpoch";
            }
        };
    }
}
