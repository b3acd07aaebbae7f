/** Which elements, and in which order: views, gathered and scattered elements, sorting. */
@NullMarked
package org.ndgrad.autograd.kernels.indexing;

import org.jspecify.annotations.NullMarked;
