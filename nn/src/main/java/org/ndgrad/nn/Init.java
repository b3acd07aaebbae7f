package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Qr;

/**
 * Initial values of parameters, by PyTorch's names: each method overwrites a tensor, also one that requires a gradient,
 * without recording it, and returns it. Without a generator, the default one draws.
 *
 * <p>A weight has the shape (out, in, *), where * is the kernel of a convolution; then fanIn = in · k and fanOut = out
 * · k with k the number of elements in the kernel.
 *
 * <pre>{@code
 * Init.kaimingNormal_(linear.weight(), KaimingOptions.defaults().withNonlinearity(Nonlinearity.RELU));
 * }</pre>
 */
public final class Init {

    private Init() {}

    /** Which number of connections a Kaiming initialization keeps the variance for. */
    public enum Fan {
        /** The inputs of a unit: activations keep their size in the forward pass. */
        IN,
        /** The outputs of a unit: gradients keep their size in the backward pass. */
        OUT
    }

    /** Returns the factor for the weights' standard deviation before this function; for leaky ReLU, of slope 0.01. */
    public static double calculateGain(Nonlinearity nonlinearity) {
        return calculateGain(nonlinearity, 0.01);
    }

    /**
     * Returns the factor for the weights' standard deviation before this function.
     *
     * @param slope that of leaky ReLU for negative numbers, whose gain is √(2 / (1 + slope²)); for others, it does not
     *     matter
     */
    public static double calculateGain(Nonlinearity nonlinearity, double slope) {
        return nonlinearity == Nonlinearity.LEAKY_RELU ? Math.sqrt(2 / (1 + slope * slope)) : nonlinearity.gain();
    }

    /** Draws from the uniform distribution on [0, 1). */
    public static Tensor uniform_(Tensor tensor) {
        return uniform_(tensor, 0, 1);
    }

    /** Draws from the uniform distribution on [low, high). */
    public static Tensor uniform_(Tensor tensor, double low, double high) {
        return uniform_(tensor, Rng.defaultRng(), low, high);
    }

    /**
     * Draws from the uniform distribution on [low, high); see {@link Tensor#uniform_(RandomGenerator, double, double)}.
     */
    public static Tensor uniform_(Tensor tensor, RandomGenerator rng, double low, double high) {
        return change(tensor, t -> t.uniform_(rng, low, high));
    }

    /** Draws from the standard normal distribution. */
    public static Tensor normal_(Tensor tensor) {
        return normal_(tensor, 0, 1);
    }

    /** Draws from N(mean, std²). */
    public static Tensor normal_(Tensor tensor, double mean, double std) {
        return normal_(tensor, Rng.defaultRng(), mean, std);
    }

    /** Draws from N(mean, std²); see {@link Tensor#normal_(RandomGenerator, double, double)}. */
    public static Tensor normal_(Tensor tensor, RandomGenerator rng, double mean, double std) {
        return change(tensor, t -> t.normal_(rng, mean, std));
    }

    /** Draws from the standard normal distribution between −2 and 2. */
    public static Tensor truncNormal_(Tensor tensor) {
        return truncNormal_(tensor, TruncNormalOptions.defaults());
    }

    /** Draws from a normal distribution cut at bounds, in far tails, too; rounded to the type of the tensor. */
    public static Tensor truncNormal_(Tensor tensor, TruncNormalOptions options) {
        Checks.floating("truncNormal_", "a tensor", tensor);
        double[] values = new double[count("truncNormal_", tensor)];
        for (int i = 0; i < values.length; i++) {
            values[i] = options.draw();
        }
        return fill(tensor, values);
    }

    /** Sets every element to a value. */
    public static Tensor constant_(Tensor tensor, Number value) {
        return change(tensor, t -> t.fill_(value));
    }

    /** Sets every element to 1. */
    public static Tensor ones_(Tensor tensor) {
        return constant_(tensor, 1);
    }

    /** Sets every element to 0. */
    public static Tensor zeros_(Tensor tensor) {
        return constant_(tensor, 0);
    }

