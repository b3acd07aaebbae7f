package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/** What the max unpooling layers share. */
public abstract class MaxUnpool extends Block {

    private final int dims;
    private final PoolOptions options;

    MaxUnpool(int dims, PoolOptions options) {
        this.dims = dims;
        this.options = Settings.given(this, "options", options);
    }

    abstract Tensor unpool(Tensor x, Tensor indices, PoolOptions options, long... size);

    /**
     * Returns the elements in their places.
     *
     * @param x what max pooling returned as values
     * @param indices what it returned as indices
     * @param size the spatial sizes of what it took; nothing for the smallest that the options allow
     * @throws IllegalArgumentException if shapes, indices and sizes do not go together
     */
    public final Tensor forward(Tensor x, Tensor indices, long... size) {
        return hooked(List.of(x, indices), inputs -> {
            Settings.checkImage(this, dims, inputs.get(0));
            return unpool(inputs.get(0), inputs.get(1), options, size);
        });
    }

    @Override
    protected String settings() {
        return SlidingPool.text(options);
    }
}
