package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;

/**
 * Adam with weights that decay beside the gradient, not in it: θ ← (1 − η λ) θ, then the step of {@link Adam} without
 * weight decay.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019. As in PyTorch, and unlike the paper, η
 * multiplies λ, so that schedules change the decay, too.
 *
 * <p>State: as that of {@link Adam}.
 */
public final class AdamW extends OptionsOptimizer<AdamW, AdamWOptions> {

    /**
     * Creates AdamW with β = (0.9, 0.999), ε = 1e-8 and λ = 0.01.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public AdamW(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdamWOptions.defaults());
    }

    /**
     * Creates AdamW.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public AdamW(Iterable<Tensor> parameters, double learningRate, AdamWOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdamWOptions options) {
        return Moments.shapes(parameter, options.amsgrad());
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        Moments.step(parameter, grad, state(parameter), learningRate(), options());
    }
}