    /**
     * Sets the diagonal to 1 and the rest to 0, so that a linear layer passes on as many inputs as it can.
     *
     * @param tensor 2-d
     */
    public static Tensor eye_(Tensor tensor) {
        checkMatrix("eye_", tensor);
        return change(tensor, t -> t.copy_(Tensor.eye(t.size(0), t.size(1))));
    }

    /** Makes a convolution pass on as many channels as it can; see {@link #dirac_(Tensor, long)}. */
    public static Tensor dirac_(Tensor tensor) {
        return dirac_(tensor, 1);
    }

    /**
     * Makes a convolution with a padding that keeps the size pass on as many channels of each group as it can: 1 in the
     * middle of the kernel that leads from a channel to itself, 0 elsewhere.
     *
     * @param tensor shape (out, in / groups, *), of 3 to 5 dims
     * @param groups of the convolution; a divisor of out
     */
    public static Tensor dirac_(Tensor tensor, long groups) {
        checkArgument(
                tensor.ndim() >= 3 && tensor.ndim() <= 5,
                "dirac_: expected the weight of a convolution, of 3 to 5 dims; got %s. Use eye_ for a matrix.",
                Text.shape(tensor));
        checkArgument(
                groups >= 1 && tensor.size(0) % groups == 0,
                "dirac_: expected at least 1 group, and output channels in multiples of the groups; got %s groups and shape"
                        + " %s. Use the convolution's groups.",
                groups,
                Text.shape(tensor));
        long perGroup = tensor.size(0) / groups;
        double[] values = new double[count("dirac_", tensor)];
        long kernel = 1;
        long middle = 0;
        for (int dim = 2; dim < tensor.ndim(); dim++) {
            kernel *= tensor.size(dim);
            middle = middle * tensor.size(dim) + tensor.size(dim) / 2;
        }
        for (long out = 0; out < tensor.size(0) && kernel > 0; out++) {
            long in = out % perGroup;
            if (in < tensor.size(1)) {
                values[(int) ((out * tensor.size(1) + in) * kernel + middle)] = 1;
            }
        }
        return fill(tensor, values);
    }

    /** Draws as {@link #xavierUniform_(Tensor, RandomGenerator, double)} with gain 1. */
    public static Tensor xavierUniform_(Tensor tensor) {
        return xavierUniform_(tensor, 1);
    }

    /** Draws as {@link #xavierUniform_(Tensor, RandomGenerator, double)}. */
    public static Tensor xavierUniform_(Tensor tensor, double gain) {
        return xavierUniform_(tensor, Rng.defaultRng(), gain);
    }

    /**
     * Draws from U(−a, a) with a = gain · √(6 / (fanIn + fanOut)).
     *
     * <p>Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010.
     *
     * @param tensor shape (out, in, *)
     * @param gain see {@link #calculateGain(Nonlinearity)}; 1 for the paper's rule
     */
    public static Tensor xavierUniform_(Tensor tensor, RandomGenerator rng, double gain) {
        double bound =
                gain * Math.sqrt(6 / (fan("xavierUniform_", Fan.IN, tensor) + fan("xavierUniform_", Fan.OUT, tensor)));
        return uniform_(tensor, rng, -bound, bound);
    }

    /** Draws as {@link #xavierNormal_(Tensor, RandomGenerator, double)} with gain 1. */
    public static Tensor xavierNormal_(Tensor tensor) {
        return xavierNormal_(tensor, 1);
    }

    /** Draws as {@link #xavierNormal_(Tensor, RandomGenerator, double)}. */
    public static Tensor xavierNormal_(Tensor tensor, double gain) {
        return xavierNormal_(tensor, Rng.defaultRng(), gain);
    }

    /**
     * Draws from N(0, s²) with s = gain · √(2 / (fanIn + fanOut)); source and parameters as for
     * {@link #xavierUniform_(Tensor, RandomGenerator, double)}.
     */
    public static Tensor xavierNormal_(Tensor tensor, RandomGenerator rng, double gain) {
        double std =
                gain * Math.sqrt(2 / (fan("xavierNormal_", Fan.IN, tensor) + fan("xavierNormal_", Fan.OUT, tensor)));
        return normal_(tensor, rng, 0, std);
    }

