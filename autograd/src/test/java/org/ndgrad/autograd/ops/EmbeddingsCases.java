package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Embeddings}. */
final class EmbeddingsCases {

    private EmbeddingsCases() {}

    static Stream<OpCase> rows() {
        EmbeddingOptions options =
                EmbeddingOptions.defaults().withPaddingIndex(-1).withScaleByFrequency(false);
        return Stream.concat(
                Stream.of(
                        row("embedding", x -> Embeddings.embedding(x.get(1), x.get(0)))
                                .on(sample(ANY, 3, 2), indices(2, 0, 2, 2).reshape(2, 2))
                                .on(sample(ANY, 3, 2), indices(1).squeeze())
                                .on(sample(ANY, 3, 2), indices()),
                        row("embedding", x -> Embeddings.embedding(x.get(1), x.get(0), options))
                                .as("with padding that does not occur")
                                .on(sample(ANY, 3, 2), indices(0, 0, 1))),
                bags());
    }

    private static Stream<OpCase> bags() {
        EmbeddingBagOptions options = EmbeddingBagOptions.defaults();
        EmbeddingBagOptions weighted = options.withMode(Embeddings.Mode.SUM);
        return Stream.concat(
                Stream.of(Embeddings.Mode.values())
                        .map(mode -> row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(x.get(1), x.get(0), options.withMode(mode)))
                                .as(mode.name())
                                .on(sample(ANY, 3, 2), indices(2, 0, 0, 1).reshape(2, 2))
                                .on(sample(ANY, 3, 2), Tensor.zeros(DataType.INT64, 2, 0))),
                Stream.of(
                        row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(
                                                x.get(1),
                                                x.get(0),
                                                weighted.withOffsets(indices(0, 2, 2))
                                                        .withWeights(x.get(2))))
                                .as("weighted")
                                .on(sample(ANY, 3, 2), indices(2, 0, 0, 1), sample(OTHER, 4)),
                        row(
                                        "embeddingBag",
                                        x -> Embeddings.embeddingBag(
                                                x.get(1),
                                                x.get(0),
                                                options.withOffsetsAndEnd(indices(0, 1, 3))
                                                        .withRows(EmbeddingOptions.defaults()
                                                                .withPaddingIndex(1))))
                                .as("up to an end")
                                .on(sample(ANY, 3, 2), indices(2, 1, 0, 1))));
    }
}
