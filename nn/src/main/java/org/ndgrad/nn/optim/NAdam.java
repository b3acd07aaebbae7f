package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Adam with Nesterov's momentum, which grows with the steps.
 *
 * <p>With weight decay λ and momentum decay ψ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ                   or θ ← (1 − η λ) θ, if the decay is decoupled
 * μₜ = β₁ (1 − ½ · 0.96^(t ψ))
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * Πₜ = μ₁ · … · μₜ
 * d = √(v / (1 − β₂ᵗ)) + ε
 * θ ← θ − η (1 − μₜ) / (1 − Πₜ) · g / d − η μₜ₊₁ / (1 − Πₜ₊₁) · m / d
 * </pre>
 *
 * <p>Source: Dozat, Incorporating Nesterov momentum into Adam, 2016; as in PyTorch.
 *
 * <p>State: {@code step} t, {@code exp_avg} m, {@code exp_avg_sq} v, {@code mu_product} Π.
 */
public final class NAdam extends OptionsOptimizer<NAdam, NAdamOptions> {

    private static final String PRODUCT = "mu_product";

    /**
     * Creates NAdam with β = (0.9, 0.999), ε = 1e-8, ψ = 0.004 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 2e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public NAdam(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, NAdamOptions.defaults());
    }

    /**
     * Creates NAdam.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 2e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public NAdam(Iterable<Tensor> parameters, double learningRate, NAdamOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, NAdamOptions options) {
        return ImmutableMap.<String, long[]>builder()
                .putAll(counted(parameter, Moments.MEAN, Moments.SQUARE))
                .put(PRODUCT, ParameterState.NUMBER)
                .buildOrThrow();
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        NAdamOptions options = options();
        ParameterState state = state(parameter);
        long t = state.nextStep();
        double momentum = momentum(options, t);
        double next = momentum(options, t + 1);
        Tensor held = state.number(PRODUCT, 1);
        held.mul_(Tensor.of(held.dtype(), momentum)); // rounded to its type, as it is saved
        double product = held.item();
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        double epsilon = options.epsilon();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.decoupledWeightDecay() ? 0 : options.weightDecay();
        double shrinkage = options.decoupledWeightDecay() ? 1 - learningRate() * options.weightDecay() : 1;
        double correction = 1 - Math.pow(beta2, (double) t);
        double ofGradient = learningRate() * (1 - momentum) / (1 - product);
        double ofMean = learningRate() * next / (1 - product * next);
        Updates.elements(
                "nadam",
                (block, n) -> {
                    double[] p = block[0];
                    double[] m = block[1];
                    double[] v = block[2];
                    double[] g = block[3];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        m[i] += (d - m[i]) * (1 - beta1);
                        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
                        double root = Math.sqrt(v[i] / correction) + epsilon;
                        p[i] = p[i] * shrinkage - ofGradient * d / root - ofMean * m[i] / root;
                    }
                },
                parameter,
                state.zeros(Moments.MEAN),
                state.zeros(Moments.SQUARE),
                grad);
    }

    private static double momentum(NAdamOptions options, long t) {
        return options.beta1() * (1 - 0.5 * Math.pow(0.96, t * options.momentumDecay()));
    }
}
