package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;
import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.autograd.ops.PoolOptions.Counting;
import org.ndgrad.autograd.ops.ValuesAndIndices;
import org.ndgrad.nn.AdaptiveAvgPool1d;
import org.ndgrad.nn.AdaptiveAvgPool2d;
import org.ndgrad.nn.AdaptiveAvgPool3d;
import org.ndgrad.nn.AdaptiveMaxPool1d;
import org.ndgrad.nn.AdaptiveMaxPool2d;
import org.ndgrad.nn.AdaptiveMaxPool3d;
import org.ndgrad.nn.AvgPool1d;
import org.ndgrad.nn.AvgPool2d;
import org.ndgrad.nn.AvgPool3d;
import org.ndgrad.nn.FractionalMaxPool2d;
import org.ndgrad.nn.FractionalMaxPool3d;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LpPool1d;
import org.ndgrad.nn.LpPool2d;
import org.ndgrad.nn.LpPool3d;
import org.ndgrad.nn.MaxPool1d;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.MaxPool3d;
import org.ndgrad.nn.MaxUnpool1d;
import org.ndgrad.nn.MaxUnpool2d;
import org.ndgrad.nn.MaxUnpool3d;
import org.ndgrad.nn.conformance.Modules.Model;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of pooling. */
final class PoolingModules {

    private PoolingModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                largest("MaxPool1d", 5, a -> new MaxPool1d(sliding(a, 4)), MaxPool1d::forwardWithIndices),
                largest("MaxPool2d", 4, a -> new MaxPool2d(sliding(a, 5)), MaxPool2d::forwardWithIndices),
                largest("MaxPool3d", 4, a -> new MaxPool3d(sliding(a, 5)), MaxPool3d::forwardWithIndices),
                layer("AvgPool1d", a -> new AvgPool1d(average(a))),
                layer("AvgPool2d", a -> new AvgPool2d(average(a))),
                layer("AvgPool3d", a -> new AvgPool3d(average(a))),
                layer("LPPool1d", a -> new LpPool1d(a.real(0, "norm_type", 2), power(a))),
                layer("LPPool2d", a -> new LpPool2d(a.real(0, "norm_type", 2), power(a))),
                layer("LPPool3d", a -> new LpPool3d(a.real(0, "norm_type", 2), power(a))),
                layer("AdaptiveAvgPool1d", a -> new AdaptiveAvgPool1d(size(a)[0])),
                layer("AdaptiveAvgPool2d", a -> new AdaptiveAvgPool2d(size(a))),
                layer("AdaptiveAvgPool3d", a -> new AdaptiveAvgPool3d(size(a))),
                largest(
                        "AdaptiveMaxPool1d",
                        1,
                        a -> new AdaptiveMaxPool1d(size(a)[0]),
                        AdaptiveMaxPool1d::forwardWithIndices),
                largest(
                        "AdaptiveMaxPool2d",
                        1,
                        a -> new AdaptiveMaxPool2d(size(a)),
                        AdaptiveMaxPool2d::forwardWithIndices),
                largest(
                        "AdaptiveMaxPool3d",
                        1,
                        a -> new AdaptiveMaxPool3d(size(a)),
                        AdaptiveMaxPool3d::forwardWithIndices),
                largest(
                        "FractionalMaxPool2d",
                        3,
                        a -> new FractionalMaxPool2d(fractional(a)),
                        FractionalMaxPool2d::forwardWithIndices),
                largest(
                        "FractionalMaxPool3d",
                        3,
                        a -> new FractionalMaxPool3d(fractional(a)),
                        FractionalMaxPool3d::forwardWithIndices),
                block(
                        "MaxUnpool1d",
                        a -> new MaxUnpool1d(windows(a)),
                        pool -> a -> List.of(pool.forward(a.input(), a.tensor(1, "indices"), outputSize(a)))),
                block(
                        "MaxUnpool2d",
                        a -> new MaxUnpool2d(windows(a)),
                        pool -> a -> List.of(pool.forward(a.input(), a.tensor(1, "indices"), outputSize(a)))),
                block(
                        "MaxUnpool3d",
                        a -> new MaxUnpool3d(windows(a)),
                        pool -> a -> List.of(pool.forward(a.input(), a.tensor(1, "indices"), outputSize(a)))));
    }

    /** A row of a layer that also tells the indices if asked to. */
    private static <L extends Layer> Row largest(
            String name,
            int position,
            Function<Arguments, L> constructor,
            BiFunction<L, Tensor, ValuesAndIndices> withIndices) {
        return new Row(name, a -> {
            L layer = constructor.apply(a);
            return new Model(
                    layer,
                    a.flag(position, "return_indices", false)
                            ? call -> Calls.both(withIndices.apply(layer, call.input()))
                            : call -> List.of(layer.forward(call.input())));
        });
    }

    private static PoolOptions windows(Arguments a) {
        return PoolOptions.of(a.longs(0, "kernel_size"))
                .withStride(a.optionalLongs(1, "stride").orElse(new long[0]))
                .withPadding(a.optionalLongs(2, "padding").orElse(new long[] {0}));
    }

    private static PoolOptions sliding(Arguments a, int ceilMode) {
        return windows(a)
                .withDilation(a.optionalLongs(3, "dilation").orElse(new long[] {1}))
                .withCeilMode(a.flag(ceilMode, "ceil_mode", false));
    }

    private static PoolOptions average(Arguments a) {
        PoolOptions options = windows(a)
                .withCeilMode(a.flag(3, "ceil_mode", false))
                .withCounting(a.flag(4, "count_include_pad", true) ? Counting.WITH_PADDING : Counting.WITHOUT_PADDING);
        return a.has(5, "divisor_override") ? options.withDivisor(a.integer(5, "divisor_override")) : options;
    }

    private static PoolOptions power(Arguments a) {
        return PoolOptions.of(a.longs(1, "kernel_size"))
                .withStride(a.optionalLongs(2, "stride").orElse(new long[0]))
                .withCeilMode(a.flag(3, "ceil_mode", false));
    }

    private static FractionalPoolOptions fractional(Arguments a) {
        FractionalPoolOptions options = a.has(1, "output_size")
                ? FractionalPoolOptions.ofSizes(1, a.longs(1, "output_size"))
                : FractionalPoolOptions.ofRatios(1, ratios(a));
        return a.with(
                options.withKernel(a.longs(0, "kernel_size")),
                4,
                "_random_samples",
                FractionalPoolOptions::withSamples);
    }

    private static double[] ratios(Arguments a) {
        return a.isList(2, "output_ratio")
                ? ((List<?>) a.value(2, "output_ratio").orElseThrow())
                        .stream()
                                .mapToDouble(ratio -> ((Number) ratio).doubleValue())
                                .toArray()
                : new double[] {a.scalar(2, "output_ratio").doubleValue()};
    }

    /** Returns the output size, −1 where None keeps the input's. */
    private static long[] size(Arguments a) {
        Object given = a.value(0, "output_size").orElse(Arguments.None.NONE);
        List<?> sizes = given instanceof List<?> list ? list : List.of(given);
        return sizes.stream()
                .mapToLong(size -> size instanceof Number number ? number.longValue() : -1)
                .toArray();
    }

    private static long[] outputSize(Arguments a) {
        return a.optionalLongs(2, "output_size").orElse(new long[0]);
    }
}
