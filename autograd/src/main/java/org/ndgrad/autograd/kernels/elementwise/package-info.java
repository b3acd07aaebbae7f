/** Each element by itself: functions of elements, copies, and arrays filled by a rule. */
@NullMarked
package org.ndgrad.autograd.kernels.elementwise;

import org.jspecify.annotations.NullMarked;
