package org.ndgrad.nn;

/**
 * A {@link Linear} whose number of inputs is that of its first input, or of the state dict that is loaded into it.
 *
 * <p>Input: (*, in). Output: (*, out). Parameters: those of {@link Linear}, drawn when the first input comes. Until
 * then nothing can ask for them; run the model once, under {@code noGrad}, before an optimizer is made.
 */
public final class LazyLinear extends Linear {

    /**
     * Creates a map of {@link org.ndgrad.autograd.Tensor#defaultDtype()} with a bias.
     *
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public LazyLinear(long out) {
        this(out, LinearOptions.defaults());
    }

    /**
     * Creates a map.
     *
     * @param out size of the output's last dimension, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public LazyLinear(long out, LinearOptions options) {
        super(UNKNOWN, out, options);
    }
}
