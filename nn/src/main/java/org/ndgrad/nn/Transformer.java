package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * A transformer: an encoder makes a memory of the source, a decoder with the memory an output of the target.
 *
 * <p>Source: (S, N, E), or (N, S, E) with {@code withBatchFirst(true)}, or (S, E). Target: likewise of any length T.
 * Output: the target's shape. Layers inside: {@code encoder} and {@code decoder}, each with a normalization behind its
 * layers. All weights are drawn from Xavier's uniform distribution, as in PyTorch.
 *
 * <pre>{@code
 * Transformer transformer = new Transformer(32, 4, TransformerOptions.defaults().withBatchFirst(true));
 * MaskOptions causal = MaskOptions.defaults().withCausal(true);
 * Tensor y = transformer.forward(source, target, MaskOptions.defaults(), causal, MaskOptions.defaults());
 * }</pre>
 *
 * <p>Source: Vaswani et al., Attention is all you need, 2017.
 */
public final class Transformer extends Block {

    private final TransformerEncoder encoder;
    private final TransformerDecoder decoder;

    /** Creates a transformer with PyTorch's defaults, see {@link #Transformer(long, int, TransformerOptions)}. */
    public Transformer(long size, int heads) {
        this(size, heads, TransformerOptions.defaults());
    }

    /**
     * Creates a transformer.
     *
     * @param size E, of inputs and outputs, a multiple of heads; 512 in PyTorch's defaults
     * @param heads of attention, at least 1; 8 in PyTorch's defaults
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public Transformer(long size, int heads, TransformerOptions options) {
        encoder = TransformerEncoder.of(
                TransformerEncoder.layers(size, heads, options), TransformerParts.norm(size, options));
        decoder = TransformerDecoder.of(
                TransformerDecoder.layers(size, heads, options), TransformerParts.norm(size, options));
        for (Tensor parameter : parameters()) {
            if (parameter.ndim() > 1) {
                Init.xavierUniform_(parameter, options.rng(), 1);
            }
        }
    }

    /**
     * Returns a mask for attention within a sequence that looks back only: 0 up to the diagonal, −∞ above.
     *
     * @return shape (size, size), of the default type
     */
    public static Tensor generateSquareSubsequentMask(long size) {
        checkArgument(
                size >= 0,
                "generateSquareSubsequentMask: expected a size of at least 0; got %s. Give the length of the target.",
                size);
        Tensor later = Tensor.arange(size).gt(Tensor.arange(size).unsqueeze(1));
        return Functions.maskedFill(Tensor.zeros(size, size), later, Double.NEGATIVE_INFINITY);
    }

    /** Returns the output where every element looks at all. */
    public Tensor forward(Tensor source, Tensor target) {
        MaskOptions none = MaskOptions.defaults();
        return forward(source, target, none, none, none);
    }

    /**
     * Returns the output where masks let elements look.
     *
     * @param ofSource masks within the source
     * @param ofTarget masks within the target, often causal
     * @param ofMemory masks of the memory's elements, often the padding of the source
     * @throws IllegalArgumentException if a shape or type does not fit
     */
    public Tensor forward(
            Tensor source, Tensor target, MaskOptions ofSource, MaskOptions ofTarget, MaskOptions ofMemory) {
        return hooked(
                List.of(source, target),
                all -> decoder.forward(all.get(1), encoder.forward(all.get(0), ofSource), ofTarget, ofMemory));
    }

    /** Returns the encoder. */
    public TransformerEncoder encoder() {
        return encoder;
    }

    /** Returns the decoder. */
    public TransformerDecoder decoder() {
        return decoder;
    }
}
