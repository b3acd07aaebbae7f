package org.ndgrad.nn;

/**
 * Puts a number around a signal.
 *
 * <p>Input: (*, L). Output: (*, L').
 */
public final class ConstantPad1d extends ConstantPad {

    /**
     * Creates the layer with the same padding on all sides.
     *
     * @param padding how many places to add; a negative number cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad1d(long padding, Number value) {
        super(1, value, padding);
    }

    /**
     * Creates the layer.
     *
     * @param padding how many places to add before and behind, 2 numbers, or one for all; a negative one cuts off
     * @param value what to put there, such as the input's type can hold
     */
    public ConstantPad1d(long[] padding, Number value) {
        super(1, value, padding);
    }

    @Override
    protected String settings() {
        return super.settings() + ", value=" + value();
    }
}
