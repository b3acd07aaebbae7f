/** Makes the forms of the notebooks in {@code docs/notebooks} from their one source, and runs them. */
@NullMarked
package org.ndgrad.notebooks;

import org.jspecify.annotations.NullMarked;
