package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Rearranging}. */
final class RearrangingCases {

    private RearrangingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("roll", x -> Rearranging.roll(x.get(0), 1, -1)).as("a dim").on(sample(ANY, 2, 3)),
                unary("roll", x -> Rearranging.roll(x, -7), ANY),
                row("roll", x -> Rearranging.roll(x.get(0), new long[] {1, -4}, new int[] {0, -1}))
                        .as("two dims")
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0)),
                row("rot90", x -> Rearranging.rot90(x.get(0)))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 0)),
                row("rot90", x -> Rearranging.rot90(x.get(0), 2, 0, 1))
                        .as("half")
                        .on(sample(ANY, 2, 3)),
                row("rot90", x -> Rearranging.rot90(x.get(0), -1, 2, 0))
                        .as("back")
                        .on(sample(ANY, 2, 2, 3)),
                row("rot90", x -> Rearranging.rot90(x.get(0), -4, 0, 1))
                        .as("fully")
                        .on(sample(ANY, 2, 3)),
                row("fliplr", x -> Rearranging.fliplr(x.get(0))).on(sample(ANY, 2, 3, 2)),
                row("flipud", x -> Rearranging.flipud(x.get(0)))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 3)),
                row("pixelShuffle", x -> Rearranging.pixelShuffle(x.get(0), 2))
                        .on(sample(ANY, 4, 2, 1))
                        .on(sample(ANY, 2, 4, 1, 2))
                        .on(sample(ANY, 0, 2, 2)),
                row("pixelUnshuffle", x -> Rearranging.pixelUnshuffle(x.get(0), 2))
                        .on(sample(ANY, 1, 2, 4))
                        .on(sample(ANY, 2, 1, 2, 2))
                        .on(sample(ANY, 2, 0, 2)),
                row("channelShuffle", x -> Rearranging.channelShuffle(x.get(0), 2))
                        .on(sample(ANY, 1, 4, 2))
                        .on(sample(ANY, 2, 2, 1, 3))
                        .on(sample(ANY, 0, 4, 1)));
    }
}
