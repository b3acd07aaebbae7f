package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.DropoutMask;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.DoubleMath;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.PiecewiseActivations;
import org.ndgrad.autograd.kernels.math.SmoothActivations;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.reduction.Softmax;

/** What stands between the linear layers of a network. Shape (*), the same for the result. */
public final class Activations {

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    /** Below, 1 / (1 − p) can be 1 as a number of the tensor's type. */
    private static final double SMALLEST_DROP = 0x1p-6;

    /** How to compute the Gaussian error linear unit. */
    public enum Gelu {
        /** By the error function: x · (1 + erf(x / √2)) / 2. */
        EXACT,
        /** By the approximation x · (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. */
        TANH
    }

    private Activations() {}

    /** y = max(x, 0); ∂L/∂x = g where x > 0, else 0, also at 0. */
    public static Tensor relu(Tensor x) {
        OpChecks.numbers("relu", x);
        return Op.pure("relu", Pointwise.numeric(array(x), Unary.RELU, v -> Math.max(v, 0)))
                .wrt(x, (g, y) -> Masks.keepPositive(g, y))
                .tensor();
    }

    /** y = x where x > 0, else slope · x; ∂L/∂x = g where x > 0, else slope · g. */
    public static Tensor leakyRelu(Tensor x, @Default("0.01") double slope) {
        return holding(
                x,
                v -> Op.pure("leakyRelu", Pointwise.floating(array(v), PiecewiseActivations.leakyRelu(slope)))
                        .wrt(v, g -> BackwardOps.leakyRelu(g, v, slope), v)
                        .tensor(),
                slope);
    }

    /** y = min(max(x, low), high); ∂L/∂x = g where low &lt; x &lt; high, bounds excluded, else 0. */
    public static Tensor hardtanh(Tensor x, @Default("-1") Number low, @Default("1") Number high) {
        OpChecks.numbers("hardtanh", x);
        double min = low.doubleValue();
        double max = high.doubleValue();
        checkArgument(min <= max, "hardtanh: expected bounds in order; got %s and %s. Swap them.", low, high);
        long least = Constants.bound("hardtanh", x.dtype(), low).longValue();
        long most = Constants.bound("hardtanh", x.dtype(), high).longValue();
        return Op.pure(
                        "hardtanh",
                        Pointwise.numeric(array(x), Unary.clamp(min, max), v -> Math.min(Math.max(v, least), most)))
                .wrt(x, g -> Masks.keep(g, x, Interval.open(min, max).orNan()), x)
                .tensor();
    }

    /** y = min(max(x, 0), 6). */
    public static Tensor relu6(Tensor x) {
        return hardtanh(x, 0, 6);
    }

    /** y = x where x > 0, else α (eˣ − 1); ∂L/∂x = g where x > 0, else g · α · eˣ. */
    public static Tensor elu(Tensor x, @Default("1") double alpha) {
        return elu("elu", x, alpha, 1, 1);
    }

    /**
     * y = x where x > 0, else α (e^(x/α) − 1); ∂L/∂x = g where x > 0, else g · e^(x/α) (Barron 2017).
     *
     * @param alpha not 0
     */
    public static Tensor celu(Tensor x, @Default("1") double alpha) {
        checkArgument(alpha != 0, "celu: expected an alpha other than 0; got 0. Use relu.");
        return elu("celu", x, alpha, 1 / alpha, 1);
    }

    /** y = λ · elu(x, α) with the constants that keep mean 0 and variance 1 (Klambauer et al. 2017). */
    public static Tensor selu(Tensor x) {
        return elu("selu", x, SELU_ALPHA, 1, SELU_SCALE);
    }

    private static Tensor elu(String op, Tensor x, double alpha, double rate, double scale) {
        return holding(
                x,
                v -> Op.pure(op, Pointwise.floating(array(v), SmoothActivations.elu(alpha, rate, scale)))
                        .wrt(v, g -> BackwardOps.elu(op + "Backward", g, v, alpha, rate, scale), v)
                        .tensor(),
                alpha,
                rate);
    }

    /** Returns f(x), computed in float64 if float32 does not hold the constants with all digits. */
    private static Tensor holding(Tensor x, UnaryOperator<Tensor> f, double... constants) {
        return x.dtype() == DataType.DOUBLE || Constants.fitFloats(constants)
                ? f.apply(x)
                : f.apply(x.to(DataType.DOUBLE)).to(DTypes.floating(x.dtype()));
    }

    /** y = 1 / (1 + e⁻ˣ); ∂L/∂x = g · y · (1 − y). */
    public static Tensor sigmoid(Tensor x) {
        return Op.pure("sigmoid", Pointwise.floating(array(x), Unary.SIGMOID))
                .wrt(x, g -> BackwardOps.sigmoid("sigmoidBackward", g, x), x)
                .tensor();
    }

