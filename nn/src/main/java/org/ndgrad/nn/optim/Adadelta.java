package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Descent in units of the parameter: steps are as large as past steps, by the size of past gradients.
 *
 * <p>With weight decay λ, in this order:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * s ← ρ s + (1 − ρ) g²
 * δ = √(a + ε) / √(s + ε) · g
 * a ← ρ a + (1 − ρ) δ²
 * θ ← θ − η δ
 * </pre>
 *
 * <p>Source: Zeiler, ADADELTA: an adaptive learning rate method, 2012. The paper has no η; PyTorch takes 1, Keras
 * 0.001.
 *
 * <p>State: {@code step}, {@code square_avg} s, {@code acc_delta} a.
 */
public final class Adadelta extends OptionsOptimizer<Adadelta, AdadeltaOptions> {

    private static final String SQUARE = "square_avg";
    private static final String DELTA = "acc_delta";

    /**
     * Creates Adadelta with ρ = 0.9, ε = 1e-6 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, 1 in the paper
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adadelta(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdadeltaOptions.defaults());
    }

    /**
     * Creates Adadelta.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, 1 in the paper
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adadelta(Iterable<Tensor> parameters, double learningRate, AdadeltaOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdadeltaOptions options) {
        return counted(parameter, SQUARE, DELTA);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        AdadeltaOptions options = options();
        ParameterState state = state(parameter);
        state.nextStep();
        double rho = options.rho();
        double epsilon = options.epsilon();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.weightDecay();
        double learningRate = learningRate();
        Updates.elements(
                "adadelta",
                (block, n) -> {
                    double[] p = block[0];
                    double[] s = block[1];
                    double[] a = block[2];
                    double[] g = block[3];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        s[i] = rho * s[i] + (1 - rho) * d * d;
                        double delta = Math.sqrt(a[i] + epsilon) / Math.sqrt(s[i] + epsilon) * d;
                        a[i] = rho * a[i] + (1 - rho) * delta * delta;
                        p[i] -= learningRate * delta;
                    }
                },
                parameter,
                state.zeros(SQUARE),
                state.zeros(DELTA),
                grad);
    }
}
