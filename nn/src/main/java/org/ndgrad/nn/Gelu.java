package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;

/**
 * Gaussian error linear unit, y = x · Φ(x) with the normal distribution function Φ, exact by erf or nearly by tanh.
 *
 * <p>Source: Hendrycks and Gimpel, Gaussian error linear units (GELUs), 2016.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Gelu extends BuiltIn implements KeepsNothing {

    private final Activations.Gelu form;

    /** Creates the exact layer. */
    public Gelu() {
        this(Activations.Gelu.EXACT);
    }

    /** Creates the layer in one of its forms. */
    public Gelu(Activations.Gelu form) {
        this.form = Settings.given(this, "form", form);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.gelu(x, form);
    }

    @Override
    protected String settings() {
        return form == Activations.Gelu.EXACT ? "" : "form=" + form;
    }
}
