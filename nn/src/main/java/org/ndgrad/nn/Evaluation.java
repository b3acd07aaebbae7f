package org.ndgrad.nn;

import java.util.HashSet;
import java.util.Set;
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
        Set<Block> training = new HashSet<>();
        block.namedLayers().values().stream().filter(Block::isTraining).forEach(training::add);
        try {
            block.eval();
            return Autograd.noGrad(computation);
        } finally {
            block.namedLayers().values().forEach(each -> each.mode(training.contains(each)));
        }
    }
}
