/**
 * Training: a trainer for the usual loop, with its history, callbacks and progress, and metrics that add up over
 * batches.
 *
 * <p>Notation in this package: N samples, C classes, D outputs.
 */
@NullMarked
package org.ndgrad.nn.train;

import org.jspecify.annotations.NullMarked;
