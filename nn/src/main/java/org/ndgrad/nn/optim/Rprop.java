package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Resilient descent, which looks at the signs of gradients only; for whole data sets, not for batches.
 *
 * <p>Each element has a step size Δ, which is η at first:
 *
 * <pre>
 * g ← −g                        only to maximize
 * Δ ← min(max(η₊ Δ, smallest), largest)     where g has the sign of h
 * Δ ← min(max(η₋ Δ, smallest), largest)     where it has the other sign; there g ← 0
 * θ ← θ − Δ sign(g)
 * h ← g
 * </pre>
 *
 * <p>Source: Riedmiller and Braun, A direct adaptive method for faster backpropagation learning, 1993, without going
 * back; as in PyTorch. Later changes of η change nothing.
 *
 * <p>State: {@code step}, {@code prev} h, {@code step_size} Δ.
 */
public final class Rprop extends OptionsOptimizer<Rprop, RpropOptions> {

    private static final String BEFORE = "prev";
    private static final String SIZE = "step_size";

    /**
     * Creates Rprop with η = (0.5, 1.2) and step sizes in [1e-6, 50].
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, the first step size, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Rprop(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, RpropOptions.defaults());
    }

    /**
     * Creates Rprop.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, the first step size, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Rprop(Iterable<Tensor> parameters, double learningRate, RpropOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, RpropOptions options) {
        return counted(parameter, BEFORE, SIZE);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        RpropOptions options = options();
        ParameterState state = state(parameter);
        state.nextStep();
        double plus = options.etaPlus();
        double minus = options.etaMinus();
        double least = options.minStepSize();
        double most = options.maxStepSize();
        double sign = options.maximize() ? -1 : 1;
        Updates.elements(
                "rprop",
                (block, n) -> {
                    double[] p = block[0];
                    double[] before = block[1];
                    double[] size = block[2];
                    double[] g = block[3];
                    for (int i = 0; i < n; i++) {
                        double d = sign * g[i];
                        double direction = Math.signum(d) * Math.signum(before[i]);
                        double factor = direction > 0 ? plus : direction < 0 ? minus : direction == 0 ? 1 : direction;
                        size[i] = Math.min(Math.max(size[i] * factor, least), most);
                        before[i] = direction < 0 ? 0 : d;
                        p[i] -= Math.signum(before[i]) * size[i];
                    }
                },
                parameter,
                state.zeros(BEFORE),
                state.filled(SIZE, learningRate()),
                grad);
    }
}
