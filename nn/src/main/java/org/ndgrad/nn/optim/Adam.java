package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;

/**
 * Adam, descent with a step size of its own for each element.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ                   or θ ← (1 − η λ) θ, if the decay is decoupled
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * w = v                         with AMSGrad, the largest v so far
 * θ ← θ − η / (1 − β₁ᵗ) · m / (√w / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1; Reddi et al., On the
 * convergence of Adam and beyond, 2018, for AMSGrad. As in PyTorch, ε is added to the corrected root; Keras adds it to
 * the uncorrected one.
 *
 * <p>State: {@code step} t, {@code exp_avg} m, {@code exp_avg_sq} v and, with AMSGrad, {@code max_exp_avg_sq}.
 */
public final class Adam extends OptionsOptimizer<Adam, AdamOptions> {

    /**
     * Creates Adam with β = (0.9, 0.999), ε = 1e-8 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adam(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdamOptions.defaults());
    }

    /**
     * Creates Adam.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adam(Iterable<Tensor> parameters, double learningRate, AdamOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdamOptions options) {
        return Moments.shapes(parameter, options.amsgrad());
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        Moments.step(parameter, grad, state(parameter), learningRate(), options());
    }
}
