/** Files: tensors by name, as models and other programs keep them. */
@NullMarked
package org.ndgrad.nn.io;

import org.jspecify.annotations.NullMarked;
