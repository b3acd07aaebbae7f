package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Padding;

/** What layers share that continue their input at its edges. */
abstract class EdgePad extends Pad {

    private final Padding.Mode mode;

    EdgePad(int dims, Padding.Mode mode, long... padding) {
        super(dims, padding);
        this.mode = mode;
    }

    @Override
    final Tensor pad(Tensor x, long... padding) {
        Settings.checkImage(this, dims, x);
        return Functions.pad(x, padding, mode);
    }
}
