package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions.Counting;

/** The rows of {@link Pooling}. */
final class PoolingCases {

    private static final PoolOptions ODD =
            PoolOptions.of(3).withStride(2).withPadding(1).withCeilMode(true);
    private static final PoolOptions WIDE = PoolOptions.of(3).withStride(2).withPadding(1);

    private PoolingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                one("maxPool1d", x -> Pooling.maxPool1d(x, 2)),
                one("maxPool1d", x -> Pooling.maxPool1d(x, ODD.withDilation(2))).as("with options"),
                one(
                                "maxPool1dWithIndices",
                                x -> Pooling.maxPool1dWithIndices(x, WIDE).values())
                        .as("values"),
                one(
                                "maxPool1dWithIndices",
                                x -> Pooling.maxPool1dWithIndices(x, WIDE).indices())
                        .as("indices")
                        .notDifferentiable(),
                two("maxPool2d", x -> Pooling.maxPool2d(x, 2)),
                two("maxPool2d", x -> Pooling.maxPool2d(x, ODD.withStride(1, 2)))
                        .as("with options"),
                two(
                                "maxPool2dWithIndices",
                                x -> Pooling.maxPool2dWithIndices(x, WIDE).values())
                        .as("values"),
                two(
                                "maxPool2dWithIndices",
                                x -> Pooling.maxPool2dWithIndices(x, WIDE).indices())
                        .as("indices")
                        .notDifferentiable(),
                three("maxPool3d", x -> Pooling.maxPool3d(x, 2)),
                three("maxPool3d", x -> Pooling.maxPool3d(x, ODD)).as("with options"),
                three(
                                "maxPool3dWithIndices",
                                x -> Pooling.maxPool3dWithIndices(x, WIDE).values())
                        .as("values"),
                three(
                                "maxPool3dWithIndices",
                                x -> Pooling.maxPool3dWithIndices(x, WIDE).indices())
                        .as("indices")
                        .notDifferentiable(),
                one("avgPool1d", x -> Pooling.avgPool1d(x, 2)),
                one("avgPool1d", x -> Pooling.avgPool1d(x, ODD)).as("with options"),
                two("avgPool2d", x -> Pooling.avgPool2d(x, 2)),
                two("avgPool2d", x -> Pooling.avgPool2d(x, ODD.withCounting(Counting.WITHOUT_PADDING)))
                        .as("without padding"),
                two("avgPool2d", x -> Pooling.avgPool2d(x, WIDE.withDivisor(-2)))
                        .as("with a divisor"),
                three("avgPool3d", x -> Pooling.avgPool3d(x, 2)),
                three("avgPool3d", x -> Pooling.avgPool3d(x, ODD)).as("with options"),
                one("adaptiveAvgPool1d", x -> Pooling.adaptiveAvgPool1d(x, 3)),
                two("adaptiveAvgPool2d", x -> Pooling.adaptiveAvgPool2d(x, 2, 4)),
                three("adaptiveAvgPool3d", x -> Pooling.adaptiveAvgPool3d(x, 1)),
                one("adaptiveMaxPool1d", x -> Pooling.adaptiveMaxPool1d(x, 3)),
                one(
                                "adaptiveMaxPool1dWithIndices",
                                x -> Pooling.adaptiveMaxPool1dWithIndices(x, 2).indices())
                        .notDifferentiable(),
                two("adaptiveMaxPool2d", x -> Pooling.adaptiveMaxPool2d(x, 2, 4)),
                two(
                                "adaptiveMaxPool2dWithIndices",
                                x -> Pooling.adaptiveMaxPool2dWithIndices(x, 1).indices())
                        .notDifferentiable(),
                three("adaptiveMaxPool3d", x -> Pooling.adaptiveMaxPool3d(x, 1, 2, 2)),
                three(
                                "adaptiveMaxPool3dWithIndices",
                                x -> Pooling.adaptiveMaxPool3dWithIndices(x, 2).indices())
                        .notDifferentiable());
    }

    private static OpCase one(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 2, 2, 5))
                .on(sample(ANY, 2, 4))
                .on(sample(ANY, 0, 2, 5));
    }

    private static OpCase two(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 1, 2, 3, 3))
                .on(sample(ANY, 2, 2, 3))
                .on(sample(ANY, 0, 2, 3, 3));
    }

    private static OpCase three(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0))).on(sample(ANY, 1, 1, 2, 3, 3)).on(sample(ANY, 2, 2, 2, 2));
    }
}
