/**
 * The one place that computes with ND4J: functions from arrays to arrays, without any knowledge of tensors or gradients.
 *
 * <p>Internal: nothing here is API. Every function leaves its inputs as they are, makes its output in {@link
 * org.ndgrad.autograd.kernels.Memory#allocate}, and reads its inputs through their strides, so that views, broadcast
 * and transposed arrays need no special care.
 */
@NullMarked
package org.ndgrad.autograd.kernels;

import org.jspecify.annotations.NullMarked;
