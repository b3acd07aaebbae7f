package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.SgdStep;
import org.ndgrad.autograd.internal.Updates;

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
 *
 * <p>State: {@code momentum_buffer} b, with momentum only.
 */
public final class Sgd extends OptionsOptimizer<Sgd, SgdOptions> {

    private static final String BUFFER = "momentum_buffer";

    /**
     * Creates plain descent, without momentum or decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Sgd(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, SgdOptions.defaults());
    }

    /**
     * Creates descent.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable, or Nesterov's rule is chosen
     *     without momentum or with dampening
     */
    public Sgd(Iterable<Tensor> parameters, double learningRate, SgdOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    void check(ParameterGroup group) {
        SgdOptions options = (SgdOptions) group.options();
        checkArgument(
                !options.nesterov() || (options.momentum() > 0 && options.dampening() == 0),
                "Sgd: expected momentum > 0 and dampening = 0 with nesterov; got momentum=%s, dampening=%s."
                        + " Set them so, or leave nesterov out.",
                options.momentum(),
                options.dampening());
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, SgdOptions options) {
        return uncounted(parameter, BUFFER);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        SgdOptions options = options();
        if (options.momentum() == 0) {
            Updates.sgd(parameter, grad, step(options, options.dampening()));
            return;
        }
        ParameterState state = state(parameter);
        double dampening = state.has(BUFFER) ? options.dampening() : 0;
        Updates.sgd(parameter, state.zeros(BUFFER), grad, step(options, dampening));
    }

    private SgdStep step(SgdOptions options, double dampening) {
        return new SgdStep(
                learningRate(),
                options.momentum(),
                dampening,
                options.weightDecay(),
                options.nesterov(),
                options.maximize());
    }
}