    /** Draws as {@link #kaimingUniform_(Tensor, KaimingOptions)} with PyTorch's defaults. */
    public static Tensor kaimingUniform_(Tensor tensor) {
        return kaimingUniform_(tensor, KaimingOptions.defaults());
    }

    /**
     * Draws from U(−a, a) with a = gain · √(3 / fan).
     *
     * <p>Source: He et al., Delving deep into rectifiers, 2015.
     *
     * @param tensor shape (out, in, *)
     */
    public static Tensor kaimingUniform_(Tensor tensor, KaimingOptions options) {
        double bound = options.gain() * Math.sqrt(3 / fan("kaimingUniform_", options.fan(), tensor));
        return uniform_(tensor, options.rng(), -bound, bound);
    }

    /** Draws as {@link #kaimingNormal_(Tensor, KaimingOptions)} with PyTorch's defaults. */
    public static Tensor kaimingNormal_(Tensor tensor) {
        return kaimingNormal_(tensor, KaimingOptions.defaults());
    }

    /**
     * Draws from N(0, s²) with s = gain / √fan; source and parameters as for {@link #kaimingUniform_(Tensor,
     * KaimingOptions)}.
     */
    public static Tensor kaimingNormal_(Tensor tensor, KaimingOptions options) {
        return normal_(
                tensor, options.rng(), 0, options.gain() / Math.sqrt(fan("kaimingNormal_", options.fan(), tensor)));
    }

    /** Draws as {@link #lecunUniform_(Tensor, RandomGenerator)}. */
    public static Tensor lecunUniform_(Tensor tensor) {
        return lecunUniform_(tensor, Rng.defaultRng());
    }

    /** Draws from U(−a, a) with a = √(3 / fanIn); source and parameters as for {@link #lecunNormal_}. */
    public static Tensor lecunUniform_(Tensor tensor, RandomGenerator rng) {
        double bound = Math.sqrt(3 / fan("lecunUniform_", Fan.IN, tensor));
        return uniform_(tensor, rng, -bound, bound);
    }

    /** Draws as {@link #lecunNormal_(Tensor, RandomGenerator)}. */
    public static Tensor lecunNormal_(Tensor tensor) {
        return lecunNormal_(tensor, Rng.defaultRng());
    }

    /**
     * Draws from N(0, 1 / fanIn). PyTorch has no such method.
     *
     * <p>Source: LeCun et al., Efficient backprop, 1998, section 4.6.
     *
     * @param tensor shape (out, in, *)
     */
    public static Tensor lecunNormal_(Tensor tensor, RandomGenerator rng) {
        return normal_(tensor, rng, 0, 1 / Math.sqrt(fan("lecunNormal_", Fan.IN, tensor)));
    }

    /** Draws as {@link #orthogonal_(Tensor, RandomGenerator, double)} with gain 1. */
    public static Tensor orthogonal_(Tensor tensor) {
        return orthogonal_(tensor, 1);
    }

    /** Draws as {@link #orthogonal_(Tensor, RandomGenerator, double)}. */
    public static Tensor orthogonal_(Tensor tensor, double gain) {
        return orthogonal_(tensor, Rng.defaultRng(), gain);
    }

    /**
     * Draws gain · Q with a matrix Q of orthonormal rows or, if it has more rows than columns, columns, from the
     * uniform distribution of these; the dims behind the first count as one.
     *
     * <p>Source: Saxe et al., Exact solutions to the nonlinear dynamics of learning in deep linear neural networks,
     * 2013.
     *
     * @param tensor at least 2-d
     */
    public static Tensor orthogonal_(Tensor tensor, RandomGenerator rng, double gain) {
        Checks.floating("orthogonal_", "a tensor", tensor);
        fan("orthogonal_", Fan.IN, tensor);
        if (tensor.numel() == 0) {
            return tensor;
        }
        long rows = tensor.size(0);
        long columns = tensor.numel() / rows;
        Tensor drawn = Tensor.randn(DataType.DOUBLE, rng, rows, columns);
        return change(tensor, t -> {
            Qr parts = Functions.qr(rows < columns ? drawn.t() : drawn);
            Tensor q =
                    parts.q().mul(parts.r().diagonal().sign()); // without it, some would be more probable than others
            t.copy_((rows < columns ? q.t() : q).mul(gain).reshape(t.shape()));
        });
    }

