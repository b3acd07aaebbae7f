package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.AdamStep;
import org.ndgrad.autograd.internal.Updates;
import org.ndgrad.autograd.internal.Updates.Goal;

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

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final boolean amsgrad;
    private final Goal goal;
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
     */
    public Adam(Iterable<Tensor> parameters, double learningRate) {
        this(builder(parameters).learningRate(learningRate));
    }

    private Adam(Builder builder) {
        super(builder.parameters, builder.learningRate);
        checkArgument(
                builder.beta1 >= 0 && builder.beta1 < 1 && builder.beta2 >= 0 && builder.beta2 < 1,
                "Adam: expected betas in [0, 1); got %s and %s.",
                builder.beta1,
                builder.beta2);
        checkArgument(builder.epsilon >= 0, "Adam: expected epsilon >= 0; got %s.", builder.epsilon);
        checkArgument(builder.weightDecay >= 0, "Adam: expected weightDecay >= 0; got %s.", builder.weightDecay);
        beta1 = builder.beta1;
        beta2 = builder.beta2;
        epsilon = builder.epsilon;
        weightDecay = builder.weightDecay;
        amsgrad = builder.amsgrad;
        goal = builder.maximize ? Goal.MAXIMIZE : Goal.MINIMIZE;
    }

    /**
     * Starts the choice of settings.
     *
     * @param parameters distinct leaves that require gradients, at least one
     */
    public static Builder builder(Iterable<Tensor> parameters) {
        return new Builder(parameters);
    }

    @Override
    boolean keepsGradients() {
        return false;
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        State state = states.get(parameter);
        if (state == null) {
            state = new State(parameter, amsgrad);
            states.put(parameter, state);
        }
        state.steps++;
        AdamStep step = new AdamStep(state.steps, learningRate(), beta1, beta2, epsilon, weightDecay, goal);
        if (state.largest == null) {
            Updates.adam(parameter, state.mean, state.square, grad, step);
        } else {
            Updates.adam(parameter, state.mean, state.square, state.largest, grad, step);
        }
    }

    /** The settings of an {@link Adam}, with PyTorch's defaults. */
    public static final class Builder {

        private final ImmutableList<Tensor> parameters;
        private double learningRate = 1e-3;
        private double beta1 = 0.9;
        private double beta2 = 0.999;
        private double epsilon = 1e-8;
        private double weightDecay;
        private boolean amsgrad;
        private boolean maximize;

        private Builder(Iterable<Tensor> parameters) {
            this.parameters = ImmutableList.copyOf(parameters);
        }

        /** Sets η ≥ 0; 1e-3 if not set. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Sets β₁ and β₂ in [0, 1), the shares of the moments that are kept; 0.9 and 0.999 if not set. */
        public Builder betas(double first, double second) {
            beta1 = first;
            beta2 = second;
            return this;
        }

        /** Sets ε ≥ 0, which keeps the division finite; 1e-8 if not set. */
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        /** Sets λ ≥ 0, the factor of θ that is added to the gradient; 0 if not set. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /** Sets whether the step sizes may only shrink (AMSGrad); false if not set. */
        public Builder amsgrad(boolean value) {
            amsgrad = value;
            return this;
        }

        /** Sets whether to climb instead of descend; false if not set. */
        public Builder maximize(boolean value) {
            maximize = value;
            return this;
        }

        /**
         * Returns the optimizer.
         *
         * @throws IllegalArgumentException if a setting or a parameter is not usable
         */
        public Adam build() {
            return new Adam(this);
        }
    }
}
