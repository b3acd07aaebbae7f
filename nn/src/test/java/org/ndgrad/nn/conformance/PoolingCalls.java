package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.FractionalPooling;
import org.ndgrad.autograd.ops.LpPooling;
import org.ndgrad.autograd.ops.MaxUnpooling;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.autograd.ops.PoolOptions.Counting;
import org.ndgrad.autograd.ops.Pooling;
import org.ndgrad.autograd.ops.ValuesAndIndices;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of pooling. */
final class PoolingCalls {

    private PoolingCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                max("max_pool1d", "Pooling.maxPool1d, Pooling.maxPool1dWithIndices", Pooling::maxPool1dWithIndices),
                max("max_pool2d", "Pooling.maxPool2d, Pooling.maxPool2dWithIndices", Pooling::maxPool2dWithIndices),
                max("max_pool3d", "Pooling.maxPool3d, Pooling.maxPool3dWithIndices", Pooling::maxPool3dWithIndices),
                average("avg_pool1d", "Pooling.avgPool1d", Pooling::avgPool1d),
                average("avg_pool2d", "Pooling.avgPool2d", Pooling::avgPool2d),
                average("avg_pool3d", "Pooling.avgPool3d", Pooling::avgPool3d),
                one(
                        "nn.functional.adaptive_avg_pool1d",
                        "Pooling.adaptiveAvgPool1d",
                        a -> Pooling.adaptiveAvgPool1d(a.input(), size(a, 1)[0])),
                one(
                        "nn.functional.adaptive_avg_pool2d",
                        "Pooling.adaptiveAvgPool2d",
                        a -> Pooling.adaptiveAvgPool2d(a.input(), size(a, 2))),
                one(
                        "nn.functional.adaptive_avg_pool3d",
                        "Pooling.adaptiveAvgPool3d",
                        a -> Pooling.adaptiveAvgPool3d(a.input(), size(a, 3))),
                adaptive(
                        "adaptive_max_pool1d",
                        "Pooling.adaptiveMaxPool1d, Pooling.adaptiveMaxPool1dWithIndices",
                        a -> Pooling.adaptiveMaxPool1dWithIndices(a.input(), size(a, 1)[0])),
                adaptive(
                        "adaptive_max_pool2d",
                        "Pooling.adaptiveMaxPool2d, Pooling.adaptiveMaxPool2dWithIndices",
                        a -> Pooling.adaptiveMaxPool2dWithIndices(a.input(), size(a, 2))),
                adaptive(
                        "adaptive_max_pool3d",
                        "Pooling.adaptiveMaxPool3d, Pooling.adaptiveMaxPool3dWithIndices",
                        a -> Pooling.adaptiveMaxPool3dWithIndices(a.input(), size(a, 3))),
                power("lp_pool1d", "LpPooling.lpPool1d", LpPooling::lpPool1d),
                power("lp_pool2d", "LpPooling.lpPool2d", LpPooling::lpPool2d),
                power("lp_pool3d", "LpPooling.lpPool3d", LpPooling::lpPool3d),
                unpool("max_unpool1d", "MaxUnpooling.maxUnpool1d", MaxUnpooling::maxUnpool1d),
                unpool("max_unpool2d", "MaxUnpooling.maxUnpool2d", MaxUnpooling::maxUnpool2d),
                unpool("max_unpool3d", "MaxUnpooling.maxUnpool3d", MaxUnpooling::maxUnpool3d),
                fractional(
                        "fractional_max_pool2d",
                        "FractionalPooling.fractionalMaxPool2d, FractionalPooling.fractionalMaxPool2dWithIndices",
                        FractionalPooling::fractionalMaxPool2dWithIndices),
                fractional(
                        "fractional_max_pool3d",
                        "FractionalPooling.fractionalMaxPool3d, FractionalPooling.fractionalMaxPool3dWithIndices",
                        FractionalPooling::fractionalMaxPool3dWithIndices));
    }

    private interface Power {
        Tensor apply(Tensor x, double p, PoolOptions options);
    }

    private static Row power(String name, String operation, Power pool) {
        return one("nn.functional." + name, operation, a -> {
            PoolOptions options = PoolOptions.of(a.longs(2, "kernel_size"))
                    .withStride(a.optionalLongs(3, "stride").orElse(new long[0]))
                    .withCeilMode(a.flag(4, "ceil_mode", false));
            return pool.apply(a.input(), a.scalar(1, "norm_type").doubleValue(), options);
        });
    }

    private interface Unpool {
        Tensor apply(Tensor x, Tensor indices, PoolOptions options, long... size);
    }

    private static Row unpool(String name, String operation, Unpool unpool) {
        return one("nn.functional." + name, operation, a -> {
            PoolOptions options = PoolOptions.of(a.longs(2, "kernel_size"))
                    .withStride(a.optionalLongs(3, "stride").orElse(new long[0]))
                    .withPadding(a.optionalLongs(4, "padding").orElse(new long[] {0}));
            return unpool.apply(
                    a.input(),
                    a.tensor(1, "indices"),
                    options,
                    a.optionalLongs(5, "output_size").orElse(new long[0]));
        });
    }

    private static Row fractional(
            String name, String operation, BiFunction<Tensor, FractionalPoolOptions, ValuesAndIndices> pool) {
        return Calls.many("nn.functional." + name, operation, a -> {
            FractionalPoolOptions options = a.has(2, "output_size")
                    ? FractionalPoolOptions.ofSizes(1, a.longs(2, "output_size"))
                    : FractionalPoolOptions.ofRatios(1, a.real(3, "output_ratio", 1));
            options = a.with(options, 5, "_random_samples", FractionalPoolOptions::withSamples);
            return wanted(
                    pool.apply(a.input(), options.withKernel(a.longs(1, "kernel_size"))),
                    a.flag(4, "return_indices", false));
        });
    }

    private static Row max(String name, String operation, BiFunction<Tensor, PoolOptions, ValuesAndIndices> pool) {
        return Calls.many("nn.functional." + name, operation, a -> {
            PoolOptions options = sliding(a)
                    .withDilation(a.optionalLongs(4, "dilation").orElse(new long[] {1}))
                    .withCeilMode(a.flag(5, "ceil_mode", false));
            return wanted(pool.apply(a.input(), options), a.flag(6, "return_indices", false));
        });
    }

    private static Row average(String name, String operation, BiFunction<Tensor, PoolOptions, Tensor> pool) {
        return one("nn.functional." + name, operation, a -> {
            PoolOptions options = sliding(a)
                    .withCeilMode(a.flag(4, "ceil_mode", false))
                    .withCounting(
                            a.flag(5, "count_include_pad", true) ? Counting.WITH_PADDING : Counting.WITHOUT_PADDING);
            return pool.apply(
                    a.input(),
                    a.has(6, "divisor_override") ? options.withDivisor(a.integer(6, "divisor_override")) : options);
        });
    }

    private static Row adaptive(String name, String operation, Function<Arguments, ValuesAndIndices> pool) {
        return Calls.many(
                "nn.functional." + name, operation, a -> wanted(pool.apply(a), a.flag(2, "return_indices", false)));
    }

    private static PoolOptions sliding(Arguments a) {
        return PoolOptions.of(a.longs(1, "kernel_size"))
                .withStride(a.optionalLongs(2, "stride").orElse(new long[0]))
                .withPadding(a.optionalLongs(3, "padding").orElse(new long[] {0}));
    }

    private static List<Tensor> wanted(ValuesAndIndices result, boolean withIndices) {
        return withIndices ? Calls.both(result) : ImmutableList.of(result.values());
    }

    /** Returns the output size, where None keeps the input's. */
    private static long[] size(Arguments a, int ndim) {
        int first = Math.max(a.input().ndim() - ndim, 0); // too few dims are for the operation to refuse
        long[] kept = Arrays.copyOfRange(a.input().shape(), first, first + ndim);
        Object given = a.value(1, "output_size").orElse(Arguments.None.NONE);
        long[] size = new long[ndim];
        Arrays.setAll(size, d -> {
            Object each = given instanceof List<?> list ? list.get(list.size() == 1 ? 0 : d) : given;
            return each instanceof Number number ? number.longValue() : kept[d];
        });
        return size;
    }
}
