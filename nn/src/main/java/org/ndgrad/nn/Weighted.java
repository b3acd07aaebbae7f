package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A layer with a weight and perhaps a bias. How many inputs it takes may be left to the first one: until then both are
 * empty tensors, which are converted, copied and frozen as those that take their place.
 */
public abstract class Weighted extends BuiltIn implements KeepsNothing {

    /** A number of inputs that the first one tells. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** What the first values are drawn from; transient, as nothing is afterwards. */
    private final transient RandomGenerator rng;

    private Tensor weight;
    private @Nullable Tensor bias;

    /** Creates a layer whose parameters {@link #begin} draws. */
    Weighted(boolean hasBias, DataType dtype, RandomGenerator rng) {
        this.rng = rng;
        weight = parameter("weight", Tensor.zeros(dtype, 0));
        bias = hasBias ? parameter("bias", Tensor.zeros(dtype, 0)) : null;
    }

    /** Creates a layer with given parameters. */
    Weighted(Tensor weight, @Nullable Tensor bias, RandomGenerator rng) {
        this.rng = rng;
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    /** Returns the shape of the weight for a number of inputs. */
    abstract long[] weightShape(long in);

    /** Returns how many inputs go with a weight. */
    abstract long inputs(Tensor weight);

    /** Returns the size of the bias. */
    abstract long out();

    /** Returns the weight. */
    public final Tensor weight() {
        checkBegun("");
        return weight;
    }

    /**
     * Returns the bias.
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasBias}
     */
    public final Tensor bias() {
        checkBegun("");
        return Without.checkHas(this, "bias", bias, "hasBias", "withBias(true)");
    }

    /** Returns whether there is a bias. */
    public final boolean hasBias() {
        return bias != null;
    }

    /** Returns how many inputs there are, or {@link #UNKNOWN}. */
    final long in() {
        return isPending() ? UNKNOWN : inputs(weight);
    }

    // Beginning

    final boolean isPending() {
        return weight.ndim() == 1;
    }

    /**
     * Draws the weight and then the bias from U(−k, k) with k = 1/√n, where n is the size of a weight for one output:
     * what PyTorch's Kaiming rule with a = √5 comes to.
     */
    final void begin(long in) {
        long[] shape = weightShape(in);
        double bound = bound(shape);
        weight = own("weight", weight, Init.uniform_(Tensor.empty(weight.dtype(), shape), rng, -bound, bound));
        drawBias();
    }

    private static double bound(long... shape) {
        double fan = 1;
        for (int d = 1; d < shape.length; d++) {
            fan *= shape[d];
        }
        return fan == 0 ? 0 : 1 / Math.sqrt(fan);
    }

    /** Draws the bias, if there is one, after the weight has its shape. */
    final void drawBias() {
        double bound = bound(weight.shape());
        bias = bias == null
                ? null
                : own("bias", bias, Init.uniform_(Tensor.empty(bias.dtype(), out()), rng, -bound, bound));
    }

    /** Takes the number of inputs from a weight that is to be loaded; returns whether this was needed and it fits. */
    final boolean beginLike(Tensor loaded) {
        if (!isPending() || loaded.ndim() < 2) {
            return false;
        }
        long[] shape = weightShape(inputs(loaded));
        if (!Arrays.equals(shape, loaded.shape())) {
            return false;
        }
        weight = own("weight", weight, Tensor.zeros(weight.dtype(), shape));
        bias = bias == null ? null : own("bias", bias, Tensor.zeros(bias.dtype(), out()));
        return true;
    }

    /** Goes back to waiting for the first input. */
    final void forget() {
        weight = own("weight", weight, Tensor.zeros(weight.dtype(), 0));
        bias = bias == null ? null : own("bias", bias, Tensor.zeros(bias.dtype(), 0));
    }

    private Tensor own(String name, Tensor before, Tensor now) {
        owned().parameters.put(name, MemoryScope.stored(now.requiresGrad(before.requiresGrad())));
        return now;
    }

    /** Throws if the parameters do not exist yet, for which somebody asks. */
    final void checkBegun(String path) {
        if (isPending()) {
            throw new IllegalStateException(Strings.lenientFormat(
                    "%s(out=%s)%s: expected an input or a state dict before its parameters are asked for; got none, and"
                            + " their shapes follow from it. Call forward on an input, under noGrad, or load, first.",
                    name(this), out(), path.isEmpty() ? "" : " at '" + path + "'"));
        }
    }

    // Messages

    /** Returns the layer with its number of inputs, as messages name it. */
    final String who() {
        return name(this) + "(in=" + inText() + ")";
    }

    final String inText() {
        return isPending() ? "?" : Long.toString(in());
    }

    final void checkDtype(Tensor x) {
        if (x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected an input of dtype %s, like the weight; got %s. "
                            + "Convert the input with to(DataType.%s).",
                    who(), Text.dtype(weight), Text.dtype(x), weight.dtype()));
        }
    }

    final void checkSizes(long in, long out) {
        checkArgument(
                (in >= 0 || in == UNKNOWN) && out >= 0,
                "%s: expected sizes of at least 0; got in=%s, out=%s. Give the numbers of features.",
                name(this),
                in,
                out);
    }
}
