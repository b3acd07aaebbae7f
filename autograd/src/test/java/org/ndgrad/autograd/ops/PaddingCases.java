package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;

/** The rows of {@link Padding}. */
final class PaddingCases {

    private PaddingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("pad", x -> Padding.pad(x.get(0), 1, -1))
                        .as("with zeros")
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 4)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {1, 2, -1, 1}, 1.5))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 2, 1))
                        .on(sample(ANY, 0, 2, 0)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {}, 3))
                        .as("nothing")
                        .on(sample(ANY)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {-3, 1}, Padding.Mode.ZEROS))
                        .as("zeros, cutting off all")
                        .on(sample(ANY, 2, 3)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {2, 1, -1, 1}, Padding.Mode.REFLECT))
                        .as("reflect")
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 1, 2, 3))
                        .on(sample(ANY, 0, 2, 3)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {2, -1, -2, 3}, Padding.Mode.REPLICATE))
                        .as("replicate")
                        .on(sample(ANY, 2, 2))
                        .on(sample(ANY, 0, 2, 2)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {3, 1, -1, 1}, Padding.Mode.CIRCULAR))
                        .as("circular")
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 1, 2, 3)));
    }
}
