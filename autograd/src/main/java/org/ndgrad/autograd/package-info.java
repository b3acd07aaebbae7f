/**
 * Reverse-mode automatic differentiation: tensors that record what is done to them.
 *
 * <p>Notation in all documentation: {@code x} an input, {@code y} the output, {@code g} = ∂L/∂y the gradient that
 * arrives from behind; N batch, C channels or classes, T time, E embedding, H height and W width; {@code *} any shape.
 * Shapes are written {@code (3, 4)}, the shape of a scalar {@code ()}. Dims count from 0, negative ones from the end.
 */
@NullMarked
package org.ndgrad.autograd;

import org.jspecify.annotations.NullMarked;
