package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * A layer of a transformer's decoder: attention within the target, attention to the memory, which is what an encoder
 * made of the source, and two linear maps of each element, each added to what goes in and normalized as in {@link
 * TransformerEncoderLayer}.
 *
 * <p>Target: (L, N, E), or (N, L, E) with {@code withBatchFirst(true)}, or (L, E). Memory: likewise of any length.
 * Output: the target's shape. Layers inside: {@code self_attn}, {@code multihead_attn}, {@code linear1},
 * {@code linear2}, {@code norm1}, {@code norm2}, {@code norm3}, and dropout.
 *
 * <p>Source: Vaswani et al., Attention is all you need, 2017.
 */
public final class TransformerDecoderLayer extends Block {

    private final String settings;
    private final boolean normFirst;
    private final TransformerOptions.Activation activation;
    private final MultiheadAttention within;
    private final MultiheadAttention across;
    private final Linear linear1;
    private final Dropout dropout;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Dropout dropout1;
    private final Dropout dropout2;
    private final Dropout dropout3;

    /** Creates a layer with PyTorch's defaults, see {@link #TransformerDecoderLayer(long, int, TransformerOptions)}. */
    public TransformerDecoderLayer(long size, int heads) {
        this(size, heads, TransformerOptions.defaults());
    }

    /**
     * Creates a layer.
     *
     * @param size E, of inputs and outputs, a multiple of heads
     * @param heads of attention, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public TransformerDecoderLayer(long size, int heads, TransformerOptions options) {
        settings = TransformerParts.settings(size, heads, options);
        normFirst = options.normFirst();
        activation = options.activation();
        within = child("self_attn", TransformerParts.attention(size, heads, options));
        across = child("multihead_attn", TransformerParts.attention(size, heads, options));
        linear1 = child("linear1", TransformerParts.linear(size, options.feedForward(), options));
        dropout = child("dropout", TransformerParts.dropout(options));
        linear2 = child("linear2", TransformerParts.linear(options.feedForward(), size, options));
        norm1 = child("norm1", TransformerParts.norm(size, options));
        norm2 = child("norm2", TransformerParts.norm(size, options));
        norm3 = child("norm3", TransformerParts.norm(size, options));
        dropout1 = child("dropout1", TransformerParts.dropout(options));
        dropout2 = child("dropout2", TransformerParts.dropout(options));
        dropout3 = child("dropout3", TransformerParts.dropout(options));
    }

    /** Returns the layer's output where every element looks at all. */
    public Tensor forward(Tensor target, Tensor memory) {
        return forward(target, memory, MaskOptions.defaults(), MaskOptions.defaults());
    }

    /**
     * Returns the layer's output where masks let elements look.
     *
     * @param target see above
     * @param memory what the encoder made
     * @param ofTarget masks within the target, often causal
     * @param ofMemory masks of the memory's elements
     * @throws IllegalArgumentException if a shape or type does not fit
     */
    public Tensor forward(Tensor target, Tensor memory, MaskOptions ofTarget, MaskOptions ofMemory) {
        return hooked(List.of(target, memory), all -> compute(all.get(0), all.get(1), ofTarget, ofMemory));
    }

    private Tensor compute(Tensor x, Tensor memory, MaskOptions ofTarget, MaskOptions ofMemory) {
        if (normFirst) {
            Tensor first = x.add(attended(norm1.forward(x), ofTarget));
            Tensor second = first.add(looked(norm2.forward(first), memory, ofMemory));
            return second.add(mapped(norm3.forward(second)));
        }
        Tensor first = norm1.forward(x.add(attended(x, ofTarget)));
        Tensor second = norm2.forward(first.add(looked(first, memory, ofMemory)));
        return norm3.forward(second.add(mapped(second)));
    }

    private Tensor attended(Tensor x, MaskOptions masks) {
        return dropout1.forward(TransformerParts.attend(within, x, x, masks));
    }

    private Tensor looked(Tensor x, Tensor memory, MaskOptions masks) {
        return dropout2.forward(TransformerParts.attend(across, x, memory, masks));
    }

    private Tensor mapped(Tensor x) {
        return dropout3.forward(linear2.forward(dropout.forward(activation.apply(linear1.forward(x)))));
    }

    @Override
    protected String settings() {
        return settings;
    }
}
