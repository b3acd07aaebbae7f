package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Muon}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param weightDecay λ ≥ 0, of which the share η λ of θ goes in a step
 * @param momentum μ ≥ 0, the share of the velocity that is kept
 * @param nesterov whether to look ahead by Nesterov's rule
 * @param nsCoefficients a, b, c of the polynomial a s + b s³ + c s⁵ that brings singular values near 1
 * @param epsilon ε, the least that a norm counts
 * @param nsSteps how often the polynomial is applied, in [0, 100)
 * @param adjustment how the learning rate depends on the shape
 * @param maximize whether to climb instead of descend
 */
public record MuonOptions(
        double weightDecay,
        double momentum,
        boolean nesterov,
        ImmutableList<Double> nsCoefficients,
        double epsilon,
        int nsSteps,
        Adjustment adjustment,
        boolean maximize) {

    /** How the learning rate depends on the shape (A, B) of a parameter. */
    public enum Adjustment {
        /** η √max(1, A / B), as in Jordan's work. */
        ORIGINAL,
        /** 0.2 η √max(A, B), which makes steps as large as those of {@link AdamW}. */
        MATCH_RMS_ADAMW
    }

    private static final MuonOptions DEFAULTS = new MuonOptions(
            0.1, 0.95, true, ImmutableList.of(3.4445, -4.7750, 2.0315), 1e-7, 5, Adjustment.ORIGINAL, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     * @throws NullPointerException if one of them is null
     */
    public MuonOptions {
        Checks.given("MuonOptions", "adjustment", adjustment);
        checkArgument(weightDecay >= 0, "Muon: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
        checkArgument(momentum >= 0, "Muon: expected momentum >= 0; got %s. Use 0 for none.", momentum);
        checkArgument(
                nsCoefficients.size() == 3,
                "Muon: expected three coefficients; got %s. Leave them as they are, or give a, b and c.",
                nsCoefficients);
        checkArgument(
                nsCoefficients.stream().noneMatch(each -> each.isNaN()),
                "Muon: expected numbers as coefficients; got %s. Leave them as they are.",
                nsCoefficients);
        checkArgument(epsilon >= 0, "Muon: expected epsilon >= 0; got %s. Use 1e-7.", epsilon);
        checkArgument(nsSteps >= 0 && nsSteps < 100, "Muon: expected nsSteps in [0, 100); got %s. Use 5.", nsSteps);
    }

    /** Returns PyTorch's defaults: λ = 0.1, μ = 0.95, Nesterov's rule, five iterations. */
    public static MuonOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another weight decay. */
    public MuonOptions withWeightDecay(double weightDecay) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with another momentum. */
    public MuonOptions withMomentum(double momentum) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with Nesterov's rule or without. */
    public MuonOptions withNesterov(boolean nesterov) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with another polynomial a s + b s³ + c s⁵. */
    public MuonOptions withNsCoefficients(double a, double b, double c) {
        return new MuonOptions(
                weightDecay, momentum, nesterov, ImmutableList.of(a, b, c), epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with another ε. */
    public MuonOptions withEpsilon(double epsilon) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with another number of iterations. */
    public MuonOptions withNsSteps(int nsSteps) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with another dependence on the shape. */
    public MuonOptions withAdjustment(Adjustment adjustment) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public MuonOptions withMaximize(boolean maximize) {
        return new MuonOptions(weightDecay, momentum, nesterov, nsCoefficients, epsilon, nsSteps, adjustment, maximize);
    }
}
