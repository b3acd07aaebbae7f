/**
 * Layers, losses, initializers and metrics, all in plain differentiable tensor operations.
 *
 * <p>Notation in this package: {@code x} input, {@code y} output, N batch, C classes, {@code *} any further
 * dimensions. A layer's parameters are of {@link org.ndgrad.autograd.Tensor#defaultDtype()} unless its
 * constructor is given another {@link org.nd4j.linalg.api.buffer.DataType}; what a layer computes has the dtype of its
 * parameters. A constructor that draws random numbers takes, first of all, the dtype and the generator, or else uses
 * {@link org.ndgrad.autograd.Rng#defaultRng()}.
 *
 * <p>Layers and losses are not thread-safe: use each from one thread at a time.
 */
@NullMarked
package org.ndgrad.nn;

import org.jspecify.annotations.NullMarked;
