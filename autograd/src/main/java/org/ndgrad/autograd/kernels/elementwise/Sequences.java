package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigInteger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Vectors of numbers by a rule. */
public final class Sequences {

    private static final String LEADS =
            "arange: expected a step that leads from start to end; got %s, %s, %s. Check its sign.";

    private static final String FEWER = "arange: expected fewer than 2^63 elements; got %s, %s, %s. Use a larger step.";

    private Sequences() {}

    /** Returns start, start + step, … on this side of end; whole numbers stay exact. */
    public static INDArray arange(DataType type, Number start, Number end, Number step) {
        if (DTypes.isFloating(type)) {
            return floats(type, start.doubleValue(), end.doubleValue(), step.doubleValue());
        }
        checkArgument(type != DataType.BOOL, "arange: expected a type of numbers; got bool. Use int64 and compare.");
        long first = whole(type, start);
        long last = whole(type, end);
        long stride = whole(type, step);
        boolean leads = stride > 0 ? first <= last : stride < 0 && first >= last;
        checkArgument(leads, LEADS, start, end, step);
        long distance = stride > 0 ? last - first : first - last; // unsigned
        long count = distance == 0 ? 0 : Long.divideUnsigned(distance - 1, Math.abs(stride)) + 1;
        checkArgument(count >= 0, FEWER, start, end, step);
        if (count > 0) {
            Constants.held("arange", type, first);
            Constants.held("arange", type, first + (count - 1) * stride);
        }
        INDArray result = Memory.allocate(type, count);
        if (count > 0) {
            Elements out = Elements.into(result);
            for (long i = 0; i < count; i++) {
                out.setLong(i, first + i * stride);
            }
        }
        return result;
    }

    private static INDArray floats(DataType type, double start, double end, double step) {
        double unit = unit(start, end);
        double count = Math.ceil((end * unit - start * unit) / (step * unit));
        checkArgument(step != 0 && count >= 0, LEADS, start, end, step);
        checkArgument(count < 0x1p63, FEWER, start, end, step);
        if (count > 0) {
            Constants.held("arange", type, start);
            Constants.held("arange", type, (start * unit + (count - 1) * (step * unit)) / unit);
        }
        return stepped(type, start, step * unit, (long) count, unit);
    }

    /** Returns a factor after which the way between two finite numbers fits. */
    private static double unit(double start, double end) {
        return Math.abs(end - start) <= Double.MAX_VALUE ? 1 : 0.5;
    }

    private static long whole(DataType type, Number number) {
        double value = number.doubleValue();
        checkArgument(
                DTypes.isIntegral(number) || (value == Math.rint(value) && Math.abs(value) < 0x1p63),
                "arange: expected whole numbers for type %s; got %s. Use a floating type, or round first.",
                DTypes.name(type),
                number);
        return number.longValue();
    }

    /** Returns count numbers from start to end, both included; without fractions in an integral type. */
    public static INDArray linspace(DataType type, Number start, Number end, long count) {
        checkCount("linspace", count);
        Number first = Constants.held("linspace", type, start);
        Number last = Constants.held("linspace", type, end);
        if (!DTypes.isFloating(type)) {
            return spaced(type, first.longValue(), last.longValue(), count);
        }
        return between(type, start.doubleValue(), end.doubleValue(), count);
    }

    private static INDArray between(DataType type, double start, double end, long count) {
        double unit = unit(start, end);
        double step = count > 1 ? (end * unit - start * unit) / (count - 1) : 0;
        INDArray result = stepped(type, start, step, count, unit);
        if (count > 1) {
            Elements.into(result).set(count - 1, end);
        }
        return result;
    }

    /** Returns the powers of base, evenly spaced from start to end; without fractions in an integral type. */
    public static INDArray logspace(DataType type, double start, double end, long count, double base) {
        checkCount("logspace", count);
        double[] powers = Memory.doubles("logspace", count);
        double unit = unit(start, end);
        for (int i = 0; i < powers.length; i++) {
            double share = i == 0 ? 0 : i / (double) (count - 1);
            powers[i] =
                    Math.pow(base, (start * unit + share * (end * unit - start * unit)) / unit); // exact at both ends
            if (!DTypes.isFloating(type)) {
                powers[i] = Constants.whole("logspace", type, powers[i]);
            }
        }
        return Copy.of(type, powers, count);
    }

    private static void checkCount(String op, long steps) {
        checkArgument(steps >= 0, "%s: expected at least 0 steps; got %s. Give a count.", op, steps);
    }

    /** Returns start, start + step / unit, … in count elements, of a floating type. */
    private static INDArray stepped(DataType type, double start, double step, long count, double unit) {
        INDArray result = Memory.allocate(type, count);
        if (count > 0) {
            Elements out = Elements.into(result);
            for (long i = 0; i < count; i++) {
                out.set(i, (start * unit + i * step) / unit);
            }
        }
        return result;
    }

    /** Returns count whole numbers from start to end, both included, as evenly spaced as they can be. */
    private static INDArray spaced(DataType type, long start, long end, long count) {
        INDArray result = Memory.allocate(type, count);
        if (count > 0) {
            BigInteger first = BigInteger.valueOf(start);
            BigInteger span = BigInteger.valueOf(end).subtract(first);
            BigInteger steps = BigInteger.valueOf(Math.max(count - 1, 1));
            Elements out = Elements.into(result);
            for (long i = 0; i < count; i++) {
                BigInteger times = span.multiply(BigInteger.valueOf(i)).add(first.multiply(steps));
                out.setLong(i, times.divide(steps).longValue()); // without its fraction
            }
        }
        return result;
    }
}
