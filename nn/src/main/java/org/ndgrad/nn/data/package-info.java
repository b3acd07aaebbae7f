/**
 * Data sets, mini-batches, splits, samplers, scalers, changes of images, CSV and IDX files and synthetic data.
 *
 * <p>Notation in this package: N samples, F features; {@code *} any further dimensions. Nothing here draws random
 * numbers on its own: every shuffle and every synthetic set takes its generator.
 */
@NullMarked
package org.ndgrad.nn.data;

import org.jspecify.annotations.NullMarked;
