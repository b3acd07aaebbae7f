package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

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
public sealed class Linear extends Weighted permits LazyLinear {

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
        super(options.bias(), options.dtype(), options.rng());
        checkSizes(in, out);
        this.out = out;
        if (in != UNKNOWN) {
            begin(in);
        }
    }

    private Linear(Tensor weight, @Nullable Tensor bias) {
        super(checkWeight(weight), bias, Rng.defaultRng());
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
    }

    private static Tensor checkWeight(Tensor weight) {
        checkArgument(
                weight.ndim() == 2,
                "Linear: expected a weight of shape (out, in); got %s. Reshape it.",
                Text.shape(weight));
        return weight;
    }

    /**
     * Creates a map with given parameters, which become the layer's own and are made to require gradients.
     *
     * @param weight leaf of shape (out, in)
     * @param bias leaf of shape (out)
     * @throws IllegalArgumentException if the shapes or dtypes don't go together
     */
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(weight, Checks.given("Linear", "bias", bias));
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

    @Override
    final long[] weightShape(long in) {
        return new long[] {out, in};
    }

    @Override
    final long inputs(Tensor weight) {
        return weight.size(1);
    }

    @Override
    final long out() {
        return out;
    }

    /**
     * Returns x Wᵀ + b.
     *
     * @param x shape (*, in), at least 1-d, dtype of the weight
     * @return shape (*, out)
     * @throws IllegalArgumentException if the last dimension or the dtype does not fit
     */
    @Override
    final Tensor compute(Tensor x) {
        checkInput(x);
        if (isPending()) {
            begin(x.size(-1));
        }
        return hasBias() ? Functions.linear(x, weight(), bias()) : Functions.linear(x, weight());
    }

    @Override
    protected final String settings() {
        return "in=" + inText() + ", out=" + out + ", bias=" + hasBias();
    }

    private void checkInput(Tensor x) {
        if (x.ndim() == 0 || (!isPending() && x.size(-1) != in())) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected an input of shape (*, %s); got %s%s. %s",
                    who(),
                    inText(),
                    Text.shape(x),
                    x.ndim() == 0 ? "" : ", whose last dim is " + x.size(-1),
                    advice(x)));
        }
        checkDtype(x);
    }

    /** An image that nobody flattened is the usual reason. */
    private String advice(Tensor x) {
        boolean isBatch = x.ndim() > 2 && x.size(0) > 0 && x.numel() / x.size(0) == in();
        if (isBatch || (x.ndim() > 1 && x.numel() == in())) {
            return "Put a Flatten before it, new Flatten(" + (isBatch ? "" : "0")
                    + "), which joins the dims into one of that size.";
        }
        return x.ndim() > 2
                ? "Make 'in' the number of features, or, if the input is an image, put a Flatten before it, which"
                        + " makes (N, "
                        + (x.size(0) == 0 ? "…" : x.numel() / x.size(0)) + ")."
                : "Make 'in' the number of features, or reshape the input.";
    }
}
