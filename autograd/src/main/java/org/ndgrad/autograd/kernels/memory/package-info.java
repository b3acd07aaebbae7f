/** Where the elements of an array are, how to reach them, and who gives the memory back. */
@NullMarked
package org.ndgrad.autograd.kernels.memory;

import org.jspecify.annotations.NullMarked;
