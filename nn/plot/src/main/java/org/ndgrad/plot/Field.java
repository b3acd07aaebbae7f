package org.ndgrad.plot;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * A function of the plane, asked for many points at once so that a model needs one forward pass only.
 *
 * <pre>{@code
 * Field batched = points -> model.forward(Tensor.of((Object[]) points)).softmax(1).toDoubleArray();
 * Field single = Field.of((x0, x1) -> x0 * x1 > 0 ? 1 : 0);
 * }</pre>
 */
@FunctionalInterface
public interface Field {

    /**
     * Returns the values at the given points.
     *
     * @param points shape (N, 2)
     * @return N values, or N·C values in row-major order, the C values of the first point first
     */
    double[] at(double[][] points);

    /**
     * Returns the field of a function of a single point.
     *
     * @param function gives the value at (x0, x1)
     * @return a field with one value per point
     */
    static Field of(DoubleBinaryOperator function) {
        return points -> Arrays.stream(points)
                .mapToDouble(point -> function.applyAsDouble(point[0], point[1]))
                .toArray();
    }
}
