package org.ndgrad.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;

/** Prints tensors as PyTorch does: aligned columns, four digits, the middle of long dimensions left out. */
final class TensorFormat {

    private static final long THRESHOLD = 1000;
    private static final int EDGE = 3;

    private final boolean summarize;
    private final boolean scientific;
    private final boolean whole;
    private final boolean integral;
    private final boolean bool;
    private final int width;

    private TensorFormat(INDArray array) {
        summarize = array.length() > THRESHOLD;
        bool = array.dataType() == DataType.BOOL;
        integral = !DTypes.isFloating(array.dataType());
        List<Double> shown = new ArrayList<>();
        collect(array, shown);
        double[] sizes = shown.stream()
                .mapToDouble(Math::abs)
                .filter(size -> size != 0 && Double.isFinite(size))
                .toArray();
        double largest = max(sizes);
        double smallest = -max(negate(sizes));
        whole = !integral && shown.stream().filter(Double::isFinite).allMatch(v -> v == Math.rint(v));
        scientific = sizes.length > 0
                && !integral
                && (largest >= 1e8 || (!whole && (largest / smallest > 1000 || smallest < 1e-4)));
        width = array.rank() == 0
                ? 0
                : shown.stream().mapToInt(v -> number(v).length()).max().orElse(0);
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
            text.append(element(array));
            return;
        }
        text.append('[');
        long size = array.size(0);
        boolean nested = array.rank() > 1;
        String separator = nested ? "," + "\n".repeat(array.rank() - 1) + " ".repeat(indent) : ", ";
        for (long i = 0; i < size; i++) {
            if (summarize && size > 2 * EDGE && i == EDGE) {
                text.append(separator).append("...");
                i = size - EDGE;
            }
            text.append(i == 0 ? "" : separator);
            append(text, Views.select(array, 0, i), indent + 1);
        }
        text.append(']');
    }

    private void collect(INDArray array, List<Double> shown) {
        if (array.rank() == 0) {
            shown.add(Copy.toDoubles(array)[0]);
            return;
        }
        for (long i = 0; i < array.size(0); i++) {
            if (summarize && array.size(0) > 2 * EDGE && i == EDGE) {
                i = array.size(0) - EDGE;
            }
            collect(Views.select(array, 0, i), shown);
        }
    }

    private String element(INDArray scalar) {
        String text = integral && !bool ? Long.toString(Copy.toLongs(scalar)[0]) : number(Copy.toDoubles(scalar)[0]);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (bool) {
            return value != 0 ? "true" : "false";
        }
        if (integral) {
            return Long.toString((long) value);
        }
        if (scientific) {
            return String.format(Locale.ROOT, "%.4e", value);
        }
        return whole ? String.format(Locale.ROOT, "%.0f.", value) : String.format(Locale.ROOT, "%.4f", value);
    }

    private static double max(double[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static double[] negate(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = -values[i];
        }
        return result;
    }
}
