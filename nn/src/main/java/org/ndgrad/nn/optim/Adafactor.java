package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Adam without momentum, whose squares of a matrix are remembered as means of rows and columns only.
 *
 * <p>With weight decay λ, in this order, for the t-th step of a parameter:
 *
 * <pre>
 * g ← −g                        only to maximize
 * ρ = min(η, 1 / √t)
 * α = max(ε₂, rms(θ)) ρ
 * θ ← (1 − η λ) θ
 * R ← R + t^τ (mean of g² in rows − R)
 * C ← C + t^τ (mean of g² in columns − C)
 * V = R C / max(mean R, ε₁)     of vectors and numbers: V ← V + t^τ (g² − V)
 * u = g / √max(V, ε₁²)
 * θ ← θ − α u / max(1, rms(u) / d)
 * </pre>
 *
 * <p>Source: Shazeer and Stern, Adafactor: adaptive learning rates with sublinear memory cost, 2018. As in PyTorch, and
 * unlike the paper, η is the most that ρ can be, and ε₁ bounds the root. Tensors of more than two dimensions are
 * matrices in the last two.
 *
 * <p>State: {@code step} t, {@code row_var} R and {@code col_var} C, or {@code variance} V.
 */
public final class Adafactor extends OptionsOptimizer<Adafactor, AdafactorOptions> {

    private static final String ROWS = "row_var";
    private static final String COLUMNS = "col_var";
    private static final String VARIANCE = "variance";

    /**
     * Creates Adafactor with τ = −0.8, ε₂ = 0.001, d = 1 and no weight decay.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adafactor(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, AdafactorOptions.defaults());
    }

    /**
     * Creates Adafactor.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-2
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Adafactor(Iterable<Tensor> parameters, double learningRate, AdafactorOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, AdafactorOptions options) {
        return parameter.ndim() > 1
                ? ImmutableMap.of(
                        ParameterState.STEP,
                        ParameterState.NUMBER,
                        ROWS,
                        shrunk(parameter, 1),
                        COLUMNS,
                        shrunk(parameter, 2))
                : counted(parameter, VARIANCE);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        try (MemoryScope scope = MemoryScope.open()) {
            AdafactorOptions options = options();
            double t = state(parameter).nextStep();
            double count = Math.max(1, parameter.numel());
            double rate = Math.min(learningRate(), 1 / Math.sqrt(t));
            double size = Math.max(options.parameterEpsilon(), norm(parameter) / Math.sqrt(count)) * rate;
            if (options.weightDecay() != 0) {
                parameter.mul_(1 - learningRate() * options.weightDecay());
            }
            double least = options.gradientEpsilon().orElse(epsilon(parameter.dtype()));
            Tensor variance = variance(parameter, grad, Math.pow(t, options.beta2Decay()), least);
            Tensor move = variance.clampMin(least * least).rsqrt().mul(grad);
            double excess = Math.max(1, norm(move) / (Math.sqrt(count) * options.clippingThreshold()));
            parameter.add_(move, (options.maximize() ? 1 : -1) * size / excess);
            Updates.noteStep(parameter);
        }
    }

    private Tensor variance(Tensor parameter, Tensor grad, double share, double least) {
        ParameterState state = state(parameter);
        Tensor squares = grad.square();
        if (parameter.ndim() <= 1) {
            return follow(state.zeros(VARIANCE), squares, share);
        }
        Tensor rows = follow(means(state, ROWS, parameter, 1), squares.mean(-1, KeepDim.YES), share);
        Tensor columns = follow(means(state, COLUMNS, parameter, 2), squares.mean(-2, KeepDim.YES), share);
        return rows.matmul(columns).div(rows.mean(-2, KeepDim.YES).clampMin(least));
    }

    private static Tensor follow(Tensor average, Tensor value, double share) {
        return average.add_(value.sub(average), share);
    }

    private static Tensor means(ParameterState state, String name, Tensor parameter, int fromEnd) {
        if (!state.has(name)) {
            state.put(name, Tensor.zeros(parameter.dtype(), shrunk(parameter, fromEnd)));
        }
        return state.get(name);
    }

    /** Returns the shape with one dim, counted from the end, of size 1. */
    private static long[] shrunk(Tensor parameter, int fromEnd) {
        long[] shape = parameter.shape();
        shape[shape.length - fromEnd] = 1;
        return shape;
    }

    private static double norm(Tensor tensor) {
        return Updates.norm(List.of(tensor), 2);
    }

    private static double epsilon(DataType type) {
        return switch (type) {
            case DOUBLE -> 0x1p-52;
            case HALF -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            default -> 0x1p-23;
        };
    }
}
