package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Bounds}. */
final class BoundsCases {

    private BoundsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                binary("clampMin", Bounds::clampMin, ANY, OTHER),
                unary("clampMin", x -> Bounds.clampMin(x, -0.8), ANY).as("number"),
                binary("clamp", Bounds::clamp, ANY, OTHER).as("lower bound"),
                unary("clamp", x -> Bounds.clamp(x, -0.8), ANY).as("lower bound, a number"),
                binary("clampMax", Bounds::clampMax, ANY, OTHER),
                unary("clampMax", x -> Bounds.clampMax(x, 0.8), ANY).as("number"),
                binary("fmax", Bounds::fmax, ANY, OTHER),
                binary("fmin", Bounds::fmin, ANY, OTHER),
                unary("nanToNum", Bounds::nanToNum, ANY),
                unary("nanToNum", x -> Bounds.nanToNum(x, 0.7), ANY).as("a number"),
                unary("nanToNum", x -> Bounds.nanToNum(x, 0.7, 3, -4), ANY)
                        .as("three numbers")
                        .on(Tensor.of(
                                DataType.DOUBLE, Double.NaN, 1.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)),
                binary("heaviside", Bounds::heaviside, ANY, OTHER).notDifferentiable());
    }
}
