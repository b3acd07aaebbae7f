/** Numbers and Java arrays: the functions and loops from which kernels are made. It knows no ND4J. */
@NullMarked
package org.ndgrad.autograd.kernels.math;

import org.jspecify.annotations.NullMarked;
