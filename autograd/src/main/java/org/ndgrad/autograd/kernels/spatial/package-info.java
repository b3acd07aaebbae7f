/** Windows, pools and samples over spatial dimensions. */
@NullMarked
package org.ndgrad.autograd.kernels.spatial;

import org.jspecify.annotations.NullMarked;
