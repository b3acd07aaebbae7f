/**
 * One pass where operations would take several: the losses and the steps of optimizers that {@code internal} offers
 * to layers.
 */
@NullMarked
package org.ndgrad.autograd.kernels.fused;

import org.jspecify.annotations.NullMarked;
