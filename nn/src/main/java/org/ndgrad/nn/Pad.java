package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** What the padding layers share. */
abstract class Pad extends BuiltIn implements KeepsNothing {

    final int dims;
    private final ImmutableLongArray padding;

    Pad(int dims, long... padding) {
        checkArgument(
                padding.length == 1 || padding.length == 2 * dims,
                "%s: expected 1 or %s numbers as padding; got %s. Begin with the last dim, before and behind.",
                name(this),
                2 * dims,
                Text.shape(padding));
        this.dims = dims;
        this.padding = ImmutableLongArray.copyOf(padding);
    }

    /** Pads, or refuses the input; there are two numbers for each dim. */
    abstract Tensor pad(Tensor x, long... padding);

    @Override
    final Tensor compute(Tensor x) {
        long[] all = padding.toArray();
        if (all.length == 1) {
            all = new long[2 * dims];
            Arrays.fill(all, padding.get(0));
        }
        return pad(x, all);
    }

    @Override
    protected String settings() {
        return "padding=" + Settings.sizes(padding);
    }
}
