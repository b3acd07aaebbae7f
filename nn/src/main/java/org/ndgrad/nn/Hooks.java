package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkState;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;

/** What waits around the forward pass of one block, in the order in which it was registered. */
final class Hooks {

    private final List<ForwardPreHook> before = new CopyOnWriteArrayList<>();
    private final List<ForwardHook> after = new CopyOnWriteArrayList<>();

    HookHandle add(ForwardPreHook hook) {
        return add(before, (block, inputs) -> hook.before(block, inputs)); // one of its own, to be found again
    }

    HookHandle add(ForwardHook hook) {
        return add(after, (block, inputs, output) -> hook.after(block, inputs, output));
    }

    private static <H> HookHandle add(List<H> hooks, H hook) {
        hooks.add(hook);
        return () -> hooks.remove(hook);
    }

    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    /** Computes with all hooks around. */
    <R> R around(Block block, List<Tensor> given, Function<List<Tensor>, R> forward) {
        List<Tensor> inputs = given;
        for (ForwardPreHook hook : before) {
            int expected = inputs.size();
            inputs = hook.before(block, inputs);
            checkState(
                    inputs.size() == expected,
                    "%s: expected a hook that returns as many inputs as it gets, %s; got %s. Return the list it gets to"
                            + " change nothing.",
                    Block.name(block),
                    expected,
                    inputs.size());
        }
        R output = forward.apply(inputs);
        for (ForwardHook hook : after) {
            output = replaced(block, output, hook.after(block, inputs, output));
        }
        return output;
    }

    @SuppressWarnings("unchecked") // of the same class
    private static <R> R replaced(Block block, R output, Object replacement) {
        checkState(
                output.getClass().isInstance(replacement),
                "%s: expected a hook that returns a %s; got a %s. Return the output it gets to change nothing.",
                Block.name(block),
                output.getClass().getSimpleName(),
                replacement.getClass().getSimpleName());
        return (R) replacement;
    }
}
