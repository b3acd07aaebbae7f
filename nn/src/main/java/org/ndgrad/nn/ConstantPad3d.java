package org.ndgrad.nn;

/**
 * Puts a number around a volume.
 *
 * <p>Input: (*, D, H, W). Output: (*, D', H', W').
 */
public final class ConstantPad3d extends ConstantPad {

    /**
     * Creates the layer with the same padding on all sides.
     *
     * @param padding how many places to add; a negative number cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad3d(long padding, Number value) {
        super(3, value, padding);
    }

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, in front and behind, 6 numbers, or one for
     *     all; a negative one cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad3d(long[] padding, Number value) {
        super(3, value, padding);
    }

    @Override
    protected String settings() {
        return super.settings() + ", value=" + value();
    }
}
