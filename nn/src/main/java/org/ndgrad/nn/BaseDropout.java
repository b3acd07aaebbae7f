package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/** What the dropout layers share. */
abstract class BaseDropout extends BuiltIn implements KeepsNothing {

    private final DropoutOptions options;

    BaseDropout(DropoutOptions options) {
        Checks.dropout(name(this), options.p());
        this.options = options;
    }

    abstract Tensor drop(Tensor x, double p, RandomGenerator rng);

    @Override
    final Tensor compute(Tensor x) {
        Checks.floating(this, "an input", x);
        return isTraining() && options.p() > 0 ? drop(x, options.p(), options.rng()) : x;
    }

    @Override
    protected String settings() {
        return "p=" + options.p();
    }
}
