/** Ways through arrays: along strides, in blocks, in threads. */
@NullMarked
package org.ndgrad.autograd.kernels.loops;

import org.jspecify.annotations.NullMarked;
