package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.indices;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;

import com.google.common.collect.Streams;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.EmbeddingBagOptions;
import org.ndgrad.autograd.ops.EmbeddingOptions;
import org.ndgrad.autograd.ops.Embeddings;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Scattering;
import org.ndgrad.autograd.ops.Scattering.Reduce;

/** The rows of indexing, gather and scatter. */
final class IndexingCases {

    private static final OpCase.Domain ANY = in(-2, 2);
    private static final OpCase.Domain OTHER = in(-1.5, 2.5);
    private static final Tensor NONE = Tensor.zeros(DataType.INT64, 0);
    private static final Index ALL = Index.all();

    private IndexingCases() {}

    static Stream<OpCase> rows() {
        return Streams.concat(get(), reading(), scattering(), reductions(), slices(), masks(), embeddings(), bags());
    }

    private static Tensor mask(long... values) {
        return Tensor.of(values).to(DataType.BOOL);
    }

    private static Stream<OpCase> get() {
        return Stream.of(
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
                        .on(sample(ANY, 3, 2), NONE)
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
                        .on(sample(ANY, 2, 3), mask(0, 0, 0)));
    }

    private static Stream<OpCase> reading() {
        return Stream.of(
                row("gather", x -> Indexing.gather(x.get(0), 0, x.get(1)))
                        .as("of a scalar")
                        .on(sample(ANY), indices(0).squeeze())
                        .on(sample(ANY), indices(0, 0))
                        .on(sample(ANY, 3), indices(2).squeeze()),
                row("take", x -> Indexing.take(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 2), indices(0, -1, 3, 3).reshape(2, 2))
                        .on(sample(ANY), indices(0, 0))
                        .on(sample(ANY, 0, 2), NONE),
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
                        .on(sample(ANY, 0, 2)));
    }

