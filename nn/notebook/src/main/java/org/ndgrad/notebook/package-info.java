/** Tensors, models and pictures in JShell and Jupyter. */
@NullMarked
package org.ndgrad.notebook;

import org.jspecify.annotations.NullMarked;
