package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Diagonals}. */
final class DiagonalsCases {

    private DiagonalsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("diagonal", x -> Diagonals.diagonal(x.get(0)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 0, 2)),
                row("diagonal", x -> Diagonals.diagonal(x.get(0), -1, 2, 0))
                        .as("below, of other dims")
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 3, 1, 2)),
                row("diagonal", x -> Diagonals.diagonal(x.get(0), 5, 0, 1))
                        .as("outside")
                        .on(sample(ANY, 2, 3)),
                unary("diagEmbed", x -> Diagonals.diagEmbed(x.ndim() == 0 ? x.reshape(1) : x), ANY),
                row("diagEmbed", x -> Diagonals.diagEmbed(x.get(0), -1, 2, 0))
                        .as("below, in other dims")
                        .on(sample(ANY, 2, 2)),
                row("diag", x -> Diagonals.diag(x.get(0), 1))
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0))
                        .on(sample(ANY, 2, 0)),
                unary("diagflat", x -> Diagonals.diagflat(x, -1), ANY),
                row("trace", x -> Diagonals.trace(x.get(0)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY, 0, 2)),
                row("tril", x -> Diagonals.tril(x.get(0), 0))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0)),
                row("triu", x -> Diagonals.triu(x.get(0), -1))
                        .on(sample(ANY, 4, 3))
                        .on(sample(ANY, 2, 3, 1))
                        .on(sample(ANY, 0, 2)),
                row("blockDiag", Diagonals::blockDiag)
                        .on(sample(ANY, 2, 3), sample(ANY, 2), sample(ANY))
                        .on(sample(ANY, 0), sample(ANY, 1, 2))
                        .on(sample(ANY, 2, 2)));
    }
}
