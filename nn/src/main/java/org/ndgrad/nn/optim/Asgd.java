package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Averaged stochastic gradient descent: descent with a falling step size, and an average of the parameters.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter; η₁ is the learning rate η and μ₁ is 1:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * θ ← (1 − λ₀ ηₜ) θ − ηₜ g
 * a ← a + μₜ (θ − a)
 * ηₜ₊₁ = η / (1 + λ₀ η t)^α
 * μₜ₊₁ = 1 / max(1, t − t₀)
 * </pre>
 *
 * <p>Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; Bottou, Stochastic
 * gradient descent tricks, 2012; as in PyTorch. The average a is {@code stateDict().state().get(name).get("ax")}.
 *
 * <p>State: {@code step} t, {@code eta} ηₜ₊₁, {@code mu} μₜ₊₁, {@code ax} a.
 */
public final class Asgd extends OptionsOptimizer<Asgd, AsgdOptions> {

    private static final String AVERAGE = "ax";
    private static final String SIZE = "eta";
    private static final String SHARE = "mu";

    /**
     * Creates Asgd with λ₀ = 1e-4, α = 0.75, t₀ = 1e6 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Asgd(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AsgdOptions.defaults());
    }

    /**
     * Creates Asgd.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Asgd(Iterable<Tensor> parameters, double learningRate, AsgdOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AsgdOptions options) {
        return ImmutableMap.<String, long[]>builder()
                .putAll(counted(parameter, AVERAGE))
                .put(SIZE, ParameterState.NUMBER)
                .put(SHARE, ParameterState.NUMBER)
                .buildOrThrow();
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        AsgdOptions options = options();
        ParameterState state = state(parameter);
        long t = state.nextStep();
        Tensor heldSize = state.number(SIZE, learningRate());
        Tensor heldShare = state.number(SHARE, 1);
        double size = heldSize.item();
        double share = heldShare.item();
        double shrinkage = 1 - options.lambda() * size;
        double sign = options.maximize() ? -1 : 1;
        double decay = options.weightDecay();
        Updates.elements(
                "asgd",
                (block, n) -> {
                    double[] p = block[0];
                    double[] a = block[1];
                    double[] g = block[2];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        p[i] = p[i] * shrinkage - size * d;
                        a[i] = share == 1 ? p[i] : a[i] + (p[i] - a[i]) * share;
                    }
                },
                parameter,
                state.zeros(AVERAGE),
                grad);
        heldSize.fill_(learningRate() / Math.pow(1 + options.lambda() * learningRate() * t, options.alpha()));
        heldShare.fill_(1 / Math.max(1, t - options.t0()));
    }
}
