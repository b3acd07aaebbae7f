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
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Indexing}. */
final class IndexingCases {

    private static final Index ALL = Index.all();

    private IndexingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("oneHot", x -> Indexing.oneHot(x.get(0)))
                        .as("as many classes as needed")
                        .notDifferentiable()
                        .on(indices(2, 0, 3))
                        .on(indices(2, 0, 3, 1).reshape(2, 2)),
                row("get", x -> Indexing.get(x.get(0), Index.at(-1), Index.range(0, 9, 2), Index.NEW_AXIS))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 3, 0)),
                row("get", x -> Indexing.get(x.get(0), Index.ELLIPSIS, Index.from(1), Index.to(-1)))
                        .as("behind an ellipsis")
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 2)),
                row("get", x -> Indexing.get(x.get(0).mul(2)))
                        .as("of all")
                        .on(sample(ANY))
                        .on(sample(ANY, 3)),
                row("get", x -> Indexing.get(x.get(0), x.get(1)))
                        .as("positions")
                        .on(sample(ANY, 3, 2), indices(0, -1, 0))
                        .on(sample(ANY, 3), indices(0, 2, 2, 2).reshape(2, 2))
                        .on(sample(ANY, 3, 2), indices(1).squeeze())
                        .on(sample(ANY, 3, 2), indices())
                        .on(sample(ANY, 3, 0), indices(0, -1, 0)),
                row("get", x -> Indexing.get(x.get(0), ALL, x.get(1), x.get(2)))
                        .as("positions in neighboring dims")
                        .on(sample(ANY, 2, 3, 2), indices(0, -1, 0), indices(1, 0, 1))
                        .on(sample(ANY, 2, 3, 2, 1), indices(0, -1).reshape(2, 1), indices(1, 0)),
                row("get", x -> Indexing.get(x.get(0), x.get(1), ALL, x.get(2)))
                        .as("positions in dims that are apart")
                        .on(sample(ANY, 2, 3, 2), indices(0, -1, 0), indices(1, 0, 1)),
                row("get", x -> Indexing.get(x.get(0), ALL, x.get(1)))
                        .as("mask")
                        .on(sample(ANY, 2, 3), mask(1, 0, 1))
                        .on(sample(ANY, 2, 2, 2), mask(1, 0, 1, 1).reshape(2, 2))
                        .on(sample(ANY, 2, 3), mask(1).squeeze())
                        .on(sample(ANY, 2, 3), mask(0, 0, 0)),
                row("gather", x -> Indexing.gather(x.get(0), 1, x.get(1)))
                        .on(sample(ANY, 3, 4), indices(0, 3, 1, 1, 1, 2).reshape(3, 2))
                        .on(sample(ANY, 3, 4), indices(0, 0, 2, 1, 3).reshape(1, 5))
                        .on(sample(ANY, 3, 4), Tensor.zeros(DataType.INT64, 0, 2)),
                row("gather", x -> Indexing.gather(x.get(0), 0, x.get(1)))
                        .as("of a vector")
                        .on(sample(ANY, 3), indices(2, 2, 0, 2)),
                row("gather", x -> Indexing.gather(x.get(0), 0, x.get(1)))
                        .as("of a scalar")
                        .on(sample(ANY), indices(0).squeeze())
                        .on(sample(ANY), indices(0, 0))
                        .on(sample(ANY, 3), indices(2).squeeze()),
                row("scatterAdd", x -> Indexing.scatterAdd(x.get(0), 1, x.get(1), x.get(2)))
                        .on(sample(ANY, 3, 4), indices(0, 3, 1, 1, 1, 2).reshape(3, 2), sample(OTHER, 3, 2))
                        .on(sample(ANY, 3, 4), indices(0, 0).reshape(1, 2), sample(OTHER, 3, 4)),
                row("scatterAdd", x -> Indexing.scatterAdd(x.get(0), 0, x.get(1), x.get(2)))
                        .as("into a scalar")
                        .on(sample(ANY), indices(0, 0), sample(OTHER, 2))
                        .on(sample(ANY), indices(0).squeeze(), sample(OTHER)),
                row("indexSelect", x -> Indexing.indexSelect(x.get(0), 0, x.get(1)))
                        .on(sample(ANY, 3, 4), indices(2, 0, 2))
                        .on(sample(ANY, 3), indices(1, 1))
                        .on(sample(ANY, 3, 2), Tensor.zeros(DataType.INT64, 0)),
                row("indexSelect", x -> Indexing.indexSelect(x.get(0), -1, x.get(1)))
                        .as("along the last dim")
                        .on(sample(ANY, 2, 3, 4), indices(2, 0, 2)),
                row("take", x -> Indexing.take(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 2), indices(0, -1, 3, 3).reshape(2, 2))
                        .on(sample(ANY), indices(0, 0))
                        .on(sample(ANY, 0, 2), indices()),
                row("takeAlongDim", x -> Indexing.takeAlongDim(x.get(0), x.get(1), -1))
                        .on(sample(ANY, 2, 3), indices(0, -1, 2, 2).reshape(2, 2))
                        .on(sample(ANY, 1, 3), indices(0, -1, 2, 2).reshape(2, 2))
                        .on(sample(ANY, 2, 3), indices(1, 1).reshape(1, 2))
                        .on(sample(ANY), indices(0).squeeze()),
                row("maskedSelect", x -> Indexing.maskedSelect(x.get(0), x.get(1)))
                        .on(sample(ANY, 2, 3), mask(1, 0, 1, 0, 0, 1).reshape(2, 3))
                        .on(sample(ANY, 2, 3), mask(1, 0).reshape(2, 1))
                        .on(sample(ANY, 3), mask(1, 0, 1, 0, 0, 1).reshape(2, 3))
                        .on(sample(ANY), mask(1).squeeze())
                        .on(sample(ANY, 3), mask(0, 0, 0)),
                row("nonzero", x -> Indexing.nonzero(x.get(0)))
                        .notDifferentiable()
                        .on(indices(0, 2, 0, -1).reshape(2, 2))
                        .on(mask(1, 0, 1))
                        .on(sample(ANY))
                        .on(sample(ANY, 0, 2)),
                row("oneHot", x -> Indexing.oneHot(x.get(0), 4))
                        .notDifferentiable()
                        .on(indices(2, 0, 3))
                        .on(indices(2, 0, 3, 1).reshape(2, 2))
                        .on(Tensor.zeros(DataType.INT64)));
    }
}
