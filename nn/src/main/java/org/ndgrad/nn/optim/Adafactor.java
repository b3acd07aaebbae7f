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
 * matrices in the last two. Where squares or products leave the range of the parameter's type, and for all of float16,
 * they are computed in float64.
 *
 * <p>State: {@code step} t, {@code row_var} R and {@code col_var} C, or {@code variance} V.
 */
public final class Adafactor extends OptionsOptimizer<Adafactor, AdafactorOptions> {

    private static final String ROWS = "row_var";
    private static final String COLUMNS = "col_var";
    private static final String VARIANCE = "variance";

    /** The squares of larger numbers, or sums of them, may be beyond float64. */
    private static final double LARGE = 0x1p400;

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
            double share = Math.pow(t, options.beta2Decay());
            Tensor move = parameter.ndim() > 1
                    ? matrixMove(parameter, grad, share, least)
                    : vectorMove(parameter, grad, share, least);
            double excess = Math.max(1, norm(move) / (Math.sqrt(count) * options.clippingThreshold()));
            double factor = (options.maximize() ? 1 : -1) * size / excess;
            if (move.dtype() == parameter.dtype()) {
                parameter.add_(move, factor);
            } else {
                parameter.copy_(parameter.to(DataType.DOUBLE).add_(move, factor));
            }
            Updates.noteStep(parameter);
        }
    }

    private Tensor vectorMove(Tensor parameter, Tensor grad, double share, double least) {
        Tensor average = state(parameter).zeros(VARIANCE);
        Tensor squares = grad.square();
        if (fits(parameter.dtype(), Math.max(largest(squares), largest(average)), 1)) {
            return follow(average, squares, share)
                    .clampMin(least * least)
                    .rsqrt()
                    .mul(grad);
        }
        double unit = unit(grad, average);
        Tensor measured = grad.to(DataType.DOUBLE).mul(unit);
        Tensor variance = followWide(average, measured.square(), share, unit);
        return variance.clampMin(least(least * least, unit)).rsqrt().mul(measured);
    }

    private Tensor matrixMove(Tensor parameter, Tensor grad, double share, double least) {
        ParameterState state = state(parameter);
        Tensor rows = means(state, ROWS, parameter, 1);
        Tensor columns = means(state, COLUMNS, parameter, 2);
        Tensor squares = grad.square();
        Tensor inRows = squares.mean(-1, KeepDim.YES);
        Tensor inColumns = squares.mean(-2, KeepDim.YES);
        double largestRow = Math.max(largest(inRows), largest(rows));
        double largestColumn = Math.max(largest(inColumns), largest(columns));
        if (fits(parameter.dtype(), largestRow, largestColumn)) {
            follow(rows, inRows, share);
            follow(columns, inColumns, share);
            Tensor variance =
                    rows.matmul(columns).div(rows.mean(-2, KeepDim.YES).clampMin(least));
            return variance.clampMin(least * least).rsqrt().mul(grad);
        }
        double unit = unit(grad, rows, columns);
        Tensor measured = grad.to(DataType.DOUBLE).mul(unit);
        squares = measured.square();
        Tensor wideRows = followWide(rows, squares.mean(-1, KeepDim.YES), share, unit);
        Tensor wideColumns = followWide(columns, squares.mean(-2, KeepDim.YES), share, unit);
        Tensor mean = wideRows.mean(-2, KeepDim.YES).clampMin(least(least, unit));
        Tensor variance = wideRows.div(mean).matmul(wideColumns);
        return variance.clampMin(least(least * least, unit)).rsqrt().mul(measured);
    }

    /** Whether a type holds a product with its digits. What is infinite or NaN, it does not. */
    private static boolean fits(DataType type, double x, double y) {
        double most = switch (type) {
            case DOUBLE -> Double.MAX_VALUE;
            case HALF -> 0; // it has too few digits for products of small numbers, too
            default -> 0x1p127;
        };
        return x * y <= most;
    }

    /** Returns a power of two in which the squares of float64 numbers, and averages of them, do not leave the range. */
    private static double unit(Tensor grad, Tensor... averages) {
        double size = largest(grad.abs());
        for (Tensor average : averages) {
            size = Math.max(size, Math.sqrt(largest(average)));
        }
        return size > LARGE && Double.isFinite(size) ? Math.scalb(1.0, -Math.getExponent(size)) : 1;
    }

    /** Returns a least variance where gradients are measured in a unit; never 0, the root of which divides. */
    private static double least(double least, double unit) {
        return unit == 1 ? least : Math.max(least * unit * unit, Double.MIN_NORMAL);
    }

    private static double largest(Tensor tensor) {
        return tensor.numel() == 0 ? 0 : tensor.amax().item();
    }

    /**
     * Follows in float64, with the value measured in the square of a unit, and so the result. What is too large for
     * the type of the average is remembered as the largest that it holds.
     */
    private static Tensor followWide(Tensor average, Tensor value, double share, double unit) {
        Tensor wide = average.to(DataType.DOUBLE).mul(unit).mul(unit);
        wide.add_(value.sub(wide), share);
        Tensor remembered = wide.div(unit).div(unit);
        boolean mayBeHeld = Double.isFinite(largest(value));
        average.copy_(mayBeHeld ? remembered.to(average.dtype()).nanToNum(Double.NaN) : remembered);
        return wide;
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
