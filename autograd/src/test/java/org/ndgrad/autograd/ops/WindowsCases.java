package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;

/** The rows of {@link Windows}. */
final class WindowsCases {

    private WindowsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                // what lies in memory depends on the layout, hence the copies
                row("asStrided", x -> Windows.asStrided(x.get(0).clone(), new long[] {2, 3}, new long[] {3, 2}, 1))
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 12)),
                row("asStrided", x -> Windows.asStrided(x.get(0).clone(), new long[] {3, 2}, new long[] {1, 1}))
                        .as("overlapping")
                        .on(sample(ANY, 4))
                        .on(sample(ANY, 2, 3)),
                row(
                                "asStrided",
                                x -> Windows.asStrided(
                                        x.get(0).clone().slice(0, 1, 3).transpose(0, 1),
                                        new long[] {2, 3},
                                        new long[] {1, 2}))
                        .as("of a view")
                        .on(sample(ANY, 4, 3)),
                row(
                                "asStrided",
                                x -> Windows.asStrided(
                                        x.get(0).clone().expand(3, 2, 2), new long[] {3}, new long[] {1}))
                        .as("of an expanded tensor")
                        .on(sample(ANY, 2, 2)),
                row("asStrided", x -> Windows.asStrided(x.get(0), new long[] {0, 2}, new long[] {1, 1}))
                        .as("of nothing")
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 0)),
                row("unfold", x -> Windows.unfold(x.get(0), 0, 2, 1))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 4))
                        .on(sample(ANY, 2, 0)),
                row("unfold", x -> Windows.unfold(x.get(0), -1, 1, 2))
                        .as("with gaps")
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY)));
    }
}
