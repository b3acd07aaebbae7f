package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Padding;

/** The same elements in another shape, order or type, or more often. */
final class Shape {

    static final Map<String, Converter> CONVERTERS = converters();

    private Shape() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        Stream.of(
                        "reshape reshapeAs view viewAs ravel flatten unflatten squeeze unsqueeze atleast1d atleast2d atleast3d"
                                .split(" "))
                .forEach(name -> all.put(name, c -> c.result(c.reshaped(c.x(0), c.shape()))));
        Stream.of("clone", "contiguous", "detach").forEach(name -> all.put(name, c -> c.result(c.x(0))));
        Stream.of("expand", "broadcastTo", "expandAs")
                .forEach(name -> all.put(
                        name, c -> c.result("Expand", List.of(c.x(0), c.graph().sizes(c.shape())))));
        Stream.of("to", "typeAs").forEach(name -> all.put(name, c -> c.result(converted(c))));
        all.put("permute", c -> transposed(c, c.ints(1)));
        all.put("transpose", c -> exchanged(c, c.dim(1), c.dim(2)));
        all.put("t", c -> exchanged(c, 0, c.value(0).ndim() - 1));
        all.put("mT", c -> exchanged(c, c.value(0).ndim() - 2, c.value(0).ndim() - 1));
        all.put("movedim", Shape::moved);
        all.put("repeat", Shape::repeated);
        all.put("tile", Shape::repeated);
        all.put("tril", c -> triangle(c, 0));
        all.put("triu", c -> triangle(c, 1));
        all.put("pad", Shape::padded);
        return all.buildOrThrow();
    }

    /** Fractions are cut off by both; NaN as a boolean is true. */
    private static String converted(Conversion c) {
        return c.in(c.value(0), c.out().dtype());
    }

    private static void transposed(Conversion c, int[] dims) {
        int ndim = c.value(0).ndim();
        long[] order =
                Arrays.stream(dims).mapToLong(d -> Conversion.dim(d, ndim)).toArray();
        c.result("Transpose", List.of(c.x(0)), Attribute.of("perm", order));
    }

    private static void exchanged(Conversion c, int a, int b) {
        int[] order = IntStream.range(0, c.value(0).ndim()).toArray();
        order[a] = b;
        order[b] = a;
        transposed(c, order);
    }

    private static void moved(Conversion c) {
        int ndim = c.value(0).ndim();
        int[] from = c.has(1, int[].class) ? c.ints(1) : new int[] {c.integer(1)};
        int[] to = c.has(2, int[].class) ? c.ints(2) : new int[] {c.integer(2)};
        from = Arrays.stream(from).map(d -> Conversion.dim(d, ndim)).toArray();
        to = Arrays.stream(to).map(d -> Conversion.dim(d, ndim)).toArray();
        List<Integer> others = new ArrayList<>();
        for (int d = 0; d < ndim; d++) {
            if (!Ints.contains(from, d)) {
                others.add(d);
            }
        }
        int[] order = new int[ndim];
        for (int d = 0; d < ndim; d++) {
            int place = Ints.indexOf(to, d);
            order[d] = place >= 0 ? from[place] : others.remove(0);
        }
        transposed(c, order);
    }

    /** Fewer times than dims, or fewer dims than times, are filled up with ones in front. */
    private static void repeated(Conversion c) {
        List<Size> times = c.sizes(1);
        List<Size> shape = c.value(0).shape(c.name());
        int ndim = Math.max(times.size(), shape.size());
        String x = shape.size() == ndim ? c.x(0) : c.reshaped(c.x(0), filled(shape, ndim));
        c.result("Tile", List.of(x, c.graph().sizes(filled(times, ndim))));
    }

    private static List<Size> filled(List<Size> sizes, int ndim) {
        return Stream.concat(Stream.generate(() -> Size.fixed(1)).limit((long) ndim - sizes.size()), sizes.stream())
                .toList();
    }

    private static void triangle(Conversion c, int upper) {
        String diagonal = c.graph().scalar(DataType.INT64, c.has(1, Number.class) ? c.integer(1) : 0);
        c.result("Trilu", List.of(c.x(0), diagonal), Attribute.of("upper", upper));
    }

    /** Pads stand from the last dim to the first, before and behind; in ONNX, first all before, then all behind. */
    private static void padded(Conversion c) {
        List<Size> pads = c.sizes(1);
        int ndim = c.value(0).ndim();
        Size[] ordered = new Size[2 * ndim];
        Arrays.fill(ordered, Size.fixed(0));
        for (int i = 0; i < pads.size() / 2; i++) {
            ordered[ndim - 1 - i] = pads.get(2 * i);
            ordered[2 * ndim - 1 - i] = pads.get(2 * i + 1);
        }
        String sizes = c.graph().sizes(List.of(ordered));
        if (!c.has(2, Padding.Mode.class)) {
            String value = c.has(2, Number.class) ? c.operand(2, c.out().dtype()) : Elementwise.number(c, 0);
            c.result("Pad", List.of(c.x(0), sizes, value));
            return;
        }
        String mode = switch (c.argument(2, Padding.Mode.class)) {
            case ZEROS -> "constant";
            case REFLECT -> "reflect";
            case REPLICATE -> "edge";
            case CIRCULAR -> "wrap";
        };
        c.result("Pad", List.of(c.x(0), sizes), Attribute.of("mode", mode));
    }
}
