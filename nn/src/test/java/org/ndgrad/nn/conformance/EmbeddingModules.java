package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;
import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.EmbeddingOptions;
import org.ndgrad.autograd.ops.Embeddings;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.EmbeddingBag;
import org.ndgrad.nn.EmbeddingBagLayerOptions;
import org.ndgrad.nn.EmbeddingLayerOptions;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of layers that look up rows of a table. */
final class EmbeddingModules {

    private EmbeddingModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                layer(
                        "Embedding",
                        a -> new Embedding(
                                a.integer(0, "num_embeddings"),
                                a.integer(1, "embedding_dim"),
                                EmbeddingLayerOptions.defaults().withRows(rows(a, 2, 3)))),
                block(
                        "EmbeddingBag",
                        a -> new EmbeddingBag(a.integer(0, "num_embeddings"), a.integer(1, "embedding_dim"), bag(a)),
                        layer -> call -> List.of(forward(layer, call))));
    }

    private static EmbeddingOptions rows(Arguments a, int padding, int bound) {
        EmbeddingOptions rows =
                EmbeddingOptions.defaults().withScaleByFrequency(a.flag(bound + 2, "scale_grad_by_freq", false));
        rows = a.has(padding, "padding_idx") ? rows.withPaddingIndex(a.integer(padding, "padding_idx")) : rows;
        return a.has(bound, "max_norm")
                ? rows.withMaxNorm(a.real(bound, "max_norm").getAsDouble(), a.real(bound + 1, "norm_type", 2))
                : rows;
    }

    private static EmbeddingBagLayerOptions bag(Arguments a) {
        return EmbeddingBagLayerOptions.defaults()
                .withMode(Embeddings.Mode.valueOf(a.text(5, "mode", "mean").toUpperCase(Locale.ROOT)))
                .withEndIncluded(a.flag(8, "include_last_offset", false))
                .withRows(rows(a, 9, 2));
    }

    private static Tensor forward(EmbeddingBag layer, Arguments call) {
        Optional<Tensor> offsets = call.optionalTensor(1, "offsets");
        Optional<Tensor> weights = call.optionalTensor(2, "per_sample_weights");
        if (weights.isPresent()) {
            return offsets.map(starts -> layer.weighted(call.input(), starts, weights.get()))
                    .orElseGet(() -> layer.weighted(call.input(), weights.get()));
        }
        return offsets.map(starts -> layer.forward(call.input(), starts)).orElseGet(() -> layer.forward(call.input()));
    }
}
