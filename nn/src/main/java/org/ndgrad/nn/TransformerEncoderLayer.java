package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * A layer of a transformer's encoder: attention within the sequence and two linear maps of each element, each added to
 * what goes in and normalized, x' = norm1(x + attention(x)), y = norm2(x' + linear2(f(linear1(x')))); or with {@code
 * withNormFirst(true)} x' = x + attention(norm1(x)), y = x' + linear2(f(linear1(norm2(x')))).
 *
 * <p>Input: (L, N, E), or (N, L, E) with {@code withBatchFirst(true)}, or (L, E). Output: the same shape. Layers
 * inside: {@code self_attn}, {@code linear1}, {@code linear2}, {@code norm1}, {@code norm2}, and dropout.
 *
 * <p>Source: Vaswani et al., Attention is all you need, 2017; normalization first: Xiong et al., On layer normalization
 * in the transformer architecture, 2020.
 */
public final class TransformerEncoderLayer extends BuiltIn {

    private final String settings;
    private final boolean normFirst;
    private final TransformerOptions.Activation activation;
    private final MultiheadAttention attention;
    private final Linear linear1;
    private final Dropout dropout;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout1;
    private final Dropout dropout2;

    /** Creates a layer with PyTorch's defaults, see {@link #TransformerEncoderLayer(long, int, TransformerOptions)}. */
    public TransformerEncoderLayer(long size, int heads) {
        this(size, heads, TransformerOptions.defaults());
    }

    /**
     * Creates a layer.
     *
     * @param size E, of inputs and outputs, a multiple of heads
     * @param heads of attention, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public TransformerEncoderLayer(long size, int heads, TransformerOptions options) {
        settings = TransformerParts.settings(size, heads, options);
        normFirst = options.normFirst();
        activation = options.activation();
        attention = child("self_attn", TransformerParts.attention(size, heads, options));
        linear1 = child("linear1", TransformerParts.linear(size, options.feedForward(), options));
        dropout = child("dropout", TransformerParts.dropout(options));
        linear2 = child("linear2", TransformerParts.linear(options.feedForward(), size, options));
        norm1 = child("norm1", TransformerParts.norm(size, options));
        norm2 = child("norm2", TransformerParts.norm(size, options));
        dropout1 = child("dropout1", TransformerParts.dropout(options));
        dropout2 = child("dropout2", TransformerParts.dropout(options));
    }

    /**
     * Returns the layer's output where every element looks at all.
     *
     * @throws IllegalArgumentException if the shape or type does not fit
     */
    @Override
    Tensor compute(Tensor x) {
        return compute(x, MaskOptions.defaults());
    }

    /**
     * Returns the layer's output where masks let elements look.
     *
     * @param x see above
     * @throws IllegalArgumentException if a shape or type does not fit
     */
    public Tensor forward(Tensor x, MaskOptions masks) {
        return hooked(List.of(x), all -> compute(all.get(0), masks));
    }

    private Tensor compute(Tensor x, MaskOptions masks) {
        if (normFirst) {
            Tensor within = x.add(attended(norm1.forward(x), masks));
            return within.add(mapped(norm2.forward(within)));
        }
        Tensor within = norm1.forward(x.add(attended(x, masks)));
        return norm2.forward(within.add(mapped(within)));
    }

    private Tensor attended(Tensor x, MaskOptions masks) {
        return dropout1.forward(TransformerParts.attend(attention, x, x, masks));
    }

    private Tensor mapped(Tensor x) {
        return dropout2.forward(linear2.forward(dropout.forward(activation.apply(linear1.forward(x)))));
    }

    @Override
    protected String settings() {
        return settings;
    }
}
