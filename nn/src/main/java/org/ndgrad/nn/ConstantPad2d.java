package org.ndgrad.nn;

/**
 * Puts a number around an image.
 *
 * <p>Input: (*, H, W). Output: (*, H', W').
 */
public final class ConstantPad2d extends ConstantPad {

    /**
     * Creates the layer with the same padding on all sides.
     *
     * @param padding how many places to add; a negative number cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad2d(long padding, Number value) {
        super(2, value, padding);
    }

    /**
     * Creates the layer.
     *
     * @param padding how many places to add left and right, above and below, 4 numbers, or one for all; a negative one
     *     cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad2d(long[] padding, Number value) {
        super(2, value, padding);
    }

    @Override
    protected String settings() {
        return super.settings() + ", value=" + value();
    }
}
