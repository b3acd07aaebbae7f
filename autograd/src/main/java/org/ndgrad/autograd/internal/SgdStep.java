package org.ndgrad.autograd.internal;

/**
 * The numbers of a step of stochastic gradient descent, see {@link Updates}.
 *
 * @param learningRate η
 * @param momentum μ, the share of the velocity that is kept
 * @param dampening τ, the share of the gradient that does not enter the velocity
 * @param weightDecay λ, the factor of the parameter that is added to the gradient
 * @param nesterov whether to look ahead by Nesterov's rule
 * @param maximize whether to climb, where the gradient counts with the other sign
 */
public record SgdStep(
        double learningRate,
        double momentum,
        double dampening,
        double weightDecay,
        boolean nesterov,
        boolean maximize) {}
