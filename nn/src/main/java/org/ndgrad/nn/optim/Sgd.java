package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.IdentityHashMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.SgdStep;
import org.ndgrad.autograd.internal.Updates;
import org.ndgrad.autograd.internal.Updates.Goal;

/**
 * Stochastic gradient descent, θ ← θ − η d.
 *
 * <p>With weight decay λ, momentum μ and dampening τ, in this order:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * b ← g                         in the first step of a parameter
 * b ← μ b + (1 − τ) g           in later steps
 * d = g + μ b                   with Nesterov's momentum
 * d = b                         without it;  d = g if μ = 0
 * </pre>
 *
 * <p>Source: Sutskever et al., On the importance of initialization and momentum in deep learning, 2013. As in PyTorch,
 * and unlike the paper and Keras, η multiplies the velocity b when it is used; the two differ when η changes.
 */
public final class Sgd extends Optimizer {

    private final double momentum;
    private final double dampening;
    private final double weightDecay;
    private final boolean nesterov;
    private final Goal goal;
    private final IdentityHashMap<Tensor, Tensor> velocities = new IdentityHashMap<>();

    /**
     * Creates plain descent, without momentum or decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0
     */
    public Sgd(Iterable<Tensor> parameters, double learningRate) {
        this(builder(parameters).learningRate(learningRate));
    }

    private Sgd(Builder builder) {
        super(builder.parameters, builder.learningRate);
        checkArgument(builder.momentum >= 0, "Sgd: expected momentum >= 0; got %s.", builder.momentum);
        checkArgument(builder.weightDecay >= 0, "Sgd: expected weightDecay >= 0; got %s.", builder.weightDecay);
        checkArgument(
                !builder.nesterov || (builder.momentum > 0 && builder.dampening == 0),
                "Sgd: expected momentum > 0 and dampening = 0 with nesterov; got momentum=%s, dampening=%s.",
                builder.momentum,
                builder.dampening);
        momentum = builder.momentum;
        dampening = builder.dampening;
        weightDecay = builder.weightDecay;
        nesterov = builder.nesterov;
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
        if (momentum == 0) {
            Updates.sgd(parameter, grad, step(dampening));
            return;
        }
        Tensor velocity = velocities.get(parameter);
        double damped = velocity == null ? 0 : dampening;
        if (velocity == null) {
            velocity = Tensor.zerosLike(parameter);
            velocities.put(parameter, velocity);
        }
        Updates.sgd(parameter, velocity, grad, step(damped));
    }

    private SgdStep step(double damped) {
        return new SgdStep(learningRate(), momentum, damped, weightDecay, nesterov, goal);
    }

    /** The settings of an {@link Sgd}, with PyTorch's defaults. */
    public static final class Builder {

        private final ImmutableList<Tensor> parameters;
        private double learningRate = 1e-3;
        private double momentum;
        private double dampening;
        private double weightDecay;
        private boolean nesterov;
        private boolean maximize;

        private Builder(Iterable<Tensor> parameters) {
            this.parameters = ImmutableList.copyOf(parameters);
        }

        /** Sets η ≥ 0; 1e-3 if not set. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Sets μ ≥ 0, the share of the velocity that is kept; 0 if not set. */
        public Builder momentum(double value) {
            momentum = value;
            return this;
        }

        /** Sets τ, the share of the gradient that does not enter the velocity; 0 if not set. */
        public Builder dampening(double value) {
            dampening = value;
            return this;
        }

        /** Sets λ ≥ 0, the factor of θ that is added to the gradient; 0 if not set. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /** Sets whether to look ahead by Nesterov's rule; false if not set. Needs momentum, and no dampening. */
        public Builder nesterov(boolean value) {
            nesterov = value;
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
        public Sgd build() {
            return new Sgd(this);
        }
    }
}
