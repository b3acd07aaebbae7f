package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** What layers share that put a number around their input. */
abstract class ConstantPad extends Pad {

    private final Number value;

    ConstantPad(int dims, Number value, long... padding) {
        super(dims, padding);
        this.value = Settings.required(this, "value", value);
    }

    final Number value() {
        return value;
    }

    @Override
    final Tensor pad(Tensor x, long... padding) {
        checkArgument(
                x.ndim() >= dims,
                "%s: expected an input of at least %s dims; got shape %s. Reshape it, or take a layer of fewer dims.",
                this,
                dims,
                Text.shape(x));
        return Functions.pad(x, padding, value);
    }
}
