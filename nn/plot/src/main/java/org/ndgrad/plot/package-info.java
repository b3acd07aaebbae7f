/**
 * Pictures of training runs, data and classifiers: {@link org.ndgrad.plot.Plot} builds one, {@link
 * org.ndgrad.plot.Figure} saves or shows it.
 *
 * <p>The input is plain Java (arrays, lists, lambdas), so this package knows nothing of tensors: pass {@code
 * tensor.toDoubleArray()}. It needs no display.
 */
@NullMarked
package org.ndgrad.plot;

import org.jspecify.annotations.NullMarked;
