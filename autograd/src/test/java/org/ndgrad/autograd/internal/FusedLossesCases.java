package org.ndgrad.autograd.internal;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.OpCase;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link FusedLosses}. */
public final class FusedLossesCases {

    private static final Domain SHARE = in(0.1, 0.9);

    private FusedLossesCases() {}

    public static Stream<OpCase> rows() {
        return Stream.of(
                row("mseLoss", x -> FusedLosses.mseLoss(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY), sample(OTHER))
                        .on(sample(ANY, 5), sample(OTHER, 5)),
                row("sse", x -> FusedLosses.sse(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY), sample(OTHER))
                        .on(sample(ANY, 0, 2), sample(OTHER, 0, 2)),
                row("squaredErrors", x -> FusedLosses.squaredErrors(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY), sample(OTHER))
                        .on(sample(ANY, 0, 2), sample(OTHER, 0, 2)),
                row("huberErrors", x -> FusedLosses.huberErrors(x.get(0), x.get(1), 0.7, 1.3))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY), sample(OTHER))
                        .on(sample(ANY, 0, 2), sample(OTHER, 0, 2)),
                row("crossEntropy", x -> FusedLosses.crossEntropy(x.get(0), x.get(1), -100))
                        .on(sample(ANY, 4, 3), indices(2, 0, 2, 1))
                        .on(sample(ANY, 3, 1), indices(0, 0, 0))
                        .on(sample(ANY, 1, 3), indices(1)),
                row("crossEntropy", x -> FusedLosses.crossEntropy(x.get(0), x.get(1), 1))
                        .as("of some samples")
                        .on(sample(ANY, 4, 3), indices(2, 1, 0, 1))
                        .on(sample(ANY, 3, 2), indices(1, 0, 1)),
                row("klDiv", x -> FusedLosses.klDiv(x.get(0), x.get(1), 0.5))
                        .on(sample(ANY, 3, 4), sample(SHARE, 3, 4))
                        .on(sample(ANY), sample(SHARE))
                        .on(sample(ANY, 0, 2), sample(SHARE, 0, 2)),
                binary("binaryCrossEntropy", FusedLosses::binaryCrossEntropy, SHARE, SHARE),
                binary("binaryCrossEntropyWithLogits", FusedLosses::binaryCrossEntropyWithLogits, ANY, SHARE),
                unary("gaussianNllVariance", x -> FusedLosses.gaussianNllVariance(x, 1e-3), SHARE));
    }
}