    /** y = ln σ(x), exact far below 0; ∂L/∂x = g · σ(−x). */
    public static Tensor logsigmoid(Tensor x) {
        return Op.pure("logsigmoid", Pointwise.floating(array(x), SmoothActivations.LOG_SIGMOID))
                .wrt(x, g -> BackwardOps.softplus("logsigmoidBackward", g, x, -1, Double.POSITIVE_INFINITY), x)
                .tensor();
    }

    /** y = ln(1 + eˣ), and x beyond 20; ∂L/∂x = g · σ(x). */
    public static Tensor softplus(Tensor x) {
        return softplus(x, 1, 20);
    }

    /** y = ln(1 + e^(βx)) / β, and x where βx exceeds the threshold; ∂L/∂x = g · σ(βx), and g there. */
    public static Tensor softplus(Tensor x, @Default("1") double beta, @Default("20") double threshold) {
        return holding(
                x,
                v -> Op.pure("softplus", Pointwise.floating(array(v), SmoothActivations.softplus(beta, threshold)))
                        .wrt(v, g -> BackwardOps.softplus("softplusBackward", g, v, beta, threshold), v)
                        .tensor(),
                beta);
    }

    /** y = x / (1 + |x|), ±1 at ±∞; ∂L/∂x = g / (1 + |x|)². */
    public static Tensor softsign(Tensor x) {
        return Op.pure("softsign", Pointwise.floating(array(x), PiecewiseActivations.SOFTSIGN))
                .wrt(
                        x,
                        g -> g.mul(
                                Arithmetic.reciprocal(HalfTypes.widened(x).abs().add(1))
                                        .square()),
                        x)
                .tensor();
    }

    /** y = x · Φ(x), Φ the distribution function of the standard normal distribution. */
    public static Tensor gelu(Tensor x) {
        return gelu(x, Gelu.EXACT);
    }

    /** y = x · Φ(x), exact or approximated; ∂L/∂x = g · (Φ(x) + x · φ(x)) with the normal density φ. */
    public static Tensor gelu(Tensor x, Gelu form) {
        if (OpChecks.given("gelu", "form", form) == Gelu.EXACT) {
            return Op.pure("gelu", Pointwise.floating(array(x), SmoothActivations.GELU))
                    .wrt(x, g -> BackwardOps.gelu(g, x), x)
                    .tensor();
        }
        return Op.pure("gelu", Pointwise.floating(array(x), SmoothActivations.GELU_TANH))
                .wrt(x, g -> BackwardOps.geluTanh(g, x), x)
                .tensor();
    }

    /** y = x · σ(x), also called swish; ∂L/∂x = g · σ · (1 + x · (1 − σ)). */
    public static Tensor silu(Tensor x) {
        return Op.pure("silu", Pointwise.floating(array(x), SmoothActivations.SILU))
                .wrt(x, g -> BackwardOps.silu(g, x), x)
                .tensor();
    }

    /** y = x · t with t = tanh(ln(1 + eˣ)); ∂L/∂x = g · (t + x · σ(x) · (1 − t²)) (Misra 2019). */
    public static Tensor mish(Tensor x) {
        return Op.pure("mish", Pointwise.floating(array(x), SmoothActivations.MISH))
                .wrt(x, g -> BackwardOps.mish(g, x), x)
                .tensor();
    }

    /** y = min(max(x / 6 + 1/2, 0), 1); ∂L/∂x = g / 6 where −3 &lt; x &lt; 3, else 0. */
    public static Tensor hardsigmoid(Tensor x) {
        return Op.pure("hardsigmoid", Pointwise.floating(array(x), PiecewiseActivations.HARDSIGMOID))
                .wrt(x, g -> Masks.keep(g.div(6), x, Interval.open(-3, 3)), x)
                .tensor();
    }

    /** y = x · hardsigmoid x; ∂L/∂x = 0 where x ≤ −3, g where x ≥ 3, between g · (x/3 + 1/2). */
    public static Tensor hardswish(Tensor x) {
        return Op.pure("hardswish", Pointwise.floating(array(x), PiecewiseActivations.HARDSWISH))
                .wrt(x, g -> BackwardOps.hardswish(g, x), x)
                .tensor();
    }

    /** y = x where |x| > λ, else 0; g flows where x does. */
    public static Tensor hardshrink(Tensor x, @Default("0.5") double lambda) {
        Interval kept = Interval.closed(-lambda, lambda).not();
        return Op.pure("hardshrink", Pointwise.floating(array(x), PiecewiseActivations.keep(kept, 0)))
                .wrt(x, g -> Masks.keep(g, x, kept), x)
                .tensor();
    }

