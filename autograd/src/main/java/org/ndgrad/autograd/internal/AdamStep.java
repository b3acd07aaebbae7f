package org.ndgrad.autograd.internal;

/**
 * The numbers of a step of Adam, see {@link Updates}.
 *
 * @param number t, which step of the parameter this is, from 1
 * @param learningRate η
 * @param beta1 β₁, the share of the first moment that is kept
 * @param beta2 β₂, the share of the second moment that is kept
 * @param epsilon ε, which keeps the division finite
 * @param weightDecay λ, the factor of the parameter that is added to the gradient
 * @param shrinkage what the parameter is multiplied by first, 1 − η λ where the decay is decoupled, else 1
 * @param maximize whether to climb, where the gradient counts with the other sign
 */
public record AdamStep(
        long number,
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double shrinkage,
        boolean maximize) {}
