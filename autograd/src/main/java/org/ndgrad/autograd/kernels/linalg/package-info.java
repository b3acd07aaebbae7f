/** Matrices: products, factors, and what is computed of them, with BLAS and LAPACK where these are faster. */
@NullMarked
package org.ndgrad.autograd.kernels.linalg;

import org.jspecify.annotations.NullMarked;