    /**
     * y = x moved by λ toward 0, which it does not cross; ∂L/∂x = g where |x| > λ, else 0.
     *
     * @param lambda at least 0
     */
    public static Tensor softshrink(Tensor x, @Default("0.5") double lambda) {
        checkArgument(lambda >= 0, "softshrink: expected a lambda of at least 0; got %s. Drop the sign.", lambda);
        return Op.pure("softshrink", Pointwise.floating(array(x), PiecewiseActivations.softshrink(lambda)))
                .wrt(x, g -> Masks.keep(g, x, Interval.closed(-lambda, lambda).not()), x)
                .tensor();
    }

    /** y = x − tanh x, exact for small x; ∂L/∂x = g · tanh² x. */
    public static Tensor tanhshrink(Tensor x) {
        return Op.pure("tanhshrink", Pointwise.floating(array(x), DoubleMath::tanhshrink))
                .wrt(x, g -> g.mul(HalfTypes.widened(x).tanh().square()), x)
                .tensor();
    }

    /** y = x where x > threshold, else value; ∂L/∂x = g where x > threshold, else 0. */
    public static Tensor threshold(Tensor x, Number threshold, Number value) {
        Interval kept = Interval.atMost(threshold.doubleValue()).not();
        Number other = Constants.held("threshold", x.dtype(), value);
        long most = wholeThreshold(x, threshold);
        return Op.pure(
                        "threshold",
                        Pointwise.numeric(
                                array(x),
                                PiecewiseActivations.keep(kept, other.doubleValue()),
                                v -> v <= most ? other.longValue() : v))
                .wrt(x, g -> Masks.keep(g, x, kept), x)
                .tensor();
    }

    /** Returns the largest whole number that is not above the threshold, if x needs it. */
    private static long wholeThreshold(Tensor x, Number threshold) {
        Number below = DTypes.isIntegral(threshold) ? threshold : Double.valueOf(Math.floor(threshold.doubleValue()));
        return DTypes.isFloating(x.dtype())
                ? 0
                : Constants.held("threshold", DataType.INT64, below).longValue();
    }

    /**
     * y = x where x > 0, else x · (lower + upper) / 2; ∂L/∂x = g where x > 0, else g · (lower + upper) / 2: how the
     * randomized leaky unit is evaluated (Xu et al. 2015).
     *
     * @throws IllegalArgumentException unless lower ≤ upper and both are finite
     */
    public static Tensor rrelu(Tensor x, @Default("0.125") double lower, @Default("1.0 / 3") double upper) {
        checkSlopes(lower, upper);
        return leakyRelu(x, (lower + upper) / 2);
    }

    /**
     * y = x where x > 0, else r · x; ∂L/∂x = g where x > 0, else r · g, with slopes r drawn evenly between lower and
     * upper: how the randomized leaky unit is trained (Xu et al. 2015). The elements draw in row-major order, each one
     * number.
     *
     * @throws IllegalArgumentException unless lower ≤ upper and both are finite
     */
    public static Tensor rrelu(Tensor x, double lower, double upper, RandomGenerator rng) {
        OpChecks.floating("rrelu", x);
        checkSlopes(lower, upper);
        Tensor drawn = Op.pure("slopes", Fill.uniform(DTypes.wide(x.dtype()), rng, lower, upper, array(x).shape()))
                .tensor();
        Tensor slopes = Comparison.maskedFill(drawn, x.detach().gt(0), 1);
        return HalfTypes.wide(x, v -> v.mul(slopes));
    }

    private static void checkSlopes(double lower, double upper) {
        checkArgument(
                lower <= upper && Double.isFinite(lower) && Double.isFinite(upper),
                "rrelu: expected finite slopes with lower <= upper; got lower=%s, upper=%s. Swap them.",
                lower,
                upper);
    }

    /**
     * y = x where x > 0, else w · x; ∂L/∂x = g where x > 0, else w · g, ∂L/∂w = 0 where x > 0, else g · x.
     *
     * @param weight the slope w below 0: one for all, shape () or (1), or one for each channel, shape (x.size(1))
     */
    public static Tensor prelu(Tensor x, Tensor weight) {
        if (weight.numel() == 1 && weight.ndim() <= 1) {
            return leaky(x, weight.reshape());
        }
        long channels = x.ndim() > 1 ? x.size(1) : 1;
        checkArgument(
                weight.ndim() == 1 && weight.numel() == channels,
                "prelu: expected one weight or one for each of the %s channels of x %s; got shape %s. Reshape it.",
                channels,
                Shapes.format(x.shape()),
                Shapes.format(weight.shape()));
        long[] shape = new long[x.ndim() - 1];
        Arrays.fill(shape, 1);
        shape[0] = channels;
        return leaky(x, weight.reshape(shape));
    }

