package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.KeepDim;

/** The rows of {@link Norms}. */
final class NormsCases {

    private NormsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("vectorNorm", x -> Norms.vectorNorm(x.get(0), 3, new int[] {1}, KeepDim.YES))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2, 2, 2)),
                row("normalize", x -> Norms.normalize(x.get(0), 2, new int[] {-1}, 1e-12))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0, 3)),
                row("normalize", x -> Norms.normalize(x.get(0), 3, new int[] {0, 1}, 100))
                        .as("too short")
                        .on(sample(ANY, 3, 2)),
                row("renorm", x -> Norms.renorm(x.get(0), 2, 0, 2)).on(sample(ANY, 3, 4)),
                row("renorm", x -> Norms.renorm(x.get(0), 1, -1, 1.5))
                        .as("of slices")
                        .on(sample(ANY, 2, 2, 3)),
                row("cosineSimilarity", x -> Norms.cosineSimilarity(x.get(0), x.get(1), -1, 1e-8))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 3, 1, 2), sample(OTHER, 2, 2))
                        .on(sample(ANY, 3), sample(OTHER, 3)),
                row("cosineSimilarity", x -> Norms.cosineSimilarity(x.get(0), x.get(1), 0, 100))
                        .as("of short vectors")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 2)),
                row("dist", x -> Norms.dist(x.get(0), x.get(1), 2))
                        .on(sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY), sample(OTHER, 3)),
                row("pairwiseDistance", x -> Norms.pairwiseDistance(x.get(0), x.get(1), 2, 1e-6, KeepDim.NO))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 3), sample(OTHER, 2, 3)),
                row("cdist", x -> Norms.cdist(x.get(0), x.get(1), 2))
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2))
                        .on(sample(ANY, 2, 1, 2), sample(OTHER, 3, 2))
                        .on(sample(ANY, 2, 0), sample(OTHER, 3, 0))
                        .on(sample(ANY, 0, 2), sample(OTHER, 3, 2)),
                row("cdist", x -> Norms.cdist(x.get(0), x.get(1), 1))
                        .as("1")
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                row("cdist", x -> Norms.cdist(x.get(0), x.get(1), 2.5))
                        .as("2.5")
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                row("cdist", x -> Norms.cdist(x.get(0), x.get(1), Double.POSITIVE_INFINITY))
                        .as("infinity")
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                row("cdist", x -> Norms.cdist(x.get(0), x.get(1), 0))
                        .as("0")
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2)));
    }
}