    /** Draws as {@link #sparse_(Tensor, RandomGenerator, double, double)} with a standard deviation of 0.01. */
    public static Tensor sparse_(Tensor tensor, double sparsity) {
        return sparse_(tensor, Rng.defaultRng(), sparsity, 0.01);
    }

    /**
     * Draws from N(0, std²) and sets ⌈sparsity · rows⌉ elements of each column, chosen by chance, to 0.
     *
     * <p>Source: Martens, Deep learning via Hessian-free optimization, 2010.
     *
     * @param tensor 2-d
     * @param sparsity from 0 to 1
     */
    public static Tensor sparse_(Tensor tensor, RandomGenerator rng, double sparsity, double std) {
        checkMatrix("sparse_", tensor);
        checkArgument(
                sparsity >= 0 && sparsity <= 1,
                "sparse_: expected a sparsity in [0, 1]; got %s. Write 0.2 for 20 percent.",
                sparsity);
        int rows = (int) tensor.size(0);
        int columns = (int) tensor.size(1);
        double[] kept = new double[count("sparse_", tensor)];
        for (int column = 0; column < columns; column++) {
            int zeros = (int) Math.ceil(sparsity * rows);
            for (int row = 0; row < rows; row++) {
                boolean zero = rng.nextInt(rows - row) < zeros; // each choice of so many rows is as probable
                kept[row * columns + column] = zero ? 0 : 1;
                zeros -= zero ? 1 : 0;
            }
        }
        Tensor mask = Tensor.of(DataType.DOUBLE, kept).reshape(rows, columns);
        normal_(tensor, rng, 0, std);
        return change(tensor, t -> t.copy_(t.where(mask.ne(0), 0)));
    }

    /**
     * Overwrites a parameter with values of the same shape. Its gradient, and that it requires one, stay.
     *
     * @param parameter any shape
     * @param values shape of parameter
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void replace(Tensor parameter, Tensor values) {
        Checks.sameShape("replace", "values", values, "parameter", parameter);
        change(parameter, t -> t.copy_(values));
    }

    private static Tensor change(Tensor tensor, Consumer<Tensor> action) {
        Autograd.noGrad(() -> action.accept(tensor));
        return tensor;
    }

    private static Tensor fill(Tensor tensor, double... values) {
        Tensor all = Tensor.of(DataType.DOUBLE, values).reshape(tensor.shape());
        return change(tensor, t -> t.copy_(all));
    }

    private static int count(String who, Tensor tensor) {
        checkArgument(
                tensor.numel() <= Integer.MAX_VALUE - 8,
                "%s: expected fewer than 2^31 elements; got %s. Divide the tensor into slices.",
                who,
                tensor.numel());
        return (int) tensor.numel();
    }

    private static void checkMatrix(String who, Tensor tensor) {
        checkArgument(
                tensor.ndim() == 2,
                "%s: expected a matrix; got %s. Reshape it, or use dirac_ for convolutions.",
                who,
                Text.shape(tensor));
    }

    /** Returns the fan, and 1 where it would be 0, so that empty weights divide by nothing. */
    private static double fan(String who, Fan fan, Tensor tensor) {
        checkArgument(
                tensor.ndim() >= 2,
                "%s: expected a weight of shape (out, in, *), at least 2-d; got %s. Use uniform_ or normal_ for a bias.",
                who,
                Text.shape(tensor));
        double count = fan == Fan.IN ? tensor.size(1) : tensor.size(0);
        for (int dim = 2; dim < tensor.ndim(); dim++) {
            count *= tensor.size(dim);
        }
        return Math.max(1, count);
    }
}
