package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.kernels.Shapes;

/** The tensors that a vjp reads besides the gradients, as they were when it was recorded. */
final class Saved {

    private final int[] versions;
    private Tensor @Nullable [] tensors;

    Saved(Tensor[] tensors) {
        this.tensors = tensors;
        this.versions = new int[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            versions[i] = tensors[i].storage().version();
        }
        Custody.use(tensors);
    }

    /**
     * Returns the tensors to read until {@link Custody#done}, null if they were released; throws if one was changed.
     */
    synchronized Tensor @Nullable [] open(Node node) {
        Tensor[] opened = tensors;
        for (int i = 0; opened != null && i < opened.length; i++) {
            int version = opened[i].storage().version();
            checkState(
                    version == versions[i],
                    "backward through '%s': expected its saved tensor of shape %s, dtype %s, at version %s; got version"
                            + " %s, for %s",
                    node.name(),
                    Shapes.format(opened[i].shape()),
                    opened[i].dtypeName(),
                    versions[i],
                    version,
                    cure(opened[i].storage().changedBy()));
        }
        if (opened != null) {
            Custody.use(opened);
        }
        return opened;
    }

    private static String cure(String change) {
        return change.equals("optimizer.step")
                ? "an optimizer's step has changed it since. Call step() after all backward passes of a graph, or run the"
                        + " forward pass again after it."
                : "it was changed in place since. Change a clone(), or after backward().";
    }

    /** Lets go of the tensors; returns whether there were any, since a vjp that reads none can be used again. */
    synchronized boolean release() {
        if (tensors != null && tensors.length > 0) {
            Custody.done(tensors);
            tensors = null;
        }
        return tensors == null;
    }
}
