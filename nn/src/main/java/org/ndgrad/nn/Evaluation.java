package org.ndgrad.nn;

import java.util.IdentityHashMap;
import java.util.function.Supplier;
import org.ndgrad.autograd.Autograd;

/** What is computed in evaluation mode, in the middle of training or not. */
public final class Evaluation {

    private Evaluation() {}

    /**
     * Returns what a computation returns, with a block and all below it in evaluation mode and without recording; then
     * each of them is in its own mode again.
     */
    public static <R> R of(Block block, Supplier<R> computation) {
        return inMode(block, false, () -> Autograd.noGrad(computation));
    }

    /** Returns what a computation returns, with a block and all below it in a mode; then each is in its own again. */
    static <R> R inMode(Block block, boolean training, Supplier<R> computation) {
        IdentityHashMap<Block, Boolean> before = new IdentityHashMap<>();
        block.namedLayers().values().forEach(each -> before.put(each, each.isTraining()));
        try {
            Block unused = training ? block.train() : block.eval();
            return computation.get();
        } finally {
            before.forEach(Block::mode);
        }
    }
}
