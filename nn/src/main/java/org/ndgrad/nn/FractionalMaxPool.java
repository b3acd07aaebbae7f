package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/** What the fractional max pooling layers share. */
public abstract class FractionalMaxPool extends BuiltIn implements KeepsNothing {

    private final int dims;
    private final FractionalPoolOptions options;

    FractionalMaxPool(int dims, FractionalPoolOptions options) {
        this.dims = dims;
        this.options = Settings.given(this, "options", options);
        options.samples().ifPresent(samples -> buffer("_random_samples", samples));
    }

    abstract ValuesAndIndices largest(Tensor x, FractionalPoolOptions options);

    /**
     * Returns the largest elements and where they were.
     *
     * @param x what {@code forward} takes
     * @return both in the shape that {@code forward} returns; indices are positions in the flattened spatial dimensions
     */
    public final ValuesAndIndices forwardWithIndices(Tensor x) {
        return hooked(List.of(x), inputs -> checked(inputs.get(0)));
    }

    @Override
    final Tensor compute(Tensor x) {
        return checked(x).values();
    }

    private ValuesAndIndices checked(Tensor x) {
        Settings.checkImage(this, dims, x);
        return largest(x, options);
    }

    @Override
    protected String settings() {
        return "kernel=" + Settings.sizes(options.kernel())
                + (options.ratios().isEmpty()
                        ? ", sizes=" + Settings.sizes(options.sizes())
                        : ", ratios=" + options.ratios());
    }
}
