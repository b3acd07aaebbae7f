package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/** What is called before the forward pass of a {@link Block}; see {@link Block#registerForwardPreHook}. */
@FunctionalInterface
public interface ForwardPreHook {

    /**
     * Looks at what goes in, or replaces it.
     *
     * @param block what is going to compute
     * @param inputs the tensors that go in
     * @return the inputs, or as many others to go on with
     */
    List<Tensor> before(Block block, List<Tensor> inputs);
}
