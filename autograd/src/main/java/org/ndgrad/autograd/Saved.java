package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import org.ndgrad.autograd.kernels.Shapes;

/** The tensors that a vjp reads besides the gradients, as they were when it was recorded. */
final class Saved {

    private static final Tensor[] NONE = {};

    private Tensor[] tensors;
    private final int[] versions;

    Saved(Tensor[] tensors) {
        this.tensors = tensors;
        this.versions = new int[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            Storage storage = tensors[i].storage();
            storage.addReader();
            versions[i] = storage.version();
        }
    }

    boolean isEmpty() {
        return tensors.length == 0;
    }

    /** Throws if one was changed in place meanwhile. */
    void checkVersions(Node node) {
        for (int i = 0; i < tensors.length; i++) {
            int now = tensors[i].storage().version();
            checkState(
                    now == versions[i],
                    "backward through '%s': expected its saved tensor of shape %s, dtype %s, at version %s; got version"
                            + " %s, for it was changed in place since. Change a clone(), or after backward().",
                    node.name(),
                    Shapes.format(tensors[i].shape()),
                    tensors[i].dtypeName(),
                    versions[i],
                    now);
        }
    }

    /** Keeps the memory of a gradient that is one of these, or a view of one. */
    void keepIfSaved(Tensor gradient) {
        for (Tensor tensor : tensors) {
            if (tensor.storage() == gradient.storage()) {
                gradient.storage().keep();
            }
        }
    }

    void release() {
        for (Tensor tensor : tensors) {
            tensor.storage().removeReader();
        }
        tensors = NONE;
    }
}
