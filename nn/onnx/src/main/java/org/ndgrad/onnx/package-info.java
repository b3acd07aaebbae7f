/**
 * Writes models as ONNX files, which many programs can run: {@link org.ndgrad.onnx.Onnx}.
 *
 * <p>A {@link org.ndgrad.onnx.Recording} of forward passes is gone through; of each operation that an output needs, a
 * converter of {@link org.ndgrad.onnx.Converters} makes nodes in a {@link org.ndgrad.onnx.Graph}.
 */
@NullMarked
package org.ndgrad.onnx;

import org.jspecify.annotations.NullMarked;
