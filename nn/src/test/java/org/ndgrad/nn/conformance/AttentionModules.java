package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalDouble;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.MaskOptions;
import org.ndgrad.nn.MultiheadAttention;
import org.ndgrad.nn.MultiheadAttentionOptions;
import org.ndgrad.nn.Transformer;
import org.ndgrad.nn.TransformerDecoderLayer;
import org.ndgrad.nn.TransformerEncoderLayer;
import org.ndgrad.nn.TransformerOptions;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of attention and transformers. */
final class AttentionModules {

    private AttentionModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                block(
                        "MultiheadAttention",
                        a -> new MultiheadAttention(a.integer(0, "embed_dim"), a.integer(1, "num_heads"), attention(a)),
                        attention -> a -> {
                            MultiheadAttention.Result result = attention.forward(
                                    a.input(),
                                    a.tensor(1, "key"),
                                    a.tensor(2, "value"),
                                    masks(a, 5, "attn_mask", 3, "key_padding_mask")
                                            .withCausal(a.flag(7, "is_causal", false)),
                                    wanted(a));
                            ImmutableList.Builder<Tensor> outputs = ImmutableList.builder();
                            outputs.add(result.output());
                            result.weights().ifPresent(outputs::add);
                            return outputs.build();
                        }),
                block(
                        "TransformerEncoderLayer",
                        a -> new TransformerEncoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), layers(a, 2)),
                        layer -> a ->
                                List.of(layer.forward(a.input(), masks(a, 1, "src_mask", 2, "src_key_padding_mask")))),
                block(
                        "TransformerDecoderLayer",
                        a -> new TransformerDecoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), layers(a, 2)),
                        layer -> a -> List.of(layer.forward(
                                a.input(),
                                a.tensor(1, "memory"),
                                masks(a, 2, "tgt_mask", 4, "tgt_key_padding_mask"),
                                masks(a, 3, "memory_mask", 5, "memory_key_padding_mask")))),
                block(
                        "Transformer",
                        a -> new Transformer(
                                a.integer(0, "d_model", 512),
                                a.integer(1, "nhead", 8),
                                layers(a, 4)
                                        .withEncoderLayers(a.integer(2, "num_encoder_layers", 6))
                                        .withDecoderLayers(a.integer(3, "num_decoder_layers", 6))),
                        transformer -> a -> List.of(transformer.forward(
                                a.input(),
                                a.tensor(1, "tgt"),
                                masks(a, 2, "src_mask", 5, "src_key_padding_mask"),
                                masks(a, 3, "tgt_mask", 6, "tgt_key_padding_mask"),
                                masks(a, 4, "memory_mask", 7, "memory_key_padding_mask")))));
    }

    private static MaskOptions masks(Arguments a, int position, String mask, int paddingPosition, String padding) {
        MaskOptions masks = a.with(MaskOptions.defaults(), position, mask, MaskOptions::withMask);
        return a.with(masks, paddingPosition, padding, MaskOptions::withKeyPaddingMask);
    }

    private static MultiheadAttention.Weights wanted(Arguments a) {
        if (!a.flag(4, "need_weights", true)) {
            return MultiheadAttention.Weights.NONE;
        }
        return a.flag(6, "average_attn_weights", true)
                ? MultiheadAttention.Weights.AVERAGED
                : MultiheadAttention.Weights.PER_HEAD;
    }

    private static MultiheadAttentionOptions attention(Arguments a) {
        MultiheadAttentionOptions options = MultiheadAttentionOptions.defaults()
                .withDropout(a.real(2, "dropout", 0))
                .withBias(a.flag(3, "bias", true))
                .withAddBiasKv(a.flag(4, "add_bias_kv", false))
                .withAddZeroAttn(a.flag(5, "add_zero_attn", false))
                .withBatchFirst(a.flag(8, "batch_first", false));
        OptionalDouble kdim = a.real(6, "kdim");
        OptionalDouble vdim = a.real(7, "vdim");
        options = kdim.isPresent() ? options.withKdim((long) kdim.getAsDouble()) : options;
        return vdim.isPresent() ? options.withVdim((long) vdim.getAsDouble()) : options;
    }

    /** PyTorch's Transformer has two numbers of layers, and two modules of one's own, between its arguments. */
    private static TransformerOptions layers(Arguments a, int first) {
        int behind = first == 2 ? 5 : 9;
        return TransformerOptions.defaults()
                .withFeedForward(a.integer(first, "dim_feedforward", 2048))
                .withDropout(a.real(first + 1, "dropout", 0.1))
                .withActivation(
                        a.text(first + 2, "activation", "relu").equals("gelu")
                                ? TransformerOptions.Activation.GELU
                                : TransformerOptions.Activation.RELU)
                .withLayerNormEpsilon(a.real(behind, "layer_norm_eps", 1e-5))
                .withBatchFirst(a.flag(behind + 1, "batch_first", false))
                .withNormFirst(a.flag(behind + 2, "norm_first", false))
                .withBias(a.flag(behind + 3, "bias", true));
    }
}
