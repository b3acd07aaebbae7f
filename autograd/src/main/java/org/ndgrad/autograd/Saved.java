package org.ndgrad.autograd;

import org.jspecify.annotations.Nullable;

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
            if (opened[i].storage().version() != versions[i]) {
                throw ChangedTensor.error(node, opened[i], versions[i]);
            }
        }
        if (opened != null) {
            Custody.use(opened);
        }
        return opened;
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
