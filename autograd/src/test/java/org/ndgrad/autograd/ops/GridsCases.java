package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.stacked;
import static org.ndgrad.autograd.ops.OpCase.weighted;

import java.util.stream.Stream;

/** The rows of {@link Grids}. */
final class GridsCases {

    private GridsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("broadcastTensors", x -> weighted(Grids.broadcastTensors(x)))
                        .on(sample(ANY, 3, 1), sample(OTHER, 2), sample(ANY))
                        .on(sample(ANY, 0), sample(OTHER, 1)),
                row("meshgrid", x -> weighted(Grids.meshgrid(x, Grids.Indexing.IJ)))
                        .on(sample(ANY, 3), sample(OTHER, 2))
                        .on(sample(ANY), sample(OTHER, 0)),
                row("meshgrid", x -> stacked(Grids.meshgrid(x, Grids.Indexing.XY)))
                        .as("xy")
                        .on(sample(ANY, 3), sample(OTHER, 2), sample(ANY, 2))
                        .on(sample(ANY, 3)),
                row("cartesianProd", Grids::cartesianProd)
                        .on(sample(ANY, 3), sample(OTHER, 2))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0), sample(OTHER, 2)));
    }
}
