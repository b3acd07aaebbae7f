package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Grids;
import org.ndgrad.autograd.ops.Joining;

/** The rows of several tensors into one and back, and of grids. */
final class JoiningCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain OTHER = in(-1.9, 2.2);

    private JoiningCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("cat", x -> Joining.cat(x, 1))
                        .as("with empty vectors")
                        .on(sample(ANY, 0), sample(ANY, 2, 3), sample(OTHER, 0), sample(OTHER, 2, 1)),
                row("cat", x -> Joining.cat(x, 0)).as("of empty vectors").on(sample(ANY, 0), sample(OTHER, 0)),
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
                row("chunk", x -> StructureCases.weighted(Joining.chunk(x.get(0), 3, 1)))
                        .as("of nothing")
                        .on(sample(ANY, 2, 0)),
                row("tensorSplit", x -> StructureCases.weighted(Joining.tensorSplit(x.get(0), 3, 0)))
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY, 2)),
                row(
                                "tensorSplit",
                                x -> StructureCases.weighted(Joining.tensorSplit(x.get(0), new long[] {1, -1, 9}, -1)))
                        .as("at indices")
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 2, 0)),
                row("broadcastTensors", x -> StructureCases.weighted(Grids.broadcastTensors(x)))
                        .on(sample(ANY, 3, 1), sample(OTHER, 2), sample(ANY))
                        .on(sample(ANY, 0), sample(OTHER, 1)),
                row("meshgrid", x -> StructureCases.weighted(Grids.meshgrid(x, Grids.Indexing.IJ)))
                        .on(sample(ANY, 3), sample(OTHER, 2))
                        .on(sample(ANY), sample(OTHER, 0)),
                row("meshgrid", x -> Joining.stack(Grids.meshgrid(x, Grids.Indexing.XY), 0))
                        .as("xy")
                        .on(sample(ANY, 3), sample(OTHER, 2), sample(ANY, 2))
                        .on(sample(ANY, 3)),
                row("cartesianProd", Grids::cartesianProd)
                        .on(sample(ANY, 3), sample(OTHER, 2))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0), sample(OTHER, 2)));
    }
}
