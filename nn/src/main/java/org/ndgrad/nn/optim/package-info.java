/**
 * Optimizers, with PyTorch's update rules to the letter, schedules of learning rates, gradient clipping, averages.
 *
 * <p>Notation in this package: θ parameter, g gradient, η learning rate, λ weight decay, t the number of steps taken,
 * this one included.
 */
@NullMarked
package org.ndgrad.nn.optim;

import org.jspecify.annotations.NullMarked;
