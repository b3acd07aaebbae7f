package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * Layers of a transformer's encoder one on another, with a normalization behind them if one is given.
 *
 * <p>Input and output: as for {@link TransformerEncoderLayer}. Layers inside: {@code layers.0}, … and {@code norm}.
 * Each layer is drawn by itself, while PyTorch copies one.
 */
public final class TransformerEncoder extends BuiltIn {

    private final ImmutableList<TransformerEncoderLayer> layers;
    private final @Nullable LayerNorm norm;

    private TransformerEncoder(List<TransformerEncoderLayer> layers, @Nullable LayerNorm norm) {
        checkArgument(!layers.isEmpty(), "TransformerEncoder: expected at least one layer; got none. Give some.");
        this.layers = ImmutableList.copyOf(layers);
        this.norm = norm;
    }

    /** Creates six layers with PyTorch's defaults, without a normalization behind them. */
    public TransformerEncoder(long size, int heads) {
        this(size, heads, TransformerOptions.defaults());
    }

    /**
     * Creates as many layers as {@code encoderLayers} says, without a normalization behind them.
     *
     * @param size E, of inputs and outputs, a multiple of heads
     * @param heads of attention, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public TransformerEncoder(long size, int heads, TransformerOptions options) {
        this(layers(size, heads, options), null);
    }

    static ImmutableList<TransformerEncoderLayer> layers(long size, int heads, TransformerOptions options) {
        return IntStream.range(0, options.encoderLayers())
                .mapToObj(layer -> new TransformerEncoderLayer(size, heads, options))
                .collect(ImmutableList.toImmutableList());
    }

    /** Creates an encoder of layers, at least one. */
    public static TransformerEncoder of(List<TransformerEncoderLayer> layers) {
        return new TransformerEncoder(layers, null);
    }

    /** Creates an encoder of layers, at least one, and a normalization behind them. */
    public static TransformerEncoder of(List<TransformerEncoderLayer> layers, LayerNorm norm) {
        return new TransformerEncoder(layers, norm);
    }

    @Override
    Tensor compute(Tensor x) {
        return compute(x, MaskOptions.defaults());
    }

    /** Returns the output where masks let elements look. */
    public Tensor forward(Tensor x, MaskOptions masks) {
        return hooked(List.of(x), all -> compute(all.get(0), masks));
    }

    private Tensor compute(Tensor x, MaskOptions masks) {
        Tensor y = x;
        for (TransformerEncoderLayer layer : layers) {
            y = layer.forward(y, masks);
        }
        return norm == null ? y : norm.forward(y);
    }
}
