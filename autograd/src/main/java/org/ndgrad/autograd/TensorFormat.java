package org.ndgrad.autograd;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;

/**
 * Prints tensors as PyTorch does: aligned columns, four digits, the middle of long dimensions left out. Lines are not
 * broken at a width.
 */
final class TensorFormat {

    private static final long THRESHOLD = 1000;
    private static final int EDGE = 3;
    private static final int DIGITS = 4;

    private final boolean summarize;
    private final Iterator<String> elements;

    private TensorFormat(INDArray array) {
        summarize = array.length() > THRESHOLD;
        List<INDArray> scalars = new ArrayList<>();
        collect(array, scalars);
        elements = aligned(array.dataType(), scalars).iterator();
    }

    static String format(INDArray array, @Nullable String gradFn, boolean requiresGrad) {
        StringBuilder text = new StringBuilder("tensor(");
        if (array.isEmpty()) {
            text.append("[]");
        } else {
            new TensorFormat(array).append(text, array, 8);
        }
        text.append(", shape=").append(Shapes.format(array.shape()));
        text.append(", dtype=").append(DTypes.name(array.dataType()));
        if (gradFn != null) {
            text.append(", gradFn=<").append(gradFn).append('>');
        } else if (requiresGrad) {
            text.append(", requiresGrad=true");
        }
        return text.append(')').toString();
    }

    private void append(StringBuilder text, INDArray array, int indent) {
        if (array.rank() == 0) {
            text.append(elements.next());
            return;
        }
        text.append('[');
        boolean nested = array.rank() > 1;
        String separator = nested ? "," + "\n".repeat(array.rank() - 1) + " ".repeat(indent) : ", ";
        long size = array.size(0);
        for (long i = 0; i < size; i = next(i, size)) {
            text.append(i == 0 ? "" : separator);
            append(text, Views.select(array, 0, i), indent + 1);
            if (next(i, size) > i + 1) {
                text.append(separator).append(nested ? "..." : " ...");
            }
        }
        text.append(']');
    }

    /** Adds the scalars to print, in row-major order. */
    private void collect(INDArray array, List<INDArray> scalars) {
        if (array.rank() == 0) {
            scalars.add(array);
            return;
        }
        long size = array.size(0);
        for (long i = 0; i < size; i = next(i, size)) {
            collect(Views.select(array, 0, i), scalars);
        }
    }

    /** Returns which element of a dimension is printed after this one. */
    private long next(long i, long size) {
        return summarize && size > 2 * EDGE && i == EDGE - 1 ? size - EDGE : i + 1;
    }

    private static List<String> aligned(DataType type, List<INDArray> scalars) {
        if (DTypes.isFloating(type)) {
            return floats(scalars.stream()
                    .mapToDouble(scalar -> Copy.toDoubles(scalar)[0])
                    .toArray());
        }
        List<String> texts = scalars.stream()
                .map(scalar -> Copy.toLongs(scalar)[0])
                .map(value -> type == DataType.BOOL ? Boolean.toString(value != 0) : Long.toString(value))
                .toList();
        return padded(texts, texts);
    }

    /** Zeros, infinities and NaN are written like the other numbers, and neither decide how nor widen the columns. */
    private static List<String> floats(double[] values) {
        double[] deciding = DoubleStream.of(values)
                .filter(value -> value != 0 && Double.isFinite(value))
                .toArray();
        double largest = DoubleStream.of(deciding).map(Math::abs).max().orElse(1);
        double smallest = DoubleStream.of(deciding).map(Math::abs).min().orElse(1);
        boolean scientific = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
        boolean whole = DoubleStream.of(deciding).allMatch(value -> value == Math.rint(value));
        DoubleFunction<String> text =
                value -> scientific ? scientific(value) : whole ? fixed(value, 0) + "." : fixed(value, DIGITS);
        List<String> texts = DoubleStream.of(values)
                .mapToObj(value -> Double.isFinite(value) ? text.apply(value) : special(value))
                .toList();
        return padded(texts, DoubleStream.of(deciding).mapToObj(text).toList());
    }

    private static List<String> padded(List<String> texts, List<String> widest) {
        int width = widest.stream().mapToInt(String::length).max().orElse(0);
        return texts.stream()
                .map(text -> " ".repeat(Math.max(0, width - text.length())) + text)
                .toList();
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    /** Rounds the exact value, ties to even, as Formatter does not. */
    private static String fixed(double value, int digits) {
        return sign(value)
                + new BigDecimal(Math.abs(value))
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String scientific(double value) {
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
        int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent).setScale(DIGITS).toPlainString();
        return sign(value) + mantissa + String.format(Locale.ROOT, "e%+03d", exponent);
    }

    private static String sign(double value) {
        return Math.copySign(1, value) < 0 ? "-" : "";
    }
}
