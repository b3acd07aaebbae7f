/**
 * Pictures of training runs, data and classifiers: {@link org.ndgrad.plot.Plot} builds one, {@link
 * org.ndgrad.plot.Figure} saves or shows it.
 *
 * <p>Tensors, arrays and lists of any type of number go in as they are. It needs no display.
 */
@NullMarked
package org.ndgrad.plot;

import org.jspecify.annotations.NullMarked;
