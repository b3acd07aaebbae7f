package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Dropouts}. */
final class DropoutsCases {

    private DropoutsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("dropout1d", x -> Dropouts.dropout1d(x.get(0), 0.4, new Alternating()))
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 0, 2, 3)),
                row("dropout2d", x -> Dropouts.dropout2d(x.get(0), 0.4, new Alternating()))
                        .on(sample(ANY, 1, 3, 2, 2))
                        .on(sample(ANY, 2, 3, 2)),
                row("dropout3d", x -> Dropouts.dropout3d(x.get(0), 0.4, new Alternating()))
                        .on(sample(ANY, 1, 3, 1, 2, 2))
                        .on(sample(ANY, 3, 2, 1, 2)),
                row("dropout3d", x -> Dropouts.dropout3d(x.get(0), 1, new Alternating()))
                        .as("of all")
                        .on(sample(ANY, 3, 2, 1, 2)),
                unary("alphaDropout", x -> Dropouts.alphaDropout(x, 0.4, new Alternating()), ANY),
                unary("alphaDropout", x -> Dropouts.alphaDropout(x, 0, new Alternating()), ANY)
                        .as("of nothing"),
                row("featureAlphaDropout", x -> Dropouts.featureAlphaDropout(x.get(0), 0.4, new Alternating()))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 3, 3)));
    }
}
