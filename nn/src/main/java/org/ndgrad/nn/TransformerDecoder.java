package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * Layers of a transformer's decoder one on another, with a normalization behind them if one is given.
 *
 * <p>Inputs and output: as for {@link TransformerDecoderLayer}. Layers inside: {@code layers.0}, … and {@code norm}.
 * Each layer is drawn by itself, while PyTorch copies one.
 */
public final class TransformerDecoder extends Block {

    private final ImmutableList<TransformerDecoderLayer> layers;
    private final @Nullable LayerNorm norm;

    private TransformerDecoder(List<TransformerDecoderLayer> layers, @Nullable LayerNorm norm) {
        checkArgument(!layers.isEmpty(), "TransformerDecoder: expected at least one layer; got none. Give some.");
        this.layers = ImmutableList.copyOf(layers);
        this.norm = norm;
    }

    /** Creates six layers with PyTorch's defaults, without a normalization behind them. */
    public TransformerDecoder(long size, int heads) {
        this(size, heads, TransformerOptions.defaults());
    }

    /**
     * Creates as many layers as {@code decoderLayers} says, without a normalization behind them.
     *
     * @param size E, of inputs and outputs, a multiple of heads
     * @param heads of attention, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public TransformerDecoder(long size, int heads, TransformerOptions options) {
        this(layers(size, heads, options), null);
    }

    static ImmutableList<TransformerDecoderLayer> layers(long size, int heads, TransformerOptions options) {
        return IntStream.range(0, options.decoderLayers())
                .mapToObj(layer -> new TransformerDecoderLayer(size, heads, options))
                .collect(ImmutableList.toImmutableList());
    }

    /** Creates a decoder of layers, at least one. */
    public static TransformerDecoder of(List<TransformerDecoderLayer> layers) {
        return new TransformerDecoder(layers, null);
    }

    /** Creates a decoder of layers, at least one, and a normalization behind them. */
    public static TransformerDecoder of(List<TransformerDecoderLayer> layers, LayerNorm norm) {
        return new TransformerDecoder(layers, norm);
    }

    /** Returns the output where every element looks at all. */
    public Tensor forward(Tensor target, Tensor memory) {
        return forward(target, memory, MaskOptions.defaults(), MaskOptions.defaults());
    }

    /**
     * Returns the output where masks let elements look.
     *
     * @param ofTarget masks within the target, often causal
     * @param ofMemory masks of the memory's elements
     */
    public Tensor forward(Tensor target, Tensor memory, MaskOptions ofTarget, MaskOptions ofMemory) {
        return hooked(List.of(target, memory), all -> {
            Tensor y = all.get(0);
            for (TransformerDecoderLayer layer : layers) {
                y = layer.forward(y, all.get(1), ofTarget, ofMemory);
            }
            return norm == null ? y : norm.forward(y);
        });
    }
}
