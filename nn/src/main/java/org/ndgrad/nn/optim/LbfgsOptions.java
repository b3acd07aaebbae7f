package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalInt;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Lbfgs}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param maxIterations the most iterations in a step, at least 1
 * @param maxEvaluations the most evaluations of the loss in a step; 5/4 of the iterations if left open
 * @param toleranceGrad the largest element of the gradient at which to stop
 * @param toleranceChange the change of parameters or loss at which to stop
 * @param historySize how many pairs of changes are remembered, at least 1
 * @param lineSearch how far to go in a direction
 */
public record LbfgsOptions(
        int maxIterations,
        OptionalInt maxEvaluations,
        double toleranceGrad,
        double toleranceChange,
        int historySize,
        LineSearch lineSearch) {

    /** How far to go in a direction. */
    public enum LineSearch {
        /** By the learning rate. */
        NONE,
        /** Until the strong conditions of Wolfe hold: less loss, and a flatter slope. */
        STRONG_WOLFE
    }

    private static final LbfgsOptions DEFAULTS =
            new LbfgsOptions(20, OptionalInt.empty(), 1e-7, 1e-9, 100, LineSearch.NONE);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     * @throws NullPointerException if one of them is null
     */
    public LbfgsOptions {
        Checks.given("LbfgsOptions", "lineSearch", lineSearch);
        checkArgument(maxIterations >= 1, "Lbfgs: expected maxIterations >= 1; got %s. Use 20.", maxIterations);
        checkArgument(
                maxEvaluations.orElse(1) >= 1,
                "Lbfgs: expected maxEvaluations >= 1; got %s. Leave it open for 5/4 of the iterations.",
                maxEvaluations.orElse(1));
        checkArgument(
                toleranceGrad >= 0 && toleranceChange >= 0,
                "Lbfgs: expected tolerances >= 0; got toleranceGrad=%s and toleranceChange=%s. Use 1e-7 and 1e-9.",
                toleranceGrad,
                toleranceChange);
        checkArgument(historySize >= 1, "Lbfgs: expected historySize >= 1; got %s. Use 100.", historySize);
    }

    /** Returns PyTorch's defaults: 20 iterations, 100 pairs, no line search. */
    public static LbfgsOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another most of iterations. */
    public LbfgsOptions withMaxIterations(int maxIterations) {
        return new LbfgsOptions(maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** Returns these options with another most of evaluations. */
    public LbfgsOptions withMaxEvaluations(int maxEvaluations) {
        return new LbfgsOptions(
                maxIterations, OptionalInt.of(maxEvaluations), toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** Returns these options with another tolerance of the gradient. */
    public LbfgsOptions withToleranceGrad(double toleranceGrad) {
        return new LbfgsOptions(maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** Returns these options with another tolerance of the change. */
    public LbfgsOptions withToleranceChange(double toleranceChange) {
        return new LbfgsOptions(maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** Returns these options with another size of the history. */
    public LbfgsOptions withHistorySize(int historySize) {
        return new LbfgsOptions(maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /** Returns these options with another line search. */
    public LbfgsOptions withLineSearch(LineSearch lineSearch) {
        return new LbfgsOptions(maxIterations, maxEvaluations, toleranceGrad, toleranceChange, historySize, lineSearch);
    }
}
