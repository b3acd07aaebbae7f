package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;

/** Many elements to one. */
final class Reduction {

    static final Map<String, Converter> CONVERTERS = converters();

    private Reduction() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        ImmutableMap.of(
                        "sum", "ReduceSum",
                        "mean", "ReduceMean",
                        "prod", "ReduceProd",
                        "amax", "ReduceMax",
                        "amin", "ReduceMin",
                        "logsumexp", "ReduceLogSumExp")
                .forEach((name, op) -> all.put(name, c -> c.result(over(c, op, x(c), c.ints(1), c.keeps(2)))));
        all.put("max", c -> extreme(c, "Max"));
        all.put("min", c -> extreme(c, "Min"));
        all.put("argmax", c -> c.result(place(c, "ArgMax")));
        all.put("argmin", c -> c.result(place(c, "ArgMin")));
        all.put("any", c -> truth(c, "ReduceMax"));
        all.put("all", c -> truth(c, "ReduceMin"));
        all.put("var", c -> c.result(variance(c)));
        all.put("std", c -> c.result("Sqrt", List.of(variance(c))));
        all.put("norm", c -> c.result(norm(c, c.ints(2), c.keeps(3))));
        all.put("vectorNorm", c -> c.result(norm(c, c.ints(2), c.keeps(3))));
        all.put("normalize", c -> {
            String least = Elementwise.number(c, c.real(3));
            c.result("Div", List.of(x(c), c.node("Max", List.of(norm(c, c.ints(2), true), least))));
        });
        all.put("cumsum", c -> c.result("CumSum", List.of(x(c), c.graph().scalar(DataType.INT64, c.dim(1)))));
        return all.buildOrThrow();
    }

    private static String x(Conversion c) {
        return c.operand(0, c.out().dtype());
    }

    /** Reduces dims, all of them if none is named. */
    static String over(Conversion c, String op, String x, int[] dims, boolean keeps) {
        long[] axes = Arrays.stream(dims)
                .mapToLong(d -> Conversion.dim(d, c.value(0).ndim()))
                .toArray();
        Attribute keepdims = Attribute.of("keepdims", keeps ? 1 : 0);
        return axes.length == 0
                ? c.node(op, List.of(x), keepdims)
                : c.node(op, List.of(x, c.graph().longs(axes)), keepdims);
    }

    /** The largest of all, or of each row with its place. */
    private static void extreme(Conversion c, String kind) {
        if (!c.has(1, Integer.class)) {
            c.result(over(c, "Reduce" + kind, x(c), new int[0], false));
        } else {
            c.result(0, over(c, "Reduce" + kind, x(c), new int[] {c.integer(1)}, c.keeps(2)));
            c.result(1, place(c, "Arg" + kind));
        }
    }

    private static String place(Conversion c, String op) {
        boolean isAll = !c.has(1, Integer.class);
        String x = isAll ? c.node("Reshape", List.of(c.x(0), c.graph().longs(-1))) : c.x(0);
        boolean keeps = c.has(2, KeepDim.class) && c.keeps(2);
        return c.node(
                op, List.of(x), Attribute.of("axis", isAll ? 0 : c.dim(1)), Attribute.of("keepdims", keeps ? 1 : 0));
    }

    private static void truth(Conversion c, String op) {
        String numbers = c.cast(c.in(c.value(0), DataType.BOOL), DataType.INT32);
        c.result(c.cast(over(c, op, numbers, c.ints(1), c.keeps(2)), DataType.BOOL));
    }

    /** The mean of squares of distances from the mean, times n / (n − correction). */
    private static String variance(Conversion c) {
        int[] dims = c.ints(1);
        String apart = c.node("Sub", List.of(x(c), over(c, "ReduceMean", x(c), dims, true)));
        String mean = over(c, "ReduceMean", c.node("Mul", List.of(apart, apart)), dims, c.keeps(3));
        double correction = c.real(2);
        if (correction == 0) {
            return mean;
        }
        int ndim = c.value(0).ndim();
        LongStream over = dims.length == 0
                ? LongStream.range(0, ndim)
                : Arrays.stream(dims).mapToLong(d -> Conversion.dim(d, ndim));
        double n = over.map(d -> c.value(0).size(c.name(), (int) d)).reduce(1, (a, b) -> a * b);
        return c.node("Mul", List.of(mean, Elementwise.number(c, n / (n - correction))));
    }

    private static String norm(Conversion c, int[] dims, boolean keeps) {
        double p = c.real(1);
        if (p != 1 && p != 2) {
            throw c.refusal("with p = " + p);
        }
        return over(c, p == 1 ? "ReduceL1" : "ReduceL2", x(c), dims, keeps);
    }
}
