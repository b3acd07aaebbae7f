package org.ndgrad.nn;

import com.google.common.base.Strings;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.NormalizationOptions;

/** A layer that normalizes and then may multiply by a learned weight, ones at first, and add a bias, zeros at first. */
public abstract class Norm extends BuiltIn implements KeepsNothing {

    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    Norm(boolean hasWeight, boolean hasBias, DataType dtype, long... shape) {
        weight = hasWeight ? parameter("weight", Tensor.ones(dtype, shape)) : null;
        bias = hasWeight && hasBias ? parameter("bias", Tensor.zeros(dtype, shape)) : null;
    }

    /**
     * Returns the weight.
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasWeight}
     */
    public final Tensor weight() {
        return Without.checkHas(this, "weight", weight, "hasWeight", "withAffine(true)");
    }

    /** Returns whether there is a weight. */
    public final boolean hasWeight() {
        return weight != null;
    }

    /**
     * Returns the bias.
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasBias}, or is an {@link RmsNorm}
     */
    public final Tensor bias() {
        return Without.checkHas(this, "bias", bias, "hasBias", "withBias(true) where its options know that");
    }

    /** Returns whether there is a bias. */
    public final boolean hasBias() {
        return bias != null;
    }

    /** Returns options of the operation with weight and bias. */
    final NormalizationOptions affine() {
        NormalizationOptions affine = NormalizationOptions.defaults();
        affine = weight == null ? affine : affine.withWeight(weight);
        return bias == null ? affine : affine.withBias(bias);
    }

    /** Returns the layer with its size, as messages name it. */
    abstract String who();

    /** Refuses an input of a type that is not floating, or not that of the weight, or else of another tensor. */
    final void checkDtype(Tensor x, @Nullable Tensor other) {
        Checks.floating(who(), "an input", x);
        Tensor own = weight == null ? other : weight;
        if (own != null && x.dtype() != own.dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected an input of dtype %s, like the layer; got %s. Convert the input with"
                            + " to(DataType.%s).",
                    who(), Text.dtype(own), Text.dtype(x), own.dtype()));
        }
    }

    final IllegalArgumentException wrong(String expected, Tensor x, String advice) {
        return new IllegalArgumentException(Strings.lenientFormat(
                "%s: expected an input of shape %s; got %s. %s", who(), expected, Text.shape(x), advice));
    }
}
