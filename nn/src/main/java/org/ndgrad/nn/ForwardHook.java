package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/** What is called after the forward pass of a {@link Block}; see {@link Block#registerForwardHook}. */
@FunctionalInterface
public interface ForwardHook {

    /**
     * Looks at a forward pass, or replaces its output.
     *
     * @param block what has computed
     * @param inputs the tensors that went in
     * @param output what came out: a {@link Tensor} from a {@link Layer}, else often a record
     * @return the output, or another of the same class to go on with
     */
    Object after(Block block, List<Tensor> inputs, Object output);
}
