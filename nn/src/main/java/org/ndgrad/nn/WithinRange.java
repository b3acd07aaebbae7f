package org.ndgrad.nn;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;

/**
 * Losses that fit although differences or sums on the way to them do not. One that is infinite or NaN is computed once
 * more: of float32 and half types in float64, of float64 in larger units, and there those that fit stay.
 */
final class WithinRange {

    private WithinRange() {}

    /** A loss of tensors, of which the lengths are to be counted in units. */
    interface Loss {
        Tensor of(List<Tensor> inputs, Unit unit);
    }

    /** What a length is counted in, so that a distance is a smaller number. A power of two costs no digits. */
    record Unit(double inverse) {

        private static final Unit ONE = new Unit(1);
        private static final Unit LARGE = new Unit(0x1p-16);

        boolean isOne() {
            return inverse == 1;
        }

        Tensor of(Tensor length) {
            return isOne() ? length : length.mul(inverse);
        }

        double of(double length) {
            return length * inverse;
        }

        /** Returns what is counted in units, or in units to a power. */
        Tensor undo(Tensor count, int power) {
            return isOne() ? count : count.mul(Math.pow(inverse, -power));
        }
    }

    /** Returns the loss, of the type to which the inputs promote; of half types it is computed in float32. */
    static Tensor of(Loss loss, Tensor... inputs) {
        Tensor plain = HalfTypes.wide(all -> loss.of(all, Unit.ONE), inputs);
        if (!plain.dtype().isFPType() || isFinite(plain)) {
            return plain;
        }
        if (plain.dtype() == DataType.DOUBLE) {
            return keepFinite(plain, loss.of(List.of(inputs), Unit.LARGE));
        }
        List<Tensor> wide = Arrays.stream(inputs)
                .map(x -> x.dtype().isFPType() ? x.to(DataType.DOUBLE) : x)
                .toList();
        return loss.of(wide, Unit.ONE).to(plain.dtype());
    }

    /** The same for a loss that does not count in units: of float64, it may be infinite. */
    static Tensor of(Function<List<Tensor>, Tensor> loss, Tensor... inputs) {
        return of((all, unit) -> loss.apply(all), inputs);
    }

    /** Gradients go through the others, as those of the plain ones may be NaN. */
    private static Tensor keepFinite(Tensor plain, Tensor others) {
        Tensor known = plain.detach();
        return Op.of("loss", Functions.where(Functions.isfinite(known), known, others.detach()))
                .wrt(others, g -> g)
                .tensor();
    }

    private static boolean isFinite(Tensor losses) {
        Tensor values = losses.detach();
        return Double.isFinite(
                values.numel() == 1 ? values.item() : values.sum().item());
    }
}
