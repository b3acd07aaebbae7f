package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/** Changes gradients in place, between the backward pass and the optimizer's step. */
public final class Gradients {

    private static final double TINY = 1e-6;
    private static final double SMALL = 0x1p-64;

    private Gradients() {}

    /**
     * Scales all gradients by one factor so that their common Euclidean norm is at most a maximum: g ← g · min(1,
     * maxNorm / (norm + 1e-6)). Parameters without a gradient are skipped. As in PyTorch, a NaN in one gradient makes
     * all of them NaN, and an infinite one scales the others to 0. A maximum of ∞ leaves finite gradients as they are.
     *
     * <p>Source: Pascanu et al., On the difficulty of training recurrent neural networks, 2013, algorithm 1.
     *
     * @param parameters tensors whose gradients to scale
     * @param maxNorm at least 0
     * @return the norm of all gradients together, before scaling; 0 without gradients
     * @throws IllegalArgumentException if maxNorm is negative or NaN
     */
    public static double clipGradNorm(Iterable<Tensor> parameters, double maxNorm) {
        return clipGradNorm(parameters, maxNorm, ClipOptions.defaults());
    }

    /**
     * As {@link #clipGradNorm(Iterable, double)} with the norm (Σ |g|ᵖ)^(1/p) for another p, or the largest |g| for ∞.
     *
     * @param parameters tensors whose gradients to scale
     * @param maxNorm at least 0
     * @return the norm of all gradients together, before scaling; 0 without gradients
     * @throws IllegalArgumentException if maxNorm is negative or NaN
     * @throws IllegalStateException if the norm is infinite or NaN, and the options want to know; gradients stay
     */
    public static double clipGradNorm(Iterable<Tensor> parameters, double maxNorm, ClipOptions options) {
        checkArgument(maxNorm >= 0, "clipGradNorm: expected maxNorm >= 0; got %s. Use 1.", maxNorm);
        List<Tensor> gradients = gradients(parameters);
        try {
            double total = Updates.norm(gradients, options.p());
            checkState(
                    Double.isFinite(total) || !options.errorIfNonfinite(),
                    "clipGradNorm: expected gradients of a finite norm; got %s. Lower the learning rate, look for NaN in"
                            + " the data, or switch the error off.",
                    total);
            if (total == Double.POSITIVE_INFINITY) { // perhaps of finite gradients, the largest doubles
                if (maxNorm == total && Double.isFinite(Updates.norm(gradients, Double.POSITIVE_INFINITY))) {
                    return total;
                }
                scale(gradients, SMALL);
                scale(gradients, maxNorm / Updates.norm(gradients, options.p()));
            } else if (!(maxNorm / (total + TINY) >= 1)) {
                scale(gradients, maxNorm / (total + TINY));
            }
            return total;
        } finally {
            gradients.forEach(Updates::giveBack);
        }
    }

    private static void scale(List<Tensor> gradients, double factor) {
        boolean narrow = factor < Float.MIN_NORMAL; // then float32 would round it
        Autograd.noGrad(() -> {
            for (Tensor gradient : gradients) {
                if (narrow) {
                    gradient.mul_(Tensor.of(DataType.DOUBLE, factor));
                } else {
                    gradient.mul_(factor);
                }
            }
        });
    }

    /**
     * Clamps every element of every gradient to [−limit, limit]. Parameters without a gradient are skipped.
     *
     * @param parameters tensors whose gradients to clamp
     * @param limit at least 0
     * @throws IllegalArgumentException if limit is negative or NaN
     */
    public static void clipGradValue(Iterable<Tensor> parameters, double limit) {
        checkArgument(
                limit >= 0,
                "clipGradValue: expected limit >= 0; got %s. Use 0.5, or so: elements are clipped to [-limit, limit].",
                limit);
        List<Tensor> gradients = gradients(parameters);
        Autograd.noGrad(() -> gradients.forEach(gradient -> gradient.copy_(gradient.clamp(-limit, limit))));
        gradients.forEach(Updates::giveBack);
    }

    private static List<Tensor> gradients(Iterable<Tensor> parameters) {
        List<Tensor> gradients = new ArrayList<>();
        for (Tensor parameter : parameters) {
            Updates.borrowGradient(parameter).ifPresent(gradients::add);
        }
        return gradients;
    }
}
