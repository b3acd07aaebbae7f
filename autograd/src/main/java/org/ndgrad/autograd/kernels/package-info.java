/**
 * The one place that computes with ND4J: functions from arrays to arrays, without any knowledge of tensors or
 * gradients. Here are only the rules of shapes and types; what computes is in rooms, each of which knows only those
 * below it: {@code fused}, {@code spatial}, {@code linalg}, {@code reduction}, {@code indexing}, {@code elementwise},
 * {@code loops}, {@code memory}, {@code math}.
 *
 * <p>Internal: nothing here is API. Every function leaves its inputs as they are, makes its output in {@code
 * Memory.allocate}, and reads its inputs through their strides, so that views, broadcast and transposed arrays need no
 * special care.
 */
@NullMarked
package org.ndgrad.autograd.kernels;

import org.jspecify.annotations.NullMarked;
