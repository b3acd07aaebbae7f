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
 * Prints tensors as PyTorch does: aligned columns, four digits, lines of 80 columns, the middle of long dimensions left
 * out.
 */
final class TensorFormat {

    private static final long THRESHOLD = 1000;
    private static final int EDGE = 3;
    private static final int DIGITS = 4;
    private static final int LINE = 80;
    private static final String START = "tensor(";

    private final boolean summarize;
    private final Iterator<String> elements;
    private final int width;

    /** Numbers that are padded to the width of a column, which those that do not decide on it may exceed. */
    private record Column(List<String> texts, int width) {}

    private TensorFormat(INDArray array) {
        summarize = array.length() > THRESHOLD;
        List<INDArray> scalars = new ArrayList<>();
        collect(array, scalars);
        Column column = aligned(array.dataType(), scalars);
        elements = column.texts.iterator();
        width = column.width;
    }

    static String format(INDArray array, @Nullable String gradFn, boolean requiresGrad) {
        StringBuilder text = new StringBuilder(START);
        if (array.isEmpty()) {
            text.append("[]");
        } else {
            new TensorFormat(array).append(text, array, START.length() + 1);
        }
        List<String> facts = new ArrayList<>();
        facts.add("shape=" + Shapes.format(array.shape()));
        facts.add("dtype=" + DTypes.name(array.dataType()));
        if (gradFn != null) {
            facts.add("gradFn=<" + gradFn + ">");
        } else if (requiresGrad) {
            facts.add("requiresGrad=true");
        }
        append(text, facts);
        return text.append(')').toString();
    }

    /** Appends facts to the last line while there is room, which PyTorch takes to be two columns longer than it is. */
    private static void append(StringBuilder text, List<String> facts) {
        int column = text.length() - text.lastIndexOf("\n") + 1;
        for (String fact : facts) {
            boolean fits = column + fact.length() + 2 <= LINE;
            text.append(fits ? ", " : ",\n" + " ".repeat(START.length())).append(fact);
            column = fact.length() + (fits ? column + 2 : START.length());
        }
    }

    /** Appends the elements, of which those of a row that are below each other begin at the indent. */
    private void append(StringBuilder text, INDArray array, int indent) {
        if (array.rank() == 0) {
            text.append(elements.next());
            return;
        }
        text.append('[');
        boolean nested = array.rank() > 1;
        String newLine = "," + "\n".repeat(Math.max(1, array.rank() - 1)) + " ".repeat(indent);
        int perLine = nested ? 1 : Math.max(1, (LINE - indent + 1) / (width + 2));
        long size = array.size(0);
        int count = 0;
        for (long i = 0; i < size; i = next(i, size)) {
            text.append(count == 0 ? "" : count % perLine == 0 ? newLine : ", ");
            append(text, Views.select(array, 0, i), indent + 1);
            count++;
            if (next(i, size) > i + 1) {
                text.append(count % perLine == 0 ? newLine : ", ").append(nested ? "..." : " ...");
                count++;
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

    private static Column aligned(DataType type, List<INDArray> scalars) {
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
    private static Column floats(double[] values) {
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

    private static Column padded(List<String> texts, List<String> widest) {
        int width = widest.stream().mapToInt(String::length).max().orElse(1);
        return new Column(
                texts.stream()
                        .map(text -> " ".repeat(Math.max(0, width - text.length())) + text)
                        .toList(),
                width);
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
