package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Descent in which each element is divided by the root mean square of its past gradients.
 *
 * <p>With weight decay λ and momentum μ, in this order:
 *
 * <pre>
 * g ← −g                        only to maximize
 * g ← g + λ θ
 * s ← α s + (1 − α) g²
 * a ← α a + (1 − α) g           only if centered
 * d = √s + ε                    or √max(s − a², α (1 − α) (g − a₋₁)²) + ε if centered
 * b ← μ b + g / d
 * θ ← θ − η b
 * </pre>
 *
 * <p>Source: Tieleman and Hinton, Lecture 6.5, 2012; Graves, Generating sequences with recurrent neural networks, 2013,
 * for the centered form. As in PyTorch, ε is added to the root; TensorFlow has it inside. The variance s − a² is at
 * least what the newest gradient adds to it, the second of the two, a₋₁ being the a before; rounding can make it less,
 * in PyTorch less than 0, of which the root is NaN.
 *
 * <p>State: {@code step}, {@code square_avg} s, with momentum {@code momentum_buffer} b, if centered {@code grad_avg}
 * a.
 */
public final class RmsProp extends OptionsOptimizer<RmsProp, RmsPropOptions> {

    private static final String SQUARE = "square_avg";
    private static final String BUFFER = "momentum_buffer";
    private static final String MEAN = "grad_avg";

    /**
     * Creates RmsProp with α = 0.99, ε = 1e-8, neither momentum nor weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public RmsProp(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, RmsPropOptions.defaults());
    }

    /**
     * Creates RmsProp.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public RmsProp(Iterable<Tensor> parameters, double learningRate, RmsPropOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, RmsPropOptions options) {
        return counted(
                parameter,
                Stream.of(SQUARE, options.momentum() > 0 ? BUFFER : "", options.centered() ? MEAN : "")
                        .filter(name -> !name.isEmpty())
                        .toArray(String[]::new));
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        RmsPropOptions options = options();
        ParameterState state = state(parameter);
        state.nextStep();
        boolean centered = options.centered();
        boolean moves = options.momentum() > 0;
        double alpha = options.alpha();
        double epsilon = options.epsilon();
        double momentum = options.momentum();
        double sign = options.maximize() ? -1 : 1;
        double decay = options.weightDecay();
        double learningRate = learningRate();
        List<Tensor> tensors = new ArrayList<>(List.of(parameter, state.zeros(SQUARE)));
        if (moves) {
            tensors.add(state.zeros(BUFFER));
        }
        if (centered) {
            tensors.add(state.zeros(MEAN));
        }
        tensors.add(grad);
        Updates.elements(
                "rmsprop",
                (block, n) -> {
                    double[] p = block[0];
                    double[] s = block[1];
                    double[] b = block[2]; // not read without momentum
                    double[] a = block[block.length - 2]; // not read unless centered
                    double[] g = block[block.length - 1];
                    for (int i = 0; i < n; i++) {
                        double d = decay == 0 ? sign * g[i] : sign * g[i] + decay * p[i];
                        s[i] = alpha * s[i] + (1 - alpha) * d * d;
                        double variance = s[i];
                        if (centered) {
                            double deviation = d - a[i];
                            a[i] += deviation * (1 - alpha);
                            variance = Math.max(variance - a[i] * a[i], alpha * (1 - alpha) * deviation * deviation);
                        }
                        double move = d / (Math.sqrt(variance) + epsilon);
                        if (moves) {
                            b[i] = momentum * b[i] + move;
                            move = b[i];
                        }
                        p[i] -= learningRate * move;
                    }
                },
                tensors.toArray(Tensor[]::new));
    }
}
