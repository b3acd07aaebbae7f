package org.ndgrad.autograd;

import com.google.common.base.Strings;
import org.ndgrad.autograd.kernels.Shapes;

/** What is said where a backward pass reads a tensor that was changed in place. */
final class ChangedTensor {

    private ChangedTensor() {}

    /** Of a tensor that was saved at a version. */
    static IllegalStateException error(Node node, Tensor tensor, int version) {
        return new IllegalStateException(Strings.lenientFormat(
                "backward through '%s': expected its saved tensor of shape %s, dtype %s, at version %s; got version %s,"
                        + " for %s",
                node.name(),
                Shapes.format(tensor.shape()),
                tensor.dtypeName(),
                version,
                tensor.storage().version(),
                cure(tensor)));
    }

    /** Of a tensor that a vjp reads without having named it. */
    static Unnamed unnamed(Node node, Tensor tensor) {
        return new Unnamed(Strings.lenientFormat(
                "backward through '%s': expected its vjp to read what it names; got a tensor of shape %s, dtype %s, which"
                        + " is not named and has other values than in the forward pass, for %s Name it behind the vjp,"
                        + " wrt(x, vjp, tensors…), which saves it.",
                node.name(), Shapes.format(tensor.shape()), tensor.dtypeName(), cure(tensor)));
    }

    static final class Unnamed extends IllegalStateException {
        private Unnamed(String message) {
            super(message);
        }
    }

    private static String cure(Tensor tensor) {
        return tensor.storage().change().operation().equals("optimizer.step")
                ? "an optimizer's step has changed it since. Call step() after all backward passes of a graph, or run the"
                        + " forward pass again after it."
                : "it was changed in place since. Change a clone(), or after backward().";
    }
}
