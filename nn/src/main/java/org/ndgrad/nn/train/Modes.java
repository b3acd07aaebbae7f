package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableList;
import java.util.IdentityHashMap;
import org.ndgrad.nn.Block;

/** Which blocks of a model train and which evaluate, to be put back. */
final class Modes {

    private final IdentityHashMap<Block, Boolean> training = new IdentityHashMap<>();
    private final ImmutableList<Block> blocks;

    private Modes(Block model) {
        blocks = model.namedLayers().values().asList();
        blocks.forEach(block -> training.put(block, block.isTraining()));
    }

    static Modes of(Block model) {
        return new Modes(model);
    }

    /** Puts all back. A block sets those below it, too, which come later; those that are shared need another round. */
    void restore() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : blocks) {
                boolean wanted = Boolean.TRUE.equals(training.get(block));
                if (block.isTraining() != wanted) {
                    if (wanted) {
                        block.train();
                    } else {
                        block.eval();
                    }
                    changed = true;
                }
            }
        }
    }
}
