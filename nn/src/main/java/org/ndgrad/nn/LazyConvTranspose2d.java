package org.ndgrad.nn;

/**
 * A {@link ConvTranspose2d} whose number of input channels is that of its first input, or of the state dict that is
 * loaded into it.
 *
 * <p>Input, output and parameters are those of {@link ConvTranspose2d}; parameters are drawn when the first input
 * comes. Until then nothing can ask for them; run the model once, under {@code noGrad}, before an optimizer is made.
 */
public final class LazyConvTranspose2d extends ConvTranspose2d {

    /**
     * Creates a transposed convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes are too small
     */
    public LazyConvTranspose2d(long out, long kernel) {
        this(out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a transposed convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param out channels of the output, at least 1
     * @param kernel two sizes of the windows
     * @throws IllegalArgumentException if sizes are too small
     */
    public LazyConvTranspose2d(long out, long[] kernel) {
        this(out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a transposed convolution, weight drawn first, then bias.
     *
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public LazyConvTranspose2d(long out, long kernel, ConvLayerOptions options) {
        super(UNKNOWN, out, kernel, options);
    }

    /**
     * Creates a transposed convolution, weight drawn first, then bias.
     *
     * @param out channels of the output, at least 1
     * @param kernel two sizes of the windows
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public LazyConvTranspose2d(long out, long[] kernel, ConvLayerOptions options) {
        super(UNKNOWN, out, kernel, options);
    }
}
