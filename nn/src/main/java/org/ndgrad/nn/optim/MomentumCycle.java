package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/** Changes the momentum of a group, or β₁, for a schedule. */
final class MomentumCycle {

    private MomentumCycle() {}

    static void check(String who, Optimizer optimizer) {
        for (ParameterGroup group : optimizer.groups()) {
            checkArgument(
                    !OptionNames.momentum(group.options()).isEmpty(),
                    "%s: expected an optimizer with momentum or beta1; got %s. Switch it off by"
                            + " withCycleMomentum(false).",
                    who,
                    optimizer.name());
        }
    }

    static void set(ParameterGroup group, double momentum) {
        group.options(OptionNames.with(group.options(), OptionNames.momentum(group.options()), momentum));
    }
}
