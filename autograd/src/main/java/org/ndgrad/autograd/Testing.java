package org.ndgrad.autograd;

import com.google.common.base.Joiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.ops.Comparison.NanEquality;

/** Assertions for tests, under any framework: they throw {@link AssertionError}, and say where tensors differ. */
public final class Testing {

    /** How many differences a message names. */
    private static final int NAMED = 5;

    private Testing() {}

    /**
     * As {@link #assertClose(Tensor, Tensor, double, double)} with the tolerances that PyTorch's {@code assert_close}
     * has for the type: 1.3e-6 · |expected| + 1e-5 for float32, 1e-7 · |expected| + 1e-7 for float64, 1e-3 (float16)
     * or 1.6e-2 (bfloat16) · |expected| + 1e-5, equality for others.
     */
    public static void assertClose(Tensor actual, Tensor expected) {
        DataType type = expected.dtype();
        double relative = switch (type) {
            case FLOAT -> 1.3e-6;
            case DOUBLE -> 1e-7;
            case HALF -> 1e-3;
            case BFLOAT16 -> 1.6e-2;
            default -> 0;
        };
        double absolute = type == DataType.DOUBLE ? 1e-7 : DTypes.isFloating(type) ? 1e-5 : 0;
        assertClose(actual, expected, relative, absolute);
    }

    /**
     * Asserts that both have one type and shape and that |actual − expected| ≤ absolute + relative · |expected|
     * everywhere. NaN is close to NaN, infinities to themselves.
     *
     * @throws AssertionError if not; it names how many elements differ, and the first of them
     */
    public static void assertClose(Tensor actual, Tensor expected, double relative, double absolute) {
        if (actual.dtype() != expected.dtype() || !Arrays.equals(actual.shape(), expected.shape())) {
            throw new AssertionError("assertClose: expected type %s and shape %s; got %s and %s."
                    .formatted(
                            DTypes.name(expected.dtype()),
                            Shapes.format(expected.shape()),
                            DTypes.name(actual.dtype()),
                            Shapes.format(actual.shape())));
        }
        double[] isClose = actual.detach()
                .isclose(expected.detach(), relative, absolute, NanEquality.EQUAL)
                .toDoubleArray();
        long count = Arrays.stream(isClose).filter(close -> close == 0).count();
        if (count > 0) {
            throw new AssertionError("assertClose: expected differences of at most %s + %s · |expected|; got %d of %d"
                            .formatted(absolute, relative, count, isClose.length)
                    + " elements beyond it.\n"
                    + Joiner.on('\n').join(places(isClose, actual, expected))
                    + (count > NAMED ? "\n… and " + (count - NAMED) + " more" : ""));
        }
    }

    private static List<String> places(double[] isClose, Tensor actual, Tensor expected) {
        double[] got = actual.toDoubleArray();
        double[] wanted = expected.toDoubleArray();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < isClose.length && places.size() < NAMED; i++) {
            if (isClose[i] == 0) {
                places.add("at %s: expected %s; got %s".formatted(index(i, expected.shape()), wanted[i], got[i]));
            }
        }
        return places;
    }

    private static String index(int position, long[] shape) {
        long[] index = new long[shape.length];
        long rest = position;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            index[dim] = rest % shape[dim];
            rest /= shape[dim];
        }
        return Arrays.toString(index);
    }
}
