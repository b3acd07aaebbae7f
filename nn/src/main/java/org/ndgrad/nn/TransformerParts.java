package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/** What the layers of encoders and decoders are made of. */
final class TransformerParts {

    private TransformerParts() {}

    static MultiheadAttention attention(long size, int heads, TransformerOptions options) {
        return new MultiheadAttention(
                size,
                heads,
                MultiheadAttentionOptions.defaults()
                        .withDtype(options.dtype())
                        .withRng(options.rng())
                        .withDropout(options.dropout())
                        .withBias(options.bias())
                        .withBatchFirst(options.batchFirst()));
    }

    static Linear linear(long in, long out, TransformerOptions options) {
        return new Linear(
                in,
                out,
                LinearOptions.defaults()
                        .withDtype(options.dtype())
                        .withRng(options.rng())
                        .withBias(options.bias()));
    }

    static LayerNorm norm(long size, TransformerOptions options) {
        return new LayerNorm(
                size,
                NormLayerOptions.defaults()
                        .withEpsilon(options.layerNormEpsilon())
                        .withBias(options.bias())
                        .withDtype(options.dtype()));
    }

    static Dropout dropout(TransformerOptions options) {
        return new Dropout(DropoutOptions.defaults().withP(options.dropout()).withRng(options.rng()));
    }

    static Tensor attend(MultiheadAttention attention, Tensor query, Tensor memory, MaskOptions masks) {
        return attention
                .forward(query, memory, memory, masks, MultiheadAttention.Weights.NONE)
                .output();
    }

    static String settings(long size, int heads, TransformerOptions options) {
        return "size=" + size + ", heads=" + heads + (options.batchFirst() ? ", batchFirst=true" : "")
                + (options.normFirst() ? ", normFirst=true" : "");
    }
}
