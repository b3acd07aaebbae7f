package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/** Changes the momentum of a group, or β₁, for a schedule, between two numbers for all groups or for each. */
final class MomentumCycle {

    private final String who;
    private final PerGroup<Double> base;
    private final PerGroup<Double> max;

    MomentumCycle(String who, Optimizer optimizer, ImmutableDoubleArray base, ImmutableDoubleArray max) {
        this.who = who;
        this.base = PerGroup.of(who, "baseMomentum", base.asList(), optimizer);
        this.max = PerGroup.of(who, "maxMomentum", max.asList(), optimizer);
    }

    double least(int group) {
        return base.get(group);
    }

    double most(int group) {
        return max.get(group);
    }

    void check(Optimizer optimizer) {
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
