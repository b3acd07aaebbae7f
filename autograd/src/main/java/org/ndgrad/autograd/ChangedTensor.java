package org.ndgrad.autograd;

import com.google.common.base.Strings;
import org.ndgrad.autograd.kernels.Shapes;

/** What is said where a backward pass reads a tensor that was changed in place. */
final class ChangedTensor {

    private ChangedTensor() {}

    static IllegalStateException error(Node node, Tensor tensor, int version) {
        String cure = tensor.storage().changedBy().equals("optimizer.step")
                ? "an optimizer's step has changed it since. Call step() after all backward passes of a graph, or run the"
                        + " forward pass again after it."
                : "it was changed in place since. Change a clone(), or after backward().";
        return new IllegalStateException(Strings.lenientFormat(
                "backward through '%s': expected its saved tensor of shape %s, dtype %s, at version %s; got version %s,"
                        + " for %s",
                node.name(),
                Shapes.format(tensor.shape()),
                tensor.dtypeName(),
                version,
                tensor.storage().version(),
                cure));
    }
}
