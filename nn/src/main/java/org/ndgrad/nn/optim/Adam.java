package org.ndgrad.nn.optim;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.AdamStep;
import org.ndgrad.autograd.internal.Updates;

/**
 * Adam, descent with a step size of its own for each element.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * w = v                         with AMSGrad, the largest v so far
 * θ ← θ − η / (1 − β₁ᵗ) · m / (√w / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1; Reddi et al., On the
 * convergence of Adam and beyond, 2018, for AMSGrad. As in PyTorch, ε is added to the corrected root; Keras adds it to
 * the uncorrected one.
 */
public final class Adam extends Optimizer {

    private final AdamOptions options;
    private final IdentityHashMap<Tensor, State> states = new IdentityHashMap<>();

    private static final class State {
        private final Tensor mean;
        private final Tensor square;
        private final @Nullable Tensor largest;
        private long steps;

        private State(Tensor parameter, boolean amsgrad) {
            mean = Tensor.zerosLike(parameter);
            square = Tensor.zerosLike(parameter);
            largest = amsgrad ? Tensor.zerosLike(parameter) : null;
        }
    }

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
        super(parameters, learningRate);
        this.options = options;
    }

    @Override
    Object options() {
        return options;
    }

    @Override
    boolean keepsGradients() {
        return false;
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        State state = states.get(parameter);
        if (state == null) {
            state = new State(parameter, options.amsgrad());
            states.put(parameter, state);
        }
        state.steps++;
        AdamStep step = new AdamStep(
                state.steps,
                learningRate(),
                options.beta1(),
                options.beta2(),
                options.epsilon(),
                options.weightDecay(),
                options.maximize());
        if (state.largest == null) {
            Updates.adam(parameter, state.mean, state.square, grad, step);
        } else {
            Updates.adam(parameter, state.mean, state.square, state.largest, grad, step);
        }
    }
}
