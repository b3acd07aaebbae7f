package org.ndgrad.autograd.internal;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.LinearAlgebra;

/**
 * What a recurrent layer computes at each step, aₜ = xₜ + hₜ Wᵀ, where the xₜ are rows of one tensor. The gradient of W
 * is Σ gₜᵀ hₜ; the gₜ, which are the gradients of the xₜ as well, arrive together where those come from. So it is one
 * product for all steps, instead of one and a sum for each.
 */
public final class StateProducts {

    private final Tensor weight;
    private final boolean isReverse;
    private final Deque<Tensor> states = new ArrayDeque<>();

    /**
     * Begins without a step.
     *
     * @param weight W
     * @param isReverse whether the last rows are added first
     */
    public StateProducts(Tensor weight, boolean isReverse) {
        this.weight = weight;
        this.isReverse = isReverse;
    }

    /**
     * Returns the rows themselves, of which the xₜ are to be cut; ∂L/∂rows = g, ∂L/∂W = gᵀ h with the h of all steps.
     */
    public Tensor rows(Tensor rows) {
        // The states are not there yet to be named as what is read: add does so. The rows are, to let go of all.
        return Op.pureView("rows", rows, array(rows))
                .wrt(rows, g -> g)
                .wrt(weight, g -> g.t().matmul(Joining.cat(List.copyOf(states), 0)), rows)
                .tensor();
    }

    /** Returns x + h Wᵀ; ∂L/∂x = g, ∂L/∂h = g W. */
    public Tensor add(Tensor x, Tensor h) {
        if (isReverse) {
            states.addFirst(h);
        } else {
            states.addLast(h);
        }
        return Op.pure(
                        "linear",
                        array(LinearAlgebra.linear(h.detach(), weight.detach()).add_(x.detach())))
                .wrt(x, g -> g, h)
                .wrt(h, g -> g.matmul(weight), weight)
                .tensor();
    }
}
