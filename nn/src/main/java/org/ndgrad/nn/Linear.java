package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.LinearAlgebra;

/**
 * An affine map of the last dimension, y = x Wᵀ + b.
 *
 * <p>Input: (*, in). Output: (*, out). Parameters: {@code weight} (out, in) and {@code bias} (out), both drawn from
 * U(−k, k) with k = 1/√in, as PyTorch does. With in = 0 the output is the bias, which is then zero.
 *
 * <pre>{@code
 * Linear layer = new Linear(3, 2);
 * layer.forward(Tensor.randn(5, 3)).shape(); // 5, 2
 * }</pre>
 */
public final class Linear extends BuiltIn implements KeepsNothing {

    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final long in;
    private final long out;

    /**
     * Creates a map of {@link Tensor#defaultDtype()} with a bias, drawn from the default generator.
     *
     * @param in size of the input's last dimension, at least 0
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if a size is negative
     */
    public Linear(long in, long out) {
        this(in, out, LinearOptions.defaults());
    }

    /**
     * Creates a map; the weight is drawn first, then the bias.
     *
     * @param in size of the input's last dimension, at least 0
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if a size is negative
     */
    public Linear(long in, long out, LinearOptions options) {
        checkArgument(
                in >= 0 && out >= 0,
                "Linear: expected sizes of at least 0; got in=%s, out=%s. Give the numbers of features.",
                in,
                out);
        double bound = in == 0 ? 0 : 1 / Math.sqrt((double) in);
        this.in = in;
        this.out = out;
        this.weight = parameter(
                "weight", Init.uniform_(Tensor.empty(options.dtype(), out, in), options.rng(), -bound, bound));
        this.bias = options.bias()
                ? parameter("bias", Init.uniform_(Tensor.empty(options.dtype(), out), options.rng(), -bound, bound))
                : null;
    }

    private Linear(Tensor weight, @Nullable Tensor bias) {
        checkArgument(
                weight.ndim() == 2,
                "Linear: expected a weight of shape (out, in); got %s. Reshape it.",
                Text.shape(weight));
        this.in = weight.size(1);
        this.out = weight.size(0);
        if (bias != null) {
            checkArgument(
                    bias.ndim() == 1 && bias.size(0) == out && bias.dtype() == weight.dtype(),
                    "Linear: expected a bias of shape (%s) and dtype %s to go with the weight; got %s, %s."
                            + " Reshape or convert it.",
                    out,
                    Text.dtype(weight),
                    Text.shape(bias),
                    Text.dtype(bias));
        }
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    /**
     * Creates a map with given parameters, which become the layer's own and are made to require gradients.
     *
     * @param weight leaf of shape (out, in)
     * @param bias leaf of shape (out)
     * @throws IllegalArgumentException if the shapes or dtypes don't go together
     */
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(weight, bias);
    }

    /**
     * Creates a map without a bias from a given weight, which becomes the layer's own and is made to require a
     * gradient.
     *
     * @param weight leaf of shape (out, in)
     * @throws IllegalArgumentException if it is not a matrix
     */
    public static Linear of(Tensor weight) {
        return new Linear(weight, null);
    }

    /**
     * Returns x Wᵀ + b.
     *
     * @param x shape (*, in), at least 1-d, dtype of the weight
     * @return shape (*, out)
     * @throws IllegalArgumentException if the last dimension or the dtype does not fit
     */
    @Override
    Tensor compute(Tensor x) {
        checkInput(x);
        return bias == null ? LinearAlgebra.linear(x, weight) : LinearAlgebra.linear(x, weight, bias);
    }

    /** Returns the weight, shape (out, in). */
    public Tensor weight() {
        return weight;
    }

    /** Returns the bias, shape (out), or nothing if the layer was made without. */
    public Optional<Tensor> bias() {
        return Optional.ofNullable(bias);
    }

    @Override
    protected String settings() {
        return "in=" + in + ", out=" + out + ", bias=" + (bias != null);
    }

    private void checkInput(Tensor x) {
        if (x.ndim() == 0 || x.size(-1) != in) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "Linear(in=%s): expected an input of shape (*, %s); got %s%s. "
                            + "Make 'in' the number of features, or reshape the input.",
                    in, in, Text.shape(x), x.ndim() == 0 ? "" : ", whose last dim is " + x.size(-1)));
        }
        if (x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "Linear(in=%s): expected an input of dtype %s, like the weight; got %s. "
                            + "Convert the input with to(DataType.%s).",
                    in, Text.dtype(weight), Text.dtype(x), weight.dtype()));
        }
    }
}
