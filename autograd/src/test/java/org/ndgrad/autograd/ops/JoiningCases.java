package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.weighted;

import java.util.stream.Stream;

/** The rows of {@link Joining}. */
final class JoiningCases {

    private JoiningCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("cat", x -> Joining.cat(x, -1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 1), sample(ANY, 2, 2))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 2, 0), sample(ANY, 2, 3)),
                row("cat", x -> Joining.cat(x, 1))
                        .as("with empty vectors")
                        .on(sample(ANY, 0), sample(ANY, 2, 3), sample(OTHER, 0), sample(OTHER, 2, 1)),
                row("cat", x -> Joining.cat(x, 0)).as("of empty vectors").on(sample(ANY, 0), sample(OTHER, 0)),
                row("stack", x -> Joining.stack(x, 1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 0, 3), sample(OTHER, 0, 3)),
                row("stack", x -> Joining.stack(x, 0)).as("scalars").on(sample(ANY), sample(OTHER)),
                row("hstack", Joining::hstack)
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 1))
                        .on(sample(ANY, 3), sample(OTHER)),
                row("vstack", Joining::vstack)
                        .on(sample(ANY, 2, 3), sample(OTHER, 3))
                        .on(sample(ANY), sample(OTHER)),
                row("dstack", Joining::dstack)
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 3, 2))
                        .on(sample(ANY, 3), sample(OTHER, 3)),
                row("columnStack", Joining::columnStack)
                        .on(sample(ANY, 3, 2), sample(OTHER, 3))
                        .on(sample(ANY), sample(OTHER)),
                row("split", x -> weighted(Joining.split(x.get(0), 2, 0)))
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY, 2, 2)),
                row("split", x -> weighted(Joining.split(x.get(0), new long[] {1, 0, 3}, 1)))
                        .as("into sizes")
                        .on(sample(ANY, 2, 4)),
                row("chunk", x -> weighted(Joining.chunk(x.get(0), 2, -1))).on(sample(ANY, 2, 5)),
                row("chunk", x -> weighted(Joining.chunk(x.get(0), 3, 1)))
                        .as("of nothing")
                        .on(sample(ANY, 2, 0)),
                row("tensorSplit", x -> weighted(Joining.tensorSplit(x.get(0), 3, 0)))
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY, 2)),
                row("tensorSplit", x -> weighted(Joining.tensorSplit(x.get(0), new long[] {1, -1, 9}, -1)))
                        .as("at indices")
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 2, 0)),
                row("unbind", x -> weighted(Joining.unbind(x.get(0), 0)))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 3)));
    }
}
