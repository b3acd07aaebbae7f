package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.POSITIVE;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;

/** The rows of {@link LpPooling}. */
final class LpPoolingCases {

    private static final PoolOptions ODD = PoolOptions.of(3).withStride(2).withCeilMode(true);

    private LpPoolingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("lpPool1d", x -> LpPooling.lpPool1d(x.get(0), 2, 2))
                        .on(sample(ANY, 2, 2, 5))
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 0, 2, 5)),
                row("lpPool1d", x -> LpPooling.lpPool1d(x.get(0), 1.5, ODD))
                        .as("of a broken p")
                        .on(sample(POSITIVE, 2, 2, 6)),
                row("lpPool1d", x -> LpPooling.lpPool1d(x.get(0), Double.POSITIVE_INFINITY, ODD))
                        .as("of the largest p")
                        .on(sample(ANY, 2, 2, 6)),
                row("lpPool2d", x -> LpPooling.lpPool2d(x.get(0), 2, 2))
                        .on(sample(ANY, 1, 2, 3, 3))
                        .on(sample(ANY, 2, 2, 3)),
                row("lpPool2d", x -> LpPooling.lpPool2d(x.get(0), -1.5, ODD.withStride(1, 2)))
                        .as("with options")
                        .on(sample(POSITIVE, 1, 2, 3, 4)),
                row("lpPool3d", x -> LpPooling.lpPool3d(x.get(0), 2, 2)).on(sample(ANY, 1, 1, 2, 3, 3)),
                row("lpPool3d", x -> LpPooling.lpPool3d(x.get(0), 3, ODD.withStride(1)))
                        .as("with options")
                        .on(sample(POSITIVE, 2, 3, 3, 3)));
    }
}
