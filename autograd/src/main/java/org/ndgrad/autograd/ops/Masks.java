package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Interval;

/** Gradients that flow through some elements only. Elsewhere they are 0, even if infinite: ∞ · 0 would be NaN. */
final class Masks {

    private Masks() {}

    /** y = g where x belongs to the interval, else 0; linear in g, while x is a constant. */
    static Tensor keep(Tensor g, Tensor x, Interval interval) {
        return keep(g, x, Binary.keep(interval));
    }

    /** y = g where x is positive or NaN, else 0. */
    static Tensor keepPositive(Tensor g, Tensor x) {
        return keep(g, x, Binary.KEEP_POSITIVE);
    }

    private static Tensor keep(Tensor g, Tensor x, Binary kept) {
        return Op.pure("keep", Pointwise.floating("keep", array(g), array(x), kept))
                .wrt(g, h -> keep(h, x, kept), x)
                .tensor();
    }

    /** y = g where the mask holds, else 0. */
    static Tensor keep(Tensor g, Tensor mask) {
        return Comparison.where(mask, g, Tensor.of(g.dtype(), 0));
    }

    /** y = g · weight, and 0 where the weight is 0; ∂L/∂g likewise, ∂L/∂weight = h · g for an incoming h. */
    static Tensor weigh(Tensor g, Tensor weight) {
        return Op.pure("weigh", Pointwise.floating("weigh", array(g), array(weight), Binary.WEIGH))
                .wrt(g, h -> weigh(h, weight), weight)
                .wrt(weight, h -> h.mul(g), g)
                .tensor();
    }

    /** y = 1 where a is larger, or NaN is there; ½ where both are equal, else 0. */
    static Tensor shareOfLarger(Tensor a, Tensor b) {
        return Op.pure("share", Pointwise.floating("share", array(a), array(b), Binary.SHARE_OF_LARGER))
                .tensor();
    }
}
