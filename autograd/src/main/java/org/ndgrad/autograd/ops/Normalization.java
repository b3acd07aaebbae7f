package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.reduction.Moments;
import org.ndgrad.autograd.kernels.reduction.Standardize;

/**
 * Values brought to mean 0 and variance 1 over a batch, a layer, a group or an instance.
 *
 * <p>With x̂ = (x − mean x) · s, s = 1 / √(var x + ε) and the variance of a population over n values:
 * y = x̂ · weight + bias; ∂L/∂x̂ = g · weight, ∂L/∂x = s · (∂L/∂x̂ − mean ∂L/∂x̂ − x̂ · mean(∂L/∂x̂ · x̂)),
 * ∂L/∂weight = Σ g · x̂, ∂L/∂bias = Σ g. Inputs are floating; weights, biases and running values have the input's type.
 */
public final class Normalization {

    private static final double EPS = 1e-5;

    private Normalization() {}

    /** y = x̂ over the last dims, see {@link #layerNorm(Tensor, long[], NormalizationOptions)}. */
    public static Tensor layerNorm(Tensor x, long... shape) {
        return layerNorm(x, shape, NormalizationOptions.defaults());
    }

    /**
     * y = x̂ · weight + bias, x̂ over the last dims together.
     *
     * @param x shape (*, shape)
     * @param shape the sizes of the last dims; also the shape of weight and bias
     * @return x's shape
     * @throws IllegalArgumentException if shapes or types do not fit
     */
    public static Tensor layerNorm(Tensor x, long[] shape, NormalizationOptions options) {
        int[] dims = lastDims("layerNorm", x, shape);
        Tensor standard =
                standardize(HalfTypes.widened(x), dims, options.epsilon().orElse(EPS), true);
        return affine("layerNorm", standard, shape, shape, options.weight(), options.bias(), x.dtype());
    }

    /** As {@link #layerNorm(Tensor, long[], NormalizationOptions)}. */
    public static Tensor layerNorm(
            Tensor x, long[] shape, Tensor weight, Tensor bias, @Default("1e-5") double epsilon) {
        return layerNorm(
                x,
                shape,
                NormalizationOptions.defaults()
                        .withWeight(weight)
                        .withBias(bias)
                        .withEpsilon(epsilon));
    }

    /** y = x / √(mean x² + ε) over the last dims, see {@link #rmsNorm(Tensor, long[], NormalizationOptions)}. */
    public static Tensor rmsNorm(Tensor x, long... shape) {
        return rmsNorm(x, shape, NormalizationOptions.defaults());
    }

