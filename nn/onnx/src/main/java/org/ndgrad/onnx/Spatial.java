package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.PoolOptions;

/** Convolutions and pooling over one to three dims, with samples or of one image. */
final class Spatial {

    static final Map<String, Converter> CONVERTERS = converters();

    private Spatial() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        for (int dims = 1; dims <= 3; dims++) {
            int n = dims;
            all.put("conv" + n + "d", c -> convolved(c, n, false));
            all.put("convTranspose" + n + "d", c -> convolved(c, n, true));
            all.put("maxPool" + n + "d", c -> pooled(c, n, true));
            all.put("maxPool" + n + "dWithIndices", c -> pooled(c, n, true));
            all.put("avgPool" + n + "d", c -> pooled(c, n, false));
            all.put("adaptiveAvgPool" + n + "d", c -> adapted(c, n, "AveragePool", "ReduceMean"));
            all.put("adaptiveMaxPool" + n + "d", c -> adapted(c, n, "MaxPool", "ReduceMax"));
            all.put("adaptiveMaxPool" + n + "dWithIndices", c -> adapted(c, n, "MaxPool", "ReduceMax"));
        }
        all.put(
                "pixelShuffle",
                c -> c.result(
                        "DepthToSpace",
                        List.of(c.x(0)),
                        Attribute.of("blocksize", c.integer(1)),
                        Attribute.of("mode", "CRD")));
        return all.buildOrThrow();
    }

    private static void convolved(Conversion c, int n, boolean isTransposed) {
        boolean hasBias = c.has(2, Tensor.class);
        ConvOptions options = convOptions(c, hasBias ? 3 : 2);
        long[] kernel = LongStream.range(0, n)
                .map(d -> c.value(1).first().size((int) d + 2))
                .toArray();
        long[] dilations = Conversion.each(options.dilation(), n);
        List<Attribute> attributes = new ArrayList<>(List.of(
                Attribute.of("kernel_shape", kernel),
                Attribute.of("strides", Conversion.each(options.stride(), n)),
                Attribute.of("dilations", dilations),
                Attribute.of("group", options.groups()),
                Attribute.of(
                        "pads",
                        options.same() ? same(kernel, dilations) : pads(Conversion.each(options.padding(), n)))));
        if (isTransposed) {
            attributes.add(Attribute.of("output_padding", Conversion.each(options.outputPadding(), n)));
        }
        String bias = hasBias ? c.x(2) : "";
        c.result(c.batched(
                c.value(0),
                n + 2,
                x -> c.node(
                        isTransposed ? "ConvTranspose" : "Conv",
                        Conversion.inputs(x, c.x(1), bias),
                        attributes.toArray(new Attribute[0]))));
    }

    private static ConvOptions convOptions(Conversion c, int index) {
        if (c.has(index, ConvOptions.class)) {
            return c.argument(index, ConvOptions.class);
        }
        return c.has(index, Number.class)
                ? ConvOptions.defaults().withStride(c.integer(index)).withPadding(c.integer(index + 1))
                : ConvOptions.defaults();
    }

    /** What keeps the size; of an odd number, one more is behind. */
    private static long[] same(long[] kernel, long[] dilations) {
        long[] before = new long[kernel.length];
        long[] behind = new long[kernel.length];
        for (int d = 0; d < kernel.length; d++) {
            long total = dilations[d] * (kernel[d] - 1);
            before[d] = total / 2;
            behind[d] = total - before[d];
        }
        return Longs.concat(before, behind);
    }

    private static long[] pads(long[] padding) {
        return Longs.concat(padding, padding);
    }

    private static void pooled(Conversion c, int n, boolean isMax) {
        PoolOptions options =
                c.has(1, PoolOptions.class) ? c.argument(1, PoolOptions.class) : PoolOptions.of(c.integer(1));
        long[] kernel = Conversion.each(options.kernel(), n);
        long[] strides = options.stride().isEmpty() ? kernel : Conversion.each(options.stride(), n);
        long[] padding = Conversion.each(options.padding(), n);
        long[] dilations = Conversion.each(options.dilation(), n);
        if (options.divisor().isPresent()) {
            throw c.refusal("with a divisor");
        }
        if (options.ceilMode() && (!isMax || Arrays.stream(padding).anyMatch(p -> p > 0))) {
            throw c.refusal("in ceil mode, which ONNX counts in another way");
        }
        List<Attribute> attributes = new ArrayList<>(List.of(
                Attribute.of("kernel_shape", kernel),
                Attribute.of("strides", strides),
                Attribute.of("pads", pads(padding)),
                Attribute.of("dilations", dilations),
                Attribute.of("ceil_mode", options.ceilMode() ? 1 : 0)));
        if (!isMax) {
            boolean counts = options.counting() == PoolOptions.Counting.WITH_PADDING;
            attributes.add(Attribute.of("count_include_pad", counts ? 1 : 0));
        }
        c.result(c.batched(
                c.value(0),
                n + 2,
                x -> c.node(isMax ? "MaxPool" : "AveragePool", List.of(x), attributes.toArray(new Attribute[0]))));
    }

    /** Windows of one size, where the output's divides the input's. */
    private static void adapted(Conversion c, int n, String pool, String reduce) {
        int ndim = c.value(0).ndim();
        int[] dims = IntStream.range(ndim - n, ndim).toArray();
        long[] in =
                Arrays.stream(dims).mapToLong(d -> c.value(0).size(c.name(), d)).toArray();
        long[] out =
                Arrays.stream(dims).mapToLong(d -> c.out().size(c.name(), d)).toArray();
        if (Arrays.stream(out).allMatch(size -> size == 1)) {
            c.result(Reduction.over(c, reduce, c.x(0), dims, true));
            return;
        }
        if (IntStream.range(0, n).anyMatch(d -> in[d] % out[d] != 0)) {
            throw c.refusal("from " + Arrays.toString(in) + " to " + Arrays.toString(out)
                    + ", which takes windows of several sizes");
        }
        long[] kernel = IntStream.range(0, n).mapToLong(d -> in[d] / out[d]).toArray();
        c.result(c.batched(
                c.value(0),
                n + 2,
                x -> c.node(pool, List.of(x), Attribute.of("kernel_shape", kernel), Attribute.of("strides", kernel))));
    }
}
