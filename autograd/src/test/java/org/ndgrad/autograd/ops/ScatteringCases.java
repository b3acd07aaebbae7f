package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.mask;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Scattering}. */
final class ScatteringCases {

    private static final Index ALL = Index.all();

    private ScatteringCases() {}

    static Stream<OpCase> rows() {
        return Stream.concat(
                Stream.of(
                        row("scatter", x -> Scattering.scatter(x.get(0), 1, x.get(1), x.get(2)))
                                .on(sample(ANY, 2, 3), indices(2, 0, 1, 2).reshape(2, 2), sample(OTHER, 2, 2))
                                .on(sample(ANY, 2, 3), indices(2, 0).reshape(1, 2), sample(OTHER, 2, 3))
                                .on(sample(ANY, 2, 3), indices(), sample(OTHER, 0)),
                        row("scatter", x -> Scattering.scatter(x.get(0), 0, x.get(1), x.get(2)))
                                .as("into a scalar")
                                .on(sample(ANY), indices(0).squeeze(), sample(OTHER))
                                .on(sample(ANY, 3), indices(1).squeeze(), sample(OTHER)),
                        row("scatter", x -> Scattering.scatter(x.get(0), 0, x.get(1), 2.5))
                                .as("a number")
                                .on(sample(ANY, 3, 2), indices(2, 0, 1, 0).reshape(2, 2))
                                .on(sample(ANY), indices(0).squeeze()),
                        row(
                                        "scatterReduce",
                                        x -> Scattering.scatterReduce(x.get(0), 0, x.get(1), x.get(2), Reduce.PROD))
                                .as("PROD with zeros")
                                .on(
                                        Tensor.of(DataType.DOUBLE, 2, 3, 0),
                                        indices(0, 0, 0, 1, 1, 2),
                                        Tensor.of(DataType.DOUBLE, 0, 0, 3, 0, 2, 5)),
                        row("indexAdd", x -> Scattering.indexAdd(x.get(0), -1, x.get(1), x.get(2)))
                                .on(sample(ANY, 2, 3), indices(2, 0, 2), sample(OTHER, 2, 3))
                                .on(sample(ANY), indices(0), sample(OTHER))
                                .on(sample(ANY, 3), indices(), sample(OTHER, 0)),
                        row("indexAdd", x -> Scattering.indexAdd(x.get(0), 0, x.get(1), x.get(2), -1.5))
                                .as("scaled")
                                .on(sample(ANY, 3, 2), indices(2, 2), sample(OTHER, 2, 2)),
                        row("indexCopy", x -> Scattering.indexCopy(x.get(0), 0, x.get(1), x.get(2)))
                                .on(sample(ANY, 3, 2), indices(2, 0), sample(OTHER, 2, 2))
                                .on(sample(ANY), indices(0).squeeze(), sample(OTHER))
                                .on(sample(ANY, 3), indices(1), sample(OTHER)),
                        row("indexFill", x -> Scattering.indexFill(x.get(0), 1, x.get(1), x.get(2)))
                                .on(sample(ANY, 2, 3, 2), indices(2, 0, -1), sample(OTHER))
                                .on(sample(ANY, 2, 3), indices(), sample(OTHER)),
                        row("indexFill", x -> Scattering.indexFill(x.get(0), 0, x.get(1), 2.5))
                                .as("a number")
                                .on(sample(ANY, 3, 2), indices(2, 0))
                                .on(sample(ANY), indices(0)),
                        row("indexPut", x -> Scattering.indexPut(x.get(0), x.get(2), Scattering.Put.REPLACE, x.get(1)))
                                .on(sample(ANY, 3, 2), indices(-1, 0), sample(OTHER, 2, 2))
                                .on(sample(ANY, 3, 2), indices(-1, 0), sample(OTHER))
                                .on(sample(ANY, 3, 2), mask(1, 0, 1, 1, 0, 0).reshape(3, 2), sample(OTHER, 3))
                                .on(sample(ANY, 3, 2), indices(1).squeeze(), sample(OTHER, 2)),
                        row("indexPut", x -> Scattering.indexPut(x.get(0), x.get(2), Scattering.Put.ADD, ALL, x.get(1)))
                                .as("adding")
                                .on(sample(ANY, 2, 3), indices(-1, 0, 2), sample(OTHER, 2, 3))
                                .on(sample(ANY, 2, 3), indices(1).squeeze(), sample(OTHER, 2)),
                        row(
                                        "indexPut",
                                        x -> Scattering.indexPut(
                                                x.get(0),
                                                x.get(2),
                                                Scattering.Put.REPLACE,
                                                x.get(1),
                                                Index.from(1),
                                                x.get(1)))
                                .as("in dims that are apart")
                                .on(sample(ANY, 2, 2, 2), indices(-1, 0), sample(OTHER, 2, 1)),
                        row("maskedScatter", x -> Scattering.maskedScatter(x.get(0), x.get(1), x.get(2)))
                                .on(sample(ANY, 2, 3), mask(1, 0, 1, 0, 0, 1).reshape(2, 3), sample(OTHER, 2, 2))
                                .on(sample(ANY, 3), mask(1, 0).reshape(2, 1), sample(OTHER, 4))
                                .on(sample(ANY), mask(1).squeeze(), sample(OTHER))
                                .on(sample(ANY, 2), mask(0).squeeze(), sample(OTHER, 0)),
                        row("selectScatter", x -> Scattering.selectScatter(x.get(0), x.get(1), 1, -1))
                                .on(sample(ANY, 2, 3), sample(OTHER, 2))
                                .on(sample(ANY, 0, 3), sample(OTHER, 0)),
                        row("sliceScatter", x -> Scattering.sliceScatter(x.get(0), x.get(1), 0, 1, 9, 2))
                                .on(sample(ANY, 4, 2), sample(OTHER, 2, 2))
                                .on(sample(ANY, 1), sample(OTHER, 0)),
                        row("diagonalScatter", x -> Scattering.diagonalScatter(x.get(0), x.get(1), 0, 0, 1))
                                .on(sample(ANY, 2, 3), sample(OTHER, 2))
                                .on(sample(ANY, 0, 3), sample(OTHER, 0)),
                        row("diagonalScatter", x -> Scattering.diagonalScatter(x.get(0), x.get(1), -1, 2, 0))
                                .as("below, of several matrices")
                                .on(sample(ANY, 2, 2, 3), sample(OTHER, 2, 2))),
                reductions());
    }

    private static Stream<OpCase> reductions() {
        return Stream.of(Reduce.values())
                .flatMap(how -> Stream.of(
                        row("scatterReduce", x -> Scattering.scatterReduce(x.get(0), 1, x.get(1), x.get(2), how))
                                .as(how.name())
                                .on(
                                        sample(ANY, 2, 3),
                                        indices(2, 0, 2, 2, 0, 0, 2, 1).reshape(2, 4),
                                        sample(OTHER, 2, 4))
                                .on(sample(ANY, 2, 3), indices(2, 2).reshape(1, 2), sample(OTHER, 2, 3))
                                .on(sample(ANY, 2, 3), indices(), sample(OTHER, 0)),
                        row(
                                        "scatterReduce",
                                        x -> Scattering.scatterReduce(
                                                x.get(0), 0, x.get(1), x.get(2), how, Scattering.Own.EXCLUDED))
                                .as(how.name() + " without self")
                                .on(sample(ANY, 4), indices(2, 2, 0, 2), sample(OTHER, 4))
                                .on(sample(ANY), indices(0, 0), sample(OTHER, 2))
                                .on(sample(ANY), indices(0).squeeze(), sample(OTHER))));
    }
}
