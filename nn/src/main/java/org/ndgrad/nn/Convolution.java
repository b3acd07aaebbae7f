package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Padding;

/** What convolutions of one, two and three dims, transposed or not, have in common. */
abstract class Convolution extends Weighted {

    private static final String[] SIZES = {"L", "H, W", "D, H, W"};

    private final int ndim;
    private final long out;
    private final long[] kernel;
    private final ConvLayerOptions options;

    /** Creates a layer that {@link #start} is to be called on. */
    Convolution(int ndim, long out, long[] kernel, ConvLayerOptions options) {
        super(options.bias(), options.dtype(), options.rng());
        this.ndim = ndim;
        this.out = out;
        this.kernel = each("kernel size", ImmutableLongArray.copyOf(kernel));
        this.options = options;
    }

    /** Checks sizes and options, and draws the parameters if the number of channels is known. */
    final void start(long in) {
        checkSizes(in, out);
        int groups = windows().groups();
        checkArgument(
                out > 0 && out % groups == 0 && (in == UNKNOWN || in % groups == 0),
                "%s: expected numbers of channels that the groups divide, %s, with an output of at least one; got in=%s,"
                        + " out=%s. Change the groups or the channels.",
                name(this),
                groups,
                in == UNKNOWN ? "?" : in,
                out);
        checkArgument(
                Arrays.stream(kernel).allMatch(size -> size > 0),
                "%s: expected a kernel of at least one element; got %s. Use sizes of at least 1.",
                name(this),
                Text.shape(kernel));
        each("stride", windows().stride());
        each("padding", windows().padding());
        each("dilation", windows().dilation());
        each("output padding", windows().outputPadding());
        checkOptions();
        if (in != UNKNOWN) {
            begin(in);
        }
    }

    /** Refuses options that the kind of convolution does not have. */
    abstract void checkOptions();

    /** Returns the result of the operation, which is not padded otherwise than with zeros. */
    abstract Tensor convolve(Tensor x, ConvOptions windows);

    final ConvOptions windows() {
        return options.windows();
    }

    final Padding.Mode paddingMode() {
        return options.paddingMode();
    }

    final int spatialDims() {
        return ndim;
    }

    final long kernel(int dim) {
        return kernel[dim];
    }

    @Override
    final long out() {
        return out;
    }

    /** Returns one of the numbers for each spatial dim. */
    final long[] each(String what, ImmutableLongArray values) {
        checkArgument(
                values.length() == 1 || values.length() == ndim,
                "%s: expected one %s or %s of them; got %s. Give one number for each spatial dim.",
                name(this),
                what,
                ndim,
                Text.shape(values.toArray()));
        long[] each = new long[ndim];
        Arrays.setAll(each, d -> values.get(values.length() == 1 ? 0 : d));
        return each;
    }

    /** Returns the sizes, followed by those of the kernel. */
    final long[] withKernel(long first, long second) {
        long[] shape = new long[ndim + 2];
        shape[0] = first;
        shape[1] = second;
        System.arraycopy(kernel, 0, shape, 2, ndim);
        return shape;
    }

    /** Refuses an input that does not fit, and draws the parameters if it is the first one. */
    final void check(Tensor x) {
        boolean hasDims = x.ndim() == ndim + 1 || x.ndim() == ndim + 2;
        long channels = hasDims ? x.size(-ndim - 1) : 0;
        if (!hasDims || (isPending() ? channels % windows().groups() != 0 : channels != in())) {
            String sizes = SIZES[ndim - 1];
            String in = isPending() ? "C" : inText();
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected an input of shape (N, %s, %s) or (%s, %s); got %s. %s",
                    who(), in, sizes, in, sizes, Text.shape(x), advice(x)));
        }
        checkDtype(x);
        if (isPending()) {
            begin(channels);
        }
    }

    private String advice(Tensor x) {
        if (x.ndim() > ndim && x.ndim() <= ndim + 2 && x.size(-1) == in()) {
            return "Put the channels before the spatial dims, with movedim(-1, " + -(ndim + 1) + ").";
        }
        if ((x.ndim() == ndim || x.ndim() == ndim + 1) && in() == 1) {
            return "Add the dim of the one channel, with unsqueeze(" + -(ndim + 1) + ").";
        }
        return "Make 'in' the number of channels, or add, drop or permute dims.";
    }

    @Override
    protected final String settings() {
        StringBuilder text = new StringBuilder("in=" + inText() + ", out=" + out + ", kernel=" + Text.shape(kernel));
        add(text, "stride", windows().stride(), 1);
        if (windows().same()) {
            text.append(", padding=same");
        } else {
            add(text, "padding", windows().padding(), 0);
        }
        add(text, "dilation", windows().dilation(), 1);
        add(text, "outputPadding", windows().outputPadding(), 0);
        if (windows().groups() != 1) {
            text.append(", groups=").append(windows().groups());
        }
        if (paddingMode() != Padding.Mode.ZEROS) {
            text.append(", paddingMode=").append(paddingMode());
        }
        return text.append(", bias=").append(hasBias()).toString();
    }

    private void add(StringBuilder text, String name, ImmutableLongArray values, long usual) {
        long[] each = each(name, values);
        if (Arrays.stream(each).anyMatch(value -> value != usual)) {
            text.append(", ").append(name).append('=').append(Text.shape(each));
        }
    }
}
