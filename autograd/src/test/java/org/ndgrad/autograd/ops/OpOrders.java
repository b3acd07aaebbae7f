package org.ndgrad.autograd.ops;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/** How far the operations of the table can be differentiated, for the page that lists them. */
public final class OpOrders {

    private static final Set<String> DIFFERENTIABLE =
            OpCases.differentiable().map(OpCase::name).collect(ImmutableSet.toImmutableSet());
    private static final Set<String> ALL = OpCases.all().map(OpCase::name).collect(ImmutableSet.toImmutableSet());

    private OpOrders() {}

    /** Whether a row of the operation is differentiated; what is composed elsewhere, as losses are, can be. */
    public static boolean isDifferentiable(String operation) {
        return DIFFERENTIABLE.contains(operation) || !ALL.contains(operation);
    }
}
