package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.EmbeddingOptions;

/** Parts of tensors, by position and by index, and tensors joined of parts. */
final class Parts {

    private static final Size END = Size.fixed(Long.MAX_VALUE);

    static final Map<String, Converter> CONVERTERS = converters();

    private Parts() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        all.put(
                "slice",
                c -> c.result(
                        sliced(c, c.x(0), c.dim(1), c.size(2), c.size(3), c.has(4, Long.class) ? c.integer(4) : 1)));
        all.put("narrow", c -> {
            Size start = c.size(2);
            Size from =
                    start.offset() < 0 ? start.plus(c.value(0).shape(c.name()).get(c.dim(1))) : start;
            c.result(sliced(c, c.x(0), c.dim(1), from, from.plus(c.size(3)), 1));
        });
        all.put("select", c -> c.result(selected(c, c.x(0), c.dim(1), c.size(2))));
        all.put("get", Parts::get);
        all.put("flip", Parts::flip);
        all.put("roll", Parts::roll);
        all.put("split", c -> pieces(c, c.has(2, Integer.class) ? c.dim(2) : 0, false));
        all.put("chunk", c -> pieces(c, c.has(2, Integer.class) ? c.dim(2) : 0, false));
        all.put("tensorSplit", c -> pieces(c, c.has(2, Integer.class) ? c.dim(2) : 0, false));
        all.put("unbind", c -> pieces(c, c.has(1, Integer.class) ? c.dim(1) : 0, true));
        all.put(
                "cat",
                c -> c.result(
                        joined(c, parts(c), Conversion.dim(c.integer(1), c.out().ndim()))));
        all.put("stack", Parts::stack);
        all.put("embedding", Parts::embedding);
        all.put("indexSelect", c -> c.result("Gather", List.of(c.x(0), index(c, 2)), Attribute.of("axis", c.dim(1))));
        all.put(
                "gather",
                c -> c.result("GatherElements", List.of(c.x(0), index(c, 2)), Attribute.of("axis", c.dim(1))));
        all.put("take", c -> {
            String flat = c.node("Reshape", List.of(c.x(0), c.graph().longs(-1)));
            c.result("Gather", List.of(flat, index(c, 1)));
        });
        all.put(
                "scatterAdd",
                c -> c.result(
                        "ScatterElements",
                        List.of(c.x(0), index(c, 2), c.x(3)),
                        Attribute.of("axis", c.dim(1)),
                        Attribute.of("reduction", "add")));
        all.put("oneHot", Parts::oneHot);
        return all.buildOrThrow();
    }

    private static String index(Conversion c, int argument) {
        return c.in(c.value(argument), DataType.INT64);
    }

    static String sliced(Conversion c, String x, int dim, Size start, Size end, long step) {
        Graph graph = c.graph();
        return c.node(
                "Slice",
                List.of(
                        x,
                        graph.sizes(List.of(start)),
                        graph.sizes(List.of(end)),
                        graph.longs(dim),
                        graph.longs(step)));
    }

    /** Returns x at an index of a dim, without that dim. */
    private static String selected(Conversion c, String x, int dim, Size index) {
        String at = index.isFixed()
                ? c.graph().scalar(DataType.INT64, index.offset())
                : c.node(
                        "Reshape",
                        List.of(c.graph().sizes(List.of(index)), c.graph().longs()));
        return c.node("Gather", List.of(x, at), Attribute.of("axis", dim));
    }

    /** Goes through the brackets from the first dim to the last. */
    private static void get(Conversion c) {
        List<Index> at = List.of(c.indices(1));
        if (at.stream().filter(Tensor.class::isInstance).count() > 1) {
            throw c.refusal("with several tensors as indices");
        }
        long named =
                at.stream().filter(index -> !(index instanceof Index.Marker)).count();
        int dim = 0;
        String x = c.x(0);
        for (int i = 0; i < at.size(); i++) {
            Index index = at.get(i);
            if (index instanceof Index.At position) {
                x = selected(c, x, dim, Size.fixed(position.position()));
            } else if (index instanceof Index.Range range) {
                boolean isAll = range.start() == 0 && range.stop() == Long.MAX_VALUE && range.step() == 1;
                x = isAll ? x : sliced(c, x, dim, Size.fixed(range.start()), Size.fixed(range.stop()), range.step());
                dim++;
            } else if (index == Index.NEW_AXIS) {
                x = c.node("Unsqueeze", List.of(x, c.graph().longs(dim)));
                dim++;
            } else if (index == Index.ELLIPSIS) {
                dim += c.value(0).ndim() - (int) named;
            } else {
                Value chosen = c.values(1).get(0);
                if (chosen.dtype() == DataType.BOOL) {
                    throw c.refusal("with a boolean mask, whose result has no fixed shape");
                }
                x = c.node("Gather", List.of(x, c.in(chosen, DataType.INT64)), Attribute.of("axis", dim));
                dim += chosen.ndim();
            }
        }
        c.result(x);
    }

    private static void flip(Conversion c) {
        int[] dims = c.ints(1);
        String x = c.x(0);
        for (int dim : dims.length == 0 ? IntStream.range(0, c.value(0).ndim()).toArray() : dims) {
            x = sliced(c, x, Conversion.dim(dim, c.value(0).ndim()), Size.fixed(-1), Size.fixed(Long.MIN_VALUE), -1);
        }
        c.result(x);
    }

    /** What is behind the last shift indices comes first. */
    private static void roll(Conversion c) {
        if (!c.has(2, Integer.class)) {
            throw c.refusal("over all dims at once or over several");
        }
        int dim = c.dim(2);
        long size = c.value(0).size(c.name(), dim);
        long cut = size - Math.floorMod((long) c.integer(1), size);
        String head = sliced(c, c.x(0), dim, Size.fixed(0), Size.fixed(cut), 1);
        String tail = sliced(c, c.x(0), dim, Size.fixed(cut), END, 1);
        c.result(joined(c, List.of(tail, head), dim));
    }

    /** Pieces of the sizes that they had; without the dim, if each is one index of it. */
    private static void pieces(Conversion c, int dim, boolean isSingle) {
        List<Size> sizes = IntStream.range(0, c.results())
                .mapToObj(
                        i -> isSingle ? Size.fixed(1) : c.out(i).shape(c.name()).get(dim))
                .toList();
        List<String> names = c.graph()
                .nodes("Split", c.results(), List.of(c.x(0), c.graph().sizes(sizes)), Attribute.of("axis", dim));
        for (int i = 0; i < names.size(); i++) {
            String piece = names.get(i);
            c.result(i, isSingle ? c.node("Squeeze", List.of(piece, c.graph().longs(dim))) : piece);
        }
    }

    private static List<String> parts(Conversion c) {
        return c.values(0).stream().map(part -> c.in(part, c.out().dtype())).toList();
    }

    private static String joined(Conversion c, List<String> parts, int dim) {
        return c.node("Concat", parts, Attribute.of("axis", dim));
    }

    private static void stack(Conversion c) {
        int dim = Conversion.dim(c.integer(1), c.out().ndim());
        List<String> rows = parts(c).stream()
                .map(part -> c.node("Unsqueeze", List.of(part, c.graph().longs(dim))))
                .toList();
        c.result(joined(c, rows, dim));
    }

    private static void embedding(Conversion c) {
        if (c.has(2, EmbeddingOptions.class)
                && c.argument(2, EmbeddingOptions.class).maxNorm().isPresent()) {
            throw c.refusal("with a largest norm, which changes the table");
        }
        c.result("Gather", List.of(c.x(1), index(c, 0)));
    }

    private static void oneHot(Conversion c) {
        if (!c.has(1, Number.class)) {
            throw c.refusal("without a number of classes");
        }
        String depth = c.graph().longs(c.integer(1));
        c.result("OneHot", List.of(index(c, 0), depth, c.graph().longs(0, 1)));
    }
}