    /**
     * y = x̂ · weight + bias with x̂ = x / √(mean x² + ε) over the last dims together; ∂L/∂x as for the others, without
     * the mean of ∂L/∂x̂.
     *
     * <p>Unlike PyTorch's, it takes a bias, too.
     *
     * @param x shape (*, shape)
     * @param shape the sizes of the last dims; also the shape of weight and bias
     * @return x's shape
     * @throws IllegalArgumentException if shapes or types do not fit
     */
    public static Tensor rmsNorm(Tensor x, long[] shape, NormalizationOptions options) {
        int[] dims = lastDims("rmsNorm", x, shape);
        double epsilon = options.epsilon().orElse(x.dtype() == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f));
        Tensor standard = standardize(HalfTypes.widened(x), dims, epsilon, false);
        return affine("rmsNorm", standard, shape, shape, options.weight(), options.bias(), x.dtype());
    }

    private static int[] lastDims(String op, Tensor x, long[] shape) {
        OpChecks.floating(op, x);
        int first = x.ndim() - shape.length;
        checkArgument(
                shape.length > 0 && first >= 0 && Arrays.equals(Arrays.copyOfRange(x.shape(), first, x.ndim()), shape),
                "%s: expected an input whose last dims have the sizes %s, at least one; got %s."
                        + " Give the sizes of the dims to normalize over.",
                op,
                Shapes.format(shape),
                Shapes.format(x.shape()));
        return IntStream.range(first, x.ndim()).toArray();
    }

    /** y = x̂ of each group of channels, see {@link #groupNorm(Tensor, int, NormalizationOptions)}. */
    public static Tensor groupNorm(Tensor x, int groups) {
        return groupNorm(x, groups, NormalizationOptions.defaults());
    }

    /**
     * y = x̂ · weight + bias, x̂ over each sample's channels of a group.
     *
     * @param x shape (N, C, *)
     * @param groups a divisor of C
     * @param options with weight and bias of shape (C)
     * @return x's shape
     * @throws IllegalArgumentException if shapes or types do not fit, or there is only one value
     */
    public static Tensor groupNorm(Tensor x, int groups, NormalizationOptions options) {
        checkChannels("groupNorm", x, 2);
        checkArgument(
                groups > 0 && x.size(1) % groups == 0,
                "groupNorm: expected groups that divide the %s channels of %s; got %s. Choose a divisor.",
                x.size(1),
                Shapes.format(x.shape()),
                groups);
        long rest = x.size(1) / groups * inner(x);
        checkSeveral("groupNorm", "group", x.size(0) * rest, x);
        Tensor grouped = HalfTypes.widened(x).reshape(x.size(0), groups, rest);
        Tensor standard = standardize(grouped, new int[] {2}, options.epsilon().orElse(EPS), true);
        return perChannel("groupNorm", standard.reshape(x.shape()), options.weight(), options.bias(), x.dtype());
    }

    /** y = x̂ of each channel of each sample, see {@link #instanceNorm(Tensor, BatchNormOptions)}. */
    public static Tensor instanceNorm(Tensor x) {
        return instanceNorm(x, BatchNormOptions.defaults());
    }

    /**
     * y = x̂ · weight + bias, x̂ over each channel of each sample, in training; in evaluation as {@link #batchNorm}.
     * Running values become (1 − momentum) · old + momentum · new, with the means over N of mean and unbiased variance.
     *
     * @param x shape (N, C, *)
     * @return x's shape
     * @throws IllegalArgumentException if shapes or types do not fit, in training also if a channel has only one value,
     *     in evaluation if running values are missing
     */
    public static Tensor instanceNorm(Tensor x, BatchNormOptions options) {
        checkChannels("instanceNorm", x, 2);
        int[] dims = IntStream.range(2, x.ndim()).toArray();
        return running("instanceNorm", x, dims, inner(x), options);
    }

    /** y = x̂ of each channel, see {@link #batchNorm(Tensor, BatchNormOptions)}. */
    public static Tensor batchNorm(Tensor x) {
        return batchNorm(x, BatchNormOptions.defaults());
    }

    /**
     * y = x̂ · weight + bias, x̂ over each channel of all samples in training, by the running mean and variance in
     * evaluation. In training, running values become (1 − momentum) · old + momentum · new, with the unbiased variance.
     *
     * <p>Running values are buffers: no gradient flows to them. Unlike PyTorch's, training is the default.
     *
     * @param x shape (N, C, *), or any shape without elements, of which nothing is learned
     * @return x's shape
     * @throws IllegalArgumentException if shapes or types do not fit, in training also if a channel has only one value
     *     or epsilon is 0, in evaluation if running values are missing
     */
    public static Tensor batchNorm(Tensor x, BatchNormOptions options) {
        if (x.numel() == 0 && x.ndim() == 1) {
            OpChecks.floating("batchNorm", x);
            return x.clone();
        }
        checkChannels("batchNorm", x, 2);
        checkArgument(
                !options.training() || options.epsilon() > 0,
                "batchNorm: expected an epsilon of more than 0 in training; got %s. Use the default.",
                options.epsilon());
        int[] dims = IntStream.range(0, x.ndim()).filter(d -> d != 1).toArray();
        return running("batchNorm", x, dims, x.size(0) * inner(x), options);
    }

    /** As {@link #batchNorm(Tensor, BatchNormOptions)} in evaluation. */
    public static Tensor batchNorm(Tensor x, Tensor runningMean, Tensor runningVar) {
        return batchNorm(
                x,
                BatchNormOptions.defaults().withRunning(runningMean, runningVar).withTraining(false));
    }

    private static Tensor running(String op, Tensor x, int[] dims, long count, BatchNormOptions options) {
        checkRunning(op, x, options);
        Tensor wide = HalfTypes.widened(x);
        Tensor standard;
        if (options.training()) {
            checkSeveral(op, "channel in training", count, x);
            Standardize.Standardized found = Standardize.standardize(array(wide), dims, options.epsilon(), true);
            standard = standardized(wide, dims, found, options.epsilon(), true);
            if (x.numel() > 0) {
                double unbiased = count / (count - 1.0);
                options.runningMean().ifPresent(old -> update(old, Tensor.of(found.mean()), options.momentum()));
                options.runningVar()
                        .ifPresent(
                                old -> update(old, Tensor.of(found.variance()).mul(unbiased), options.momentum()));
            }
        } else {
            Tensor mean = channels(options.runningMean().orElseThrow().detach(), x);
            Tensor var = HalfTypes.widened(
                    channels(options.runningVar().orElseThrow().detach(), x));
            Tensor scale = Elementary.rsqrt(var.add(options.epsilon()));
            standard = mayCount(mean)
                    ? Scaled.fitting((in, s) -> in.get(0).sub(in.get(1)).mul(scale), wide, HalfTypes.widened(mean))
                    : wide.sub(mean).mul(scale);
        }
        return perChannel(op, standard, options.weight(), options.bias(), x.dtype());
    }

    /** Averages moments over all dims but that of the channels, and mixes them into the running value. */
    private static void update(Tensor running, Tensor moments, double momentum) {
        Autograd.noGrad(() -> {
            Tensor latest = moments.transpose(0, 1).flatten(1).mean(1);
            running.copy_(HalfTypes.widened(running).mul(1 - momentum).add(latest.mul(momentum)));
        });
    }

    private static void checkRunning(String op, Tensor x, BatchNormOptions options) {
        checkArgument(
                options.training()
                        || (options.runningMean().isPresent()
                                && options.runningVar().isPresent()),
                "%s: expected a running mean and variance in evaluation; got none. Give them with withRunning(…).",
                op);
        long[] shape = {x.size(1)};
        options.runningMean().ifPresent(mean -> checkParameter(op, "running mean", mean, shape, x.dtype()));
        options.runningVar().ifPresent(var -> checkParameter(op, "running variance", var, shape, x.dtype()));
    }

    /**
     * y = x / (k + α · mean x²)ᵝ, the mean over neighboring channels (Krizhevsky et al. 2012), with PyTorch's defaults
     * α = 1e-4, β = 0.75 and k = 1.
     *
     * @param x floating, shape (N, C, *, *)
     * @param size how many neighbors there are with the channel itself; those that do not exist count as 0
     */
    public static Tensor localResponseNorm(Tensor x, int size) {
        return localResponseNorm(x, size, 1e-4, 0.75, 1);
    }

    /**
     * y = x / (k + α · mean x²)ᵝ, the mean over neighboring channels.
     *
     * @param x floating, shape (N, C, *) of at least 3 dims
     * @param size how many neighbors there are with the channel itself, size / 2 of them before it; those that do not
     *     exist count as 0
     * @return x's shape
     * @throws IllegalArgumentException if x has less dims or the size is below 1
     */
    public static Tensor localResponseNorm(
            Tensor x, int size, @Default("1e-4") double alpha, @Default("0.75") double beta, @Default("1") double k) {
        checkChannels("localResponseNorm", x, 3);
        checkArgument(
                size >= 1, "localResponseNorm: expected a size of at least 1; got %s. Count the channel itself.", size);
        return HalfTypes.wide(x, v -> ResponseNorm.of(v, size, alpha, beta, k));
    }

    /** y = (x − mean x) · s, or x · s with the mean taken for 0 unless centered. */
    private static Tensor standardize(Tensor x, int[] dims, double epsilon, boolean centered) {
        return standardized(x, dims, Standardize.standardize(array(x), dims, epsilon, centered), epsilon, centered);
    }

    /** The scale s as an operation of its own has ∂L/∂x = −g s² x̂ / n, for derivatives of derivatives. */
    private static Tensor standardized(
            Tensor x, int[] dims, Standardize.Standardized found, double epsilon, boolean centered) {
        long n = Shapes.count(x.shape(), dims);
        Tensor scale = Op.pure("inverseDeviation", found.scale())
                .wrt(
                        x,
                        (g, s) -> g.mul(s)
                                .mul(s)
                                .mul(standardize(x, dims, epsilon, centered))
                                .div(-n),
                        x)
                .tensor();
        return Op.pure("standardize", found.values())
                .wrt(x, (g, y) -> backward(g, y, scale, dims, centered), scale)
                .tensor();
    }

    /** z = s · (g − mean g − y · mean(g y)), symmetric in g; the mean of g only if centered. */
    private static Tensor backward(Tensor g, Tensor y, Tensor s, int[] dims, boolean centered) {
        return Op.pure("standardizeBackward", Standardize.backward(array(g), array(y), array(s), dims, centered))
                .wrt(g, h -> backward(h, y, s, dims, centered), y, s)
                .wrt(
                        y,
                        h -> {
                            Tensor ofG = Reductions.mean(g.mul(y), dims, KeepDim.YES);
                            Tensor ofH = Reductions.mean(h.mul(y), dims, KeepDim.YES);
                            return h.mul(ofG).add(g.mul(ofH)).mul(s).neg();
                        },
                        g,
                        y,
                        s)
                .wrt(s, (h, z) -> Reductions.sum(h.mul(z), dims, KeepDim.YES).div(s), s)
                .tensor();
    }

    private static Tensor perChannel(
            String op, Tensor x, Optional<Tensor> weight, Optional<Tensor> bias, DataType type) {
        return affine(op, x, new long[] {x.size(1)}, line(x), weight, bias, type);
    }

    /** Returns weight · x + bias in a type, that of weight and bias. */
    private static Tensor affine(
            String op,
            Tensor x,
            long[] shape,
            long[] aligned,
            Optional<Tensor> weight,
            Optional<Tensor> bias,
            DataType type) {
        weight.ifPresent(factor -> checkParameter(op, "weight", factor, shape, type));
        bias.ifPresent(summand -> checkParameter(op, "bias", summand, shape, type));
        if (weight.isPresent() && bias.isPresent() && mayCount(bias.get())) {
            return HalfTypes.wide(
                            weight.get(),
                            bias.get(),
                            (w, b) -> Scaled.fitting(
                                    (in, s) -> x.mul(in.get(0).reshape(aligned))
                                            .add(in.get(1).reshape(aligned)),
                                    w,
                                    b))
                    .to(type);
        }
        Tensor scaled = weight.isPresent() ? x.mul(weight.get().reshape(aligned)) : x;
        return (bias.isPresent() ? scaled.add(bias.get().reshape(aligned)) : scaled).to(type);
    }

    /** Whether a summand is so large that it brings numbers from beyond the range into it, or out of it. */
    private static boolean mayCount(Tensor summand) {
        return summand.numel() > 0
                && Moments.norm(array(summand), 2) > (summand.dtype() == DataType.DOUBLE ? 0x1p960 : 0x1p96);
    }

    /** Returns a vector over the channels as it broadcasts with x. */
    private static Tensor channels(Tensor vector, Tensor x) {
        return vector.reshape(line(x));
    }

    private static long[] line(Tensor x) {
        long[] line = new long[x.ndim() - 1];
        Arrays.fill(line, 1);
        line[0] = x.size(1);
        return line;
    }

    /** Returns how many values there are per sample and channel. */
    private static long inner(Tensor x) {
        return Shapes.count(x.shape(), IntStream.range(2, x.ndim()).toArray());
    }

    /** Refuses a single value, which is its own mean, so that nothing of it would be left. */
    private static void checkSeveral(String op, String where, long count, Tensor x) {
        checkArgument(
                count != 1,
                "%s: expected more than one value per %s; got shape %s. Use a larger batch, or evaluation.",
                op,
                where,
                Shapes.format(x.shape()));
    }

    private static void checkChannels(String op, Tensor x, int dims) {
        OpChecks.floating(op, x);
        checkArgument(
                x.ndim() >= dims,
                "%s: expected an input of shape (N, C, *) with at least %s dims; got %s. Add dims with unsqueeze.",
                op,
                dims,
                Shapes.format(x.shape()));
    }

    private static void checkParameter(String op, String what, Tensor given, long[] shape, DataType type) {
        checkArgument(
                Arrays.equals(given.shape(), shape) && given.dtype() == type,
                "%s: expected a %s of shape %s and type %s; got %s and %s. Reshape it, or convert it with to(…).",
                op,
                what,
                Shapes.format(shape),
                DTypes.name(type),
                Shapes.format(given.shape()),
                DTypes.name(given.dtype()));
    }
}