    private static Tensor leaky(Tensor x, Tensor slope) {
        return Op.pure("prelu", Pointwise.floating("prelu", array(x), array(slope), PiecewiseActivations.PRELU))
                .wrt(x, g -> Comparison.where(x.gt(0), g, g.mul(slope)), x, slope)
                .wrt(slope, g -> Masks.keep(g.mul(x), x, Interval.atLeast(0).not()), x)
                .tensor();
    }

    /** y = a · σ(b) where a and b are the halves of x along a dim, whose size is even (Dauphin et al. 2017). */
    public static Tensor glu(Tensor x, @Default("-1") int dim) {
        checkArgument(x.ndim() > 0, "glu: expected a dimension to halve; got a 0-d tensor. Use a shape.");
        int along = Shapes.dim("glu", dim, x.ndim());
        long size = x.size(along);
        checkArgument(
                size % 2 == 0,
                "glu: expected an even size along dim %s; got shape %s. Choose another dim.",
                along,
                Shapes.format(x.shape()));
        return HalfTypes.wide(x, v -> gated(v.slice(along, 0, size / 2), v.slice(along, size / 2, size)));
    }

    /** y = a · σ(b); ∂L/∂a = g · σ(b), ∂L/∂b = g σ (1 − σ) · a, in this order since g · a may not fit. */
    private static Tensor gated(Tensor a, Tensor b) {
        Tensor gate = b.sigmoid();
        return Op.pure("glu", Pointwise.floating("glu", array(a), array(gate), Binary.MULTIPLY))
                .wrt(a, g -> g.mul(gate), gate)
                .wrt(b, g -> BackwardOps.sigmoid("gluBackward", g, b).mul(a), a, b)
                .tensor();
    }

    /** y = e⁻ˣ / Σ e⁻ˣ along a dim. */
    public static Tensor softmin(Tensor x, int dim) {
        return HalfTypes.wide(x, v -> softmax(v.neg(), dim));
    }

    /** y = eˣ / Σ eˣ along a dim; ∂L/∂x = y · (g − Σ g · y). NaN where all elements are −∞. */
    public static Tensor softmax(Tensor x, int dim) {
        int along = Shapes.dim("softmax", dim, x.ndim());
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> softmax(v, dim));
        }
        return Op.pure("softmax", Softmax.softmax(array(x), along))
                .wrt(x, (g, y) -> BackwardOps.softmax(g, y, along))
                .tensor();
    }

    /** y = x − ln Σ eˣ along a dim; ∂L/∂x = g − e^y · Σ g. */
    public static Tensor logSoftmax(Tensor x, int dim) {
        int along = Shapes.dim("logSoftmax", dim, x.ndim());
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> logSoftmax(v, dim));
        }
        return Op.pure("logSoftmax", Softmax.logSoftmax(array(x), along))
                .wrt(x, (g, y) -> BackwardOps.logSoftmax(g, y, along))
                .tensor();
    }

    /**
     * y = x · m / (1 − p) with a mask m that is 0 with probability p, else 1; ∂L/∂x = g · m / (1 − p) (Srivastava
     * et al. 2014). What is dropped is 0, even if it was infinite. The elements draw from the generator in row-major
     * order, each one number.
     *
     * @param x of a floating type
     * @param p the probability to drop an element, in [0, 1]
     */
    public static Tensor dropout(Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        return dropped("dropout", x, p, rng, x.shape());
    }

    /** Drops elements of a mask of this shape, which broadcasts to that of x. */
    static Tensor dropped(String op, Tensor x, double p, RandomGenerator rng, long... shape) {
        OpChecks.floating(op, x);
        DropoutMask.checkProbability(op, p);
        Tensor mask = p == 1
                ? Tensor.zeros(DTypes.wide(x.dtype()), shape)
                : Op.pure("mask", DropoutMask.keep(DTypes.wide(x.dtype()), rng, p, shape))
                        .tensor();
        return HalfTypes.wide(x, v -> dropped(v, mask, p < SMALLEST_DROP ? Binary.WEIGH : Binary.DROP));
    }

    private static Tensor dropped(Tensor x, Tensor mask, Binary product) {
        return Op.pure("dropout", Pointwise.floating("dropout", array(x), array(mask), product))
                .wrt(x, g -> dropped(g, mask, product), mask)
                .tensor();
    }
}
