package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Descent in which each element is slowed down by all its past gradients.
 *
 * <p>With weight decay λ and learning rate decay κ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * s ← s + g²
 * θ ← θ − η / (1 + (t − 1) κ) · g / (√s + ε)
 * </pre>
 *
 * <p>Source: Duchi et al., Adaptive subgradient methods for online learning and stochastic optimization, 2011. As in
 * PyTorch, s begins with 0; Keras begins with 0.1.
 *
 * <p>State: {@code step} t, {@code sum} s.
 */
public final class Adagrad extends OptionsOptimizer<Adagrad, AdagradOptions> {

    private static final String SUM = "sum";

    /**
     * Creates Adagrad with ε = 1e-10, sums that begin with 0 and no decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adagrad(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdagradOptions.defaults());
    }

    /**
     * Creates Adagrad.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adagrad(Iterable<Tensor> parameters, double learningRate, AdagradOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdagradOptions options) {
        return counted(parameter, SUM);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        AdagradOptions options = options();
        ParameterState state = state(parameter);
        double epsilon = options.epsilon();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.weightDecay();
        double size = learningRate() / (1 + (state.nextStep() - 1) * options.learningRateDecay());
        Updates.elements(
                "adagrad",
                (block, n) -> {
                    double[] p = block[0];
                    double[] s = block[1];
                    double[] g = block[2];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        s[i] += d * d;
                        p[i] -= size * d / (Math.sqrt(s[i]) + epsilon);
                    }
                },
                parameter,
                state.filled(SUM, options.initialAccumulatorValue()),
                grad);
    }
}
