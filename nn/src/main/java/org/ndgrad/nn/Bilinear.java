package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A map that is linear in each of two inputs, yₖ = aᵀ Wₖ b + biasₖ.
 *
 * <p>Inputs: (*, in1) and (*, in2). Output: (*, out). Parameters: {@code weight} (out, in1, in2) and {@code bias}
 * (out), both drawn from U(−k, k) with k = 1/√in1, as PyTorch does.
 */
public final class Bilinear extends Block {

    private final Tensor weight;
    private final @Nullable Tensor bias;

    /**
     * Creates a map of {@link Tensor#defaultDtype()} with a bias, drawn from the default generator.
     *
     * @param in1 size of the first input's last dimension, at least 1
     * @param in2 size of the second input's last dimension, at least 1
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if a size is less
     */
    public Bilinear(long in1, long in2, long out) {
        this(in1, in2, out, LinearOptions.defaults());
    }

    /**
     * Creates a map; the weight is drawn first, then the bias.
     *
     * @param in1 size of the first input's last dimension, at least 1
     * @param in2 size of the second input's last dimension, at least 1
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if a size is less
     */
    public Bilinear(long in1, long in2, long out, LinearOptions options) {
        checkArgument(
                in1 >= 1 && in2 >= 1 && out >= 0,
                "Bilinear: expected inputs of at least 1 and an output of at least 0; got in1=%s, in2=%s, out=%s."
                        + " Give the numbers of features.",
                in1,
                in2,
                out);
        double bound = 1 / Math.sqrt((double) in1);
        weight = parameter(
                "weight", Init.uniform_(Tensor.empty(options.dtype(), out, in1, in2), options.rng(), -bound, bound));
        bias = options.bias()
                ? parameter("bias", Init.uniform_(Tensor.empty(options.dtype(), out), options.rng(), -bound, bound))
                : null;
    }

    /**
     * Returns aᵀ Wₖ b + biasₖ for all k.
     *
     * @param a shape (*, in1), dtype of the weight
     * @param b shape (*, in2), the same *
     * @return shape (*, out)
     * @throws IllegalArgumentException if shapes or types do not fit
     */
    public Tensor forward(Tensor a, Tensor b) {
        return hooked(List.of(a, b), inputs -> compute(inputs.get(0), inputs.get(1)));
    }

    private Tensor compute(Tensor a, Tensor b) {
        check("first", a, weight.size(1));
        check("second", b, weight.size(2));
        return bias == null ? Functions.bilinear(a, b, weight) : Functions.bilinear(a, b, weight, bias);
    }

    private void check(String which, Tensor x, long in) {
        checkArgument(
                x.ndim() > 0 && x.size(-1) == in && x.dtype() == weight.dtype(),
                "Bilinear(in1=%s, in2=%s): expected a %s input of shape (*, %s) and dtype %s; got %s, %s. Reshape or"
                        + " convert it.",
                weight.size(1),
                weight.size(2),
                which,
                in,
                Text.dtype(weight),
                Text.shape(x),
                Text.dtype(x));
    }

    /** Returns the weight, shape (out, in1, in2). */
    public Tensor weight() {
        return weight;
    }

    /**
     * Returns the bias, shape (out).
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasBias}
     */
    public Tensor bias() {
        return Without.checkHas(this, "bias", bias, "hasBias", "withBias(true)");
    }

    /** Returns whether there is a bias. */
    public boolean hasBias() {
        return bias != null;
    }

    @Override
    protected String settings() {
        return "in1=" + weight.size(1) + ", in2=" + weight.size(2) + ", out=" + weight.size(0) + ", bias=" + hasBias();
    }
}
