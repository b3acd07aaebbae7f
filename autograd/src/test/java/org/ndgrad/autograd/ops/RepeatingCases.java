package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Repeating}. */
final class RepeatingCases {

    private RepeatingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("repeat", x -> Repeating.repeat(x.get(0), 2, 1, 3))
                        .on(sample(ANY, 2, 2))
                        .on(sample(ANY))
                        .on(sample(ANY, 0, 1, 2)),
                row("repeat", x -> Repeating.repeat(x.get(0), 1, 1)).as("once").on(sample(ANY, 2, 2)),
                row("repeat", x -> Repeating.repeat(x.get(0), 0, 2))
                        .as("not at all")
                        .on(sample(ANY, 3)),
                unary("tile", x -> Repeating.tile(x, 2), ANY),
                unary("repeatInterleave", x -> Repeating.repeatInterleave(x, 2, -1), ANY),
                row("repeatInterleave", x -> Repeating.repeatInterleave(x.get(0), x.get(1), 1))
                        .as("by counts")
                        .on(sample(ANY, 2, 3), indices(2, 0, 1))
                        .on(sample(ANY, 2, 2), indices(2))
                        .on(sample(ANY, 2, 0), indices()),
                row("repeatInterleave", x -> Repeating.repeatInterleave(x.get(0)))
                        .as("indices")
                        .notDifferentiable()
                        .on(indices(2, 0, 3)));
    }
}
