/** Many elements to one, along dimensions. */
@NullMarked
package org.ndgrad.autograd.kernels.reduction;

import org.jspecify.annotations.NullMarked;
