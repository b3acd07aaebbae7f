package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Bounds}. */
final class BoundsCases {

    private BoundsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                binary("clampMin", Bounds::clampMin, ANY, OTHER),
                unary("clampMin", x -> Bounds.clampMin(x, -0.8), ANY).as("number"),
                binary("clampMax", Bounds::clampMax, ANY, OTHER),
                unary("clampMax", x -> Bounds.clampMax(x, 0.8), ANY).as("number"),
                binary("fmax", Bounds::fmax, ANY, OTHER),
                binary("fmin", Bounds::fmin, ANY, OTHER),
                unary("nanToNum", Bounds::nanToNum, ANY),
                binary("heaviside", Bounds::heaviside, ANY, OTHER).notDifferentiable());
    }
}
