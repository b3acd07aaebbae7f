package org.ndgrad.nn.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Numbers as a sum of two of float64, which holds integers of 64 bits without rounding. */
record Split(Tensor high, Tensor low) {

    private static final double LARGEST_BELOW_2_TO_63 = 0x1p63 - 1024;

    /**
     * Splits numbers measured in a unit.
     *
     * @param x of int64, or of float64, which is its own high part
     * @param unit powers of two, of a shape that broadcasts to that of x
     */
    static Split of(Tensor x, Tensor unit) {
        if (x.dtype() != DataType.INT64) {
            return new Split(x.mul(unit), Tensor.of(DataType.DOUBLE, 0));
        }
        Tensor rounded = x.to(DataType.DOUBLE).clamp(-0x1p63, LARGEST_BELOW_2_TO_63);
        Tensor rest = x.sub(rounded.to(DataType.INT64)).to(DataType.DOUBLE);
        return new Split(rounded.mul(unit), rest.mul(unit));
    }

    /** Returns the difference, rounded where it is far from 0 only. */
    Tensor minus(Split other) {
        return high.sub(other.high).add(low.sub(other.low));
    }
}
