package org.ndgrad.autograd.internal;

import java.util.List;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;

/**
 * An operation as a user could write it, in a package that is named like one of ours.
 *
 * @param seen where its vjp keeps the gradients that it gets and returns
 */
public record LossOfAUser(List<Tensor> seen) {

    public Tensor identity(Tensor x) {
        return Op.of("identity", x.detach().clone().data())
                .wrtAll(x, this::kept)
                .tensor();
    }

    private Tensor kept(List<Tensor> gradients) {
        seen.addAll(gradients);
        Tensor result = gradients.get(0).clone();
        seen.add(result);
        return result;
    }
}
