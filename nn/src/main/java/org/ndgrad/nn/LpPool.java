package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/** What the power average pooling layers share. */
abstract class LpPool extends SlidingPool {

    private final double p;

    LpPool(int dims, double p, PoolOptions options) {
        super(dims, options);
        this.p = p;
    }

    abstract Tensor pool(Tensor x, double p, PoolOptions options);

    @Override
    final Tensor pool(Tensor x, PoolOptions options) {
        return pool(x, p, options);
    }

    @Override
    protected String settings() {
        return "p=" + p + ", " + super.settings();
    }
}
