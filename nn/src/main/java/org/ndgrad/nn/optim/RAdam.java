package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Adam whose first steps are rectified: as long as too few squares are known, it is descent with momentum.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ                   or θ ← (1 − η λ) θ, if the decay is decoupled
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * ρ∞ = 2 / (1 − β₂) − 1
 * ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)
 * r = √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))
 * θ ← θ − η m / (1 − β₁ᵗ) · r √(1 − β₂ᵗ) / (√v + ε)      if ρ > 5
 * θ ← θ − η m / (1 − β₁ᵗ)                                else
 * </pre>
 *
 * <p>Source: Liu et al., On the variance of the adaptive learning rate and beyond, 2020. As in PyTorch, and unlike the
 * paper, the threshold is 5 and ε is added to the uncorrected root.
 *
 * <p>State: {@code step} t, {@code exp_avg} m, {@code exp_avg_sq} v.
 */
public final class RAdam extends OptionsOptimizer<RAdam, RAdamOptions> {

    /**
     * Creates RAdam with β = (0.9, 0.999), ε = 1e-8 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public RAdam(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, RAdamOptions.defaults());
    }

    /**
     * Creates RAdam.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public RAdam(Iterable<Tensor> parameters, double learningRate, RAdamOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, RAdamOptions options) {
        return counted(parameter, Moments.MEAN, Moments.SQUARE);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        RAdamOptions options = options();
        ParameterState state = state(parameter);
        long t = state.nextStep();
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        double epsilon = options.epsilon();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.decoupledWeightDecay() ? 0 : options.weightDecay();
        double shrinkage = options.decoupledWeightDecay() ? 1 - learningRate() * options.weightDecay() : 1;
        double size = learningRate() / (1 - Math.pow(beta1, (double) t));
        double rectification = rectification(beta2, t);
        Updates.elements(
                "radam",
                (block, n) -> {
                    double[] p = block[0];
                    double[] m = block[1];
                    double[] v = block[2];
                    double[] g = block[3];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        m[i] += (d - m[i]) * (1 - beta1);
                        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
                        double factor = rectification == 0 ? 1 : rectification / (Math.sqrt(v[i]) + epsilon);
                        p[i] = p[i] * shrinkage - size * m[i] * factor;
                    }
                },
                parameter,
                state.zeros(Moments.MEAN),
                state.zeros(Moments.SQUARE),
                grad);
    }

    /** Returns r √(1 − β₂ᵗ), 0 if ρ is too small for it. */
    private static double rectification(double beta2, long t) {
        double power = Math.pow(beta2, (double) t);
        double most = 2 / (1 - beta2) - 1;
        double length = most - 2 * t * power / (1 - power);
        return length > 5
                ? Math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length) * (1 - power))
                : 0;
    }
}
