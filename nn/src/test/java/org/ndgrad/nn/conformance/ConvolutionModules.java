package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;
import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Padding;
import org.ndgrad.nn.Conv1d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.Conv3d;
import org.ndgrad.nn.ConvLayerOptions;
import org.ndgrad.nn.ConvTranspose1d;
import org.ndgrad.nn.ConvTranspose2d;
import org.ndgrad.nn.ConvTranspose3d;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LazyConv1d;
import org.ndgrad.nn.LazyConv2d;
import org.ndgrad.nn.LazyConv3d;
import org.ndgrad.nn.LazyConvTranspose1d;
import org.ndgrad.nn.LazyConvTranspose2d;
import org.ndgrad.nn.LazyConvTranspose3d;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of layers of convolutions. */
final class ConvolutionModules {

    private ConvolutionModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                layer("Conv1d", a -> new Conv1d(in(a), out(a, 1), kernel(a, 2)[0], plain(a, 3))),
                layer("Conv2d", a -> new Conv2d(in(a), out(a, 1), kernel(a, 2), plain(a, 3))),
                layer("Conv3d", a -> new Conv3d(in(a), out(a, 1), kernel(a, 2), plain(a, 3))),
                layer("LazyConv1d", a -> new LazyConv1d(out(a, 0), kernel(a, 1)[0], plain(a, 2))),
                layer("LazyConv2d", a -> new LazyConv2d(out(a, 0), kernel(a, 1), plain(a, 2))),
                layer("LazyConv3d", a -> new LazyConv3d(out(a, 0), kernel(a, 1), plain(a, 2))),
                transposed(
                        "ConvTranspose1d",
                        a -> new ConvTranspose1d(in(a), out(a, 1), kernel(a, 2)[0], spread(a, 3)),
                        layer -> layer::forward),
                transposed(
                        "ConvTranspose2d",
                        a -> new ConvTranspose2d(in(a), out(a, 1), kernel(a, 2), spread(a, 3)),
                        layer -> layer::forward),
                transposed(
                        "ConvTranspose3d",
                        a -> new ConvTranspose3d(in(a), out(a, 1), kernel(a, 2), spread(a, 3)),
                        layer -> layer::forward),
                transposed(
                        "LazyConvTranspose1d",
                        a -> new LazyConvTranspose1d(out(a, 0), kernel(a, 1)[0], spread(a, 2)),
                        layer -> layer::forward),
                transposed(
                        "LazyConvTranspose2d",
                        a -> new LazyConvTranspose2d(out(a, 0), kernel(a, 1), spread(a, 2)),
                        layer -> layer::forward),
                transposed(
                        "LazyConvTranspose3d",
                        a -> new LazyConvTranspose3d(out(a, 0), kernel(a, 1), spread(a, 2)),
                        layer -> layer::forward));
    }

    private static <L extends Layer> Row transposed(
            String name, Function<Arguments, L> constructor, Function<L, BiFunction<Tensor, long[], Tensor>> sized) {
        return block(
                name,
                constructor,
                layer -> call -> List.of(call.optionalLongs(1, "output_size")
                        .map(size -> sized.apply(layer).apply(call.input(), size))
                        .orElseGet(() -> layer.forward(call.input()))));
    }

    private static int in(Arguments a) {
        return a.integer(0, "in_channels");
    }

    private static int out(Arguments a, int position) {
        return a.integer(position, "out_channels");
    }

    private static long[] kernel(Arguments a, int position) {
        return a.longs(position, "kernel_size");
    }

    /** Reads what stands behind the kernel. */
    private static ConvLayerOptions plain(Arguments a, int first) {
        ConvLayerOptions options = common(a, first, first + 2, first + 3)
                .withPaddingMode(Padding.Mode.valueOf(
                        a.text(first + 5, "padding_mode", "zeros").toUpperCase(Locale.ROOT)));
        Object padding = a.value(first + 1, "padding").orElse(0L);
        if (padding instanceof String name) {
            return name.equals("same") ? options.withSamePadding() : options.withPadding(0);
        }
        return options.withPadding(a.optionalLongs(first + 1, "padding").orElse(new long[] {0}));
    }

    private static ConvLayerOptions spread(Arguments a, int first) {
        return common(a, first, first + 5, first + 3)
                .withPadding(a.optionalLongs(first + 1, "padding").orElse(new long[] {0}))
                .withOutputPadding(a.optionalLongs(first + 2, "output_padding").orElse(new long[] {0}));
    }

    /** Transposed convolutions have the dilation elsewhere; the bias stands behind the groups in both. */
    private static ConvLayerOptions common(Arguments a, int stride, int dilation, int groups) {
        return ConvLayerOptions.defaults()
                .withStride(a.optionalLongs(stride, "stride").orElse(new long[] {1}))
                .withDilation(a.optionalLongs(dilation, "dilation").orElse(new long[] {1}))
                .withGroups(a.integer(groups, "groups", 1))
                .withBias(a.flag(groups + 1, "bias", true));
    }
}
