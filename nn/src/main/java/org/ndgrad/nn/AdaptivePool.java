package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** What layers share that pool to a given size. */
abstract class AdaptivePool extends BuiltIn implements KeepsNothing {

    private final int dims;
    private final ImmutableLongArray size;

    AdaptivePool(int dims, long... size) {
        checkArgument(
                (size.length == 1 || size.length == dims) && Arrays.stream(size).allMatch(each -> each >= -1),
                "%s: expected an output size, or %s, of at least 0, or -1 to keep the input's; got %s. Give one number"
                        + " for all dims.",
                name(this),
                dims,
                Text.shape(size));
        this.dims = dims;
        this.size = ImmutableLongArray.copyOf(size);
    }

    abstract Tensor pool(Tensor x, long... size);

    @Override
    final Tensor compute(Tensor x) {
        return pool(x, sizes(x));
    }

    /** Returns the size of each dimension; refuses an input of other dims. */
    final long[] sizes(Tensor x) {
        Settings.checkImage(this, dims, x);
        long[] sizes = new long[dims];
        for (int d = 0; d < dims; d++) {
            long wanted = size.get(size.length() == 1 ? 0 : d);
            sizes[d] = wanted < 0 ? x.size(d - dims) : wanted;
        }
        return sizes;
    }

    @Override
    protected String settings() {
        return "size=" + Settings.sizes(size);
    }
}
