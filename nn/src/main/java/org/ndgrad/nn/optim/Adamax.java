package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Adam with the largest of past gradients in place of their root mean square.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * m ← β₁ m + (1 − β₁) g
 * u ← max(β₂ u, |g| + ε)
 * θ ← θ − η / (1 − β₁ᵗ) · m / u
 * </pre>
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 2. As in PyTorch, ε is added to
 * |g|, where the paper has none.
 *
 * <p>State: {@code step} t, {@code exp_avg} m, {@code exp_inf} u.
 */
public final class Adamax extends OptionsOptimizer<Adamax, AdamaxOptions> {

    private static final String LARGEST = "exp_inf";

    /**
     * Creates Adamax with β = (0.9, 0.999), ε = 1e-8 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 2e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adamax(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdamaxOptions.defaults());
    }

    /**
     * Creates Adamax.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 2e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adamax(Iterable<Tensor> parameters, double learningRate, AdamaxOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdamaxOptions options) {
        return counted(parameter, Moments.MEAN, LARGEST);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        AdamaxOptions options = options();
        ParameterState state = state(parameter);
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        double epsilon = options.epsilon();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.weightDecay();
        double size = learningRate() / (1 - Math.pow(beta1, (double) state.nextStep()));
        Updates.elements(
                "adamax",
                (block, n) -> {
                    double[] p = block[0];
                    double[] m = block[1];
                    double[] u = block[2];
                    double[] g = block[3];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        m[i] += (d - m[i]) * (1 - beta1);
                        u[i] = Math.max(beta2 * u[i], Math.abs(d) + epsilon);
                        p[i] -= size * m[i] / u[i];
                    }
                },
                parameter,
                state.zeros(Moments.MEAN),
                state.zeros(LARGEST),
                grad);
    }
}