    private static Stream<OpCase> scattering() {
        return Stream.of(
                row("scatter", x -> Scattering.scatter(x.get(0), 1, x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 3), indices(2, 0, 1, 2).reshape(2, 2), sample(OTHER, 2, 2))
                        .on(sample(ANY, 2, 3), indices(2, 0).reshape(1, 2), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 3), NONE, sample(OTHER, 0)),
                row("scatter", x -> Scattering.scatter(x.get(0), 0, x.get(1), x.get(2)))
                        .as("into a scalar")
                        .on(sample(ANY), indices(0).squeeze(), sample(OTHER))
                        .on(sample(ANY, 3), indices(1).squeeze(), sample(OTHER)),
                row("scatter", x -> Scattering.scatter(x.get(0), 0, x.get(1), 2.5))
                        .as("a number")
                        .on(sample(ANY, 3, 2), indices(2, 0, 1, 0).reshape(2, 2))
                        .on(sample(ANY), indices(0).squeeze()),
                row("scatterAdd", x -> Indexing.scatterAdd(x.get(0), 0, x.get(1), x.get(2)))
                        .as("into a scalar")
                        .on(sample(ANY), indices(0, 0), sample(OTHER, 2))
                        .on(sample(ANY), indices(0).squeeze(), sample(OTHER)),
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
                        .on(sample(ANY, 2, 2, 3), sample(OTHER, 2, 2)));
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
                                .on(sample(ANY, 2, 3), NONE, sample(OTHER, 0)),
                        row("scatterReduce", x -> Scattering.scatterReduce(x.get(0), 0, x.get(1), x.get(2), how, false))
                                .as(how.name() + " without self")
                                .on(sample(ANY, 4), indices(2, 2, 0, 2), sample(OTHER, 4))
                                .on(sample(ANY), indices(0, 0), sample(OTHER, 2))
                                .on(sample(ANY), indices(0).squeeze(), sample(OTHER))));
    }

    private static Stream<OpCase> slices() {
        return Stream.of(
                row("scatterReduce", x -> Scattering.scatterReduce(x.get(0), 0, x.get(1), x.get(2), Reduce.PROD))
                        .as("PROD with zeros")
                        .on(
                                Tensor.of(DataType.DOUBLE, 2, 3, 0),
                                indices(0, 0, 0, 1, 1, 2),
                                Tensor.of(DataType.DOUBLE, 0, 0, 3, 0, 2, 5)),
                row("indexAdd", x -> Scattering.indexAdd(x.get(0), -1, x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 3), indices(2, 0, 2), sample(OTHER, 2, 3))
                        .on(sample(ANY), indices(0), sample(OTHER))
                        .on(sample(ANY, 3), NONE, sample(OTHER, 0)),
                row("indexAdd", x -> Scattering.indexAdd(x.get(0), 0, x.get(1), x.get(2), -1.5))
                        .as("scaled")
                        .on(sample(ANY, 3, 2), indices(2, 2), sample(OTHER, 2, 2)),
                row("indexCopy", x -> Scattering.indexCopy(x.get(0), 0, x.get(1), x.get(2)))
                        .on(sample(ANY, 3, 2), indices(2, 0), sample(OTHER, 2, 2))
                        .on(sample(ANY), indices(0).squeeze(), sample(OTHER))
                        .on(sample(ANY, 3), indices(1), sample(OTHER)),
                row("indexFill", x -> Scattering.indexFill(x.get(0), 1, x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 3, 2), indices(2, 0, -1), sample(OTHER))
                        .on(sample(ANY, 2, 3), NONE, sample(OTHER)),
                row("indexFill", x -> Scattering.indexFill(x.get(0), 0, x.get(1), 2.5))
                        .as("a number")
                        .on(sample(ANY, 3, 2), indices(2, 0))
                        .on(sample(ANY), indices(0)),
                row("indexPut", x -> Scattering.indexPut(x.get(0), x.get(2), false, x.get(1)))
                        .on(sample(ANY, 3, 2), indices(-1, 0), sample(OTHER, 2, 2))
                        .on(sample(ANY, 3, 2), indices(-1, 0), sample(OTHER))
                        .on(sample(ANY, 3, 2), mask(1, 0, 1, 1, 0, 0).reshape(3, 2), sample(OTHER, 3))
                        .on(sample(ANY, 3, 2), indices(1).squeeze(), sample(OTHER, 2)),
                row("indexPut", x -> Scattering.indexPut(x.get(0), x.get(2), true, ALL, x.get(1)))
                        .as("adding")
                        .on(sample(ANY, 2, 3), indices(-1, 0, 2), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 3), indices(1).squeeze(), sample(OTHER, 2)),
                row("indexPut", x -> Scattering.indexPut(x.get(0), x.get(2), false, x.get(1), Index.from(1), x.get(1)))
                        .as("in dims that are apart")
                        .on(sample(ANY, 2, 2, 2), indices(-1, 0), sample(OTHER, 2, 1)));
    }

    private static Stream<OpCase> masks() {
        return Stream.of(
                row("maskedFill", x -> Comparison.maskedFill(x.get(0), x.get(1), x.get(2)))
                        .as("with a tensor")
                        .on(sample(ANY, 2, 3), mask(1, 0, 1), sample(OTHER))
                        .on(sample(ANY, 3), mask(1, 0).reshape(2, 1), sample(OTHER))
                        .on(sample(ANY), mask(1).squeeze(), sample(OTHER)),
                row("maskedScatter", x -> Scattering.maskedScatter(x.get(0), x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 3), mask(1, 0, 1, 0, 0, 1).reshape(2, 3), sample(OTHER, 2, 2))
                        .on(sample(ANY, 3), mask(1, 0).reshape(2, 1), sample(OTHER, 4))
                        .on(sample(ANY), mask(1).squeeze(), sample(OTHER))
                        .on(sample(ANY, 2), mask(0).squeeze(), sample(OTHER, 0)));
    }

    private static Stream<OpCase> embeddings() {
        EmbeddingOptions options =
                EmbeddingOptions.defaults().withPaddingIndex(-1).withScaleByFrequency(false);
        return Stream.of(
                row("embedding", x -> Embeddings.embedding(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 2), indices(2, 0, 2, 2).reshape(2, 2))
                        .on(sample(ANY, 3, 2), indices(1).squeeze())
                        .on(sample(ANY, 3, 2), NONE),
                row("embedding", x -> Embeddings.embedding(x.get(0), x.get(1), options))
                        .as("with padding that does not occur")
                        .on(sample(ANY, 3, 2), indices(0, 0, 1)));
    }

    private static Stream<OpCase> bags() {
        EmbeddingBagOptions options = EmbeddingBagOptions.defaults();
        EmbeddingBagOptions weighted = options.withMode(Embeddings.Mode.SUM);
        return Stream.concat(
                Stream.of(Embeddings.Mode.values())
                        .map(mode -> row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(x.get(0), x.get(1), options.withMode(mode)))
                                .as(mode.name())
                                .on(sample(ANY, 3, 2), indices(2, 0, 0, 1).reshape(2, 2))
                                .on(sample(ANY, 3, 2), Tensor.zeros(DataType.INT64, 2, 0))),
                Stream.of(
                        row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(
                                                x.get(0),
                                                x.get(1),
                                                weighted.withOffsets(indices(0, 2, 2))
                                                        .withWeights(x.get(2))))
                                .as("weighted")
                                .on(sample(ANY, 3, 2), indices(2, 0, 0, 1), sample(OTHER, 4)),
                        row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(
                                                x.get(0),
                                                x.get(1),
                                                options.withOffsetsAndEnd(indices(0, 1, 3))
                                                        .withRows(EmbeddingOptions.defaults()
                                                                .withPaddingIndex(1))))
                                .as("up to an end")
                                .on(sample(ANY, 3, 2), indices(2, 1, 0, 1))));
    }
}
