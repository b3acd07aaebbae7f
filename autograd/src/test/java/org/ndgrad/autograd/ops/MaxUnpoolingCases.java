package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;

/** The rows of {@link MaxUnpooling}. */
final class MaxUnpoolingCases {

    private static final PoolOptions WIDE = PoolOptions.of(3).withStride(2).withPadding(1);

    private MaxUnpoolingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("maxUnpool1d", x -> MaxUnpooling.maxUnpool1d(x.get(0), x.get(1), 2))
                        .on(sample(ANY, 2, 1, 2), indices(1, 2, 0, 3).reshape(2, 1, 2))
                        .on(sample(ANY, 2, 2), indices(1, 2, 0, 3).reshape(2, 2))
                        .on(sample(ANY, 0, 2, 2), indices().reshape(0, 2, 2)),
                row("maxUnpool1d", x -> MaxUnpooling.maxUnpool1d(x.get(0), x.get(1), WIDE, 6))
                        .as("with a size")
                        .on(sample(ANY, 1, 3), indices(0, 5, 3).reshape(1, 3)),
                row("maxUnpool2d", x -> MaxUnpooling.maxUnpool2d(x.get(0), x.get(1), 2))
                        .on(sample(ANY, 1, 1, 2, 2), indices(1, 6, 8, 15).reshape(1, 1, 2, 2))
                        .on(sample(ANY, 2, 1, 1), indices(3, 0).reshape(2, 1, 1)),
                row("maxUnpool2d", x -> MaxUnpooling.maxUnpool2d(x.get(0), x.get(1), WIDE, 1, 1, 4, 3))
                        .as("with a shape")
                        .on(sample(ANY, 1, 1, 2, 2), indices(1, 6, 8, 11).reshape(1, 1, 2, 2)),
                row("maxUnpool3d", x -> MaxUnpooling.maxUnpool3d(x.get(0), x.get(1), 2))
                        .on(sample(ANY, 1, 2, 1, 1, 1), indices(1, 6).reshape(1, 2, 1, 1, 1)),
                row("maxUnpool3d", x -> MaxUnpooling.maxUnpool3d(x.get(0), x.get(1), WIDE, 2, 2, 2))
                        .as("with a size")
                        .on(sample(ANY, 2, 1, 1, 1), indices(7, 0).reshape(2, 1, 1, 1)));
    }
}
