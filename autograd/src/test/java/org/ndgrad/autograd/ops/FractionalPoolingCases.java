package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link FractionalPooling}. The numbers drawn lead to the same windows in each type. */
final class FractionalPoolingCases {

    private FractionalPoolingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                two("fractionalMaxPool2d", x -> FractionalPooling.fractionalMaxPool2d(x, sizes())),
                two("fractionalMaxPool2d", x -> FractionalPooling.fractionalMaxPool2d(x, ratios()))
                        .as("by ratios"),
                two(
                                "fractionalMaxPool2dWithIndices",
                                x -> FractionalPooling.fractionalMaxPool2dWithIndices(x, sizes())
                                        .indices())
                        .notDifferentiable(),
                three("fractionalMaxPool3d", x -> FractionalPooling.fractionalMaxPool3d(x, sizes())),
                three(
                                "fractionalMaxPool3dWithIndices",
                                x -> FractionalPooling.fractionalMaxPool3dWithIndices(x, ratios())
                                        .indices())
                        .notDifferentiable());
    }

    private static FractionalPoolOptions sizes() {
        return FractionalPoolOptions.ofSizes(2, 2).withRng(new Alternating());
    }

    private static FractionalPoolOptions ratios() {
        return FractionalPoolOptions.ofRatios(1, 0.6).withKernel(2).withRng(new Alternating());
    }

    private static OpCase two(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 1, 2, 4, 5))
                .on(sample(ANY, 2, 4, 4))
                .on(sample(ANY, 0, 2, 4, 4));
    }

    private static OpCase three(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0))).on(sample(ANY, 1, 1, 4, 4, 4)).on(sample(ANY, 2, 4, 4, 4));
    }
}
