package org.ndgrad.nn;

import com.google.common.primitives.ImmutableLongArray;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/** What layers share that slide a window over signals, images or volumes. */
abstract class SlidingPool extends BuiltIn implements KeepsNothing {

    private final int dims;
    private final PoolOptions options;

    SlidingPool(int dims, PoolOptions options) {
        this.dims = dims;
        this.options = Settings.given(this, "options", options);
    }

    abstract Tensor pool(Tensor x, PoolOptions options);

    @Override
    final Tensor compute(Tensor x) {
        return pool(checked(x), options);
    }

    final Tensor checked(Tensor x) {
        Settings.checkImage(this, dims, x);
        return x;
    }

    final PoolOptions options() {
        return options;
    }

    @Override
    protected String settings() {
        return text(options);
    }

    /** Returns the options, of which those that are as by default are left out. */
    static String text(PoolOptions options) {
        PoolOptions defaults = PoolOptions.of(options.kernel().toArray());
        StringBuilder text = new StringBuilder("kernel=").append(Settings.sizes(options.kernel()));
        append(text, "stride", options.stride(), defaults.stride());
        append(text, "padding", options.padding(), defaults.padding());
        append(text, "dilation", options.dilation(), defaults.dilation());
        if (options.ceilMode()) {
            text.append(", ceilMode=true");
        }
        if (options.counting() != defaults.counting()) {
            text.append(", counting=").append(options.counting());
        }
        options.divisor().ifPresent(divisor -> text.append(", divisor=").append(divisor));
        return text.toString();
    }

    private static void append(
            StringBuilder text, String name, ImmutableLongArray sizes, ImmutableLongArray otherwise) {
        if (!sizes.equals(otherwise)) {
            text.append(", ").append(name).append('=').append(Settings.sizes(sizes));
        }
    }
}
