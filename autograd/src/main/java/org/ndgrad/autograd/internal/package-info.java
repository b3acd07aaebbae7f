/**
 * Operations for layers, losses and optimizers, which do in one pass over memory what would otherwise take several.
 *
 * <p>Internal: nothing here is API. What users need of it stands in {@code org.ndgrad.nn}.
 */
@NullMarked
package org.ndgrad.autograd.internal;

import org.jspecify.annotations.NullMarked;
