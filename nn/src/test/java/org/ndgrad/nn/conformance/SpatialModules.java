package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.block;
import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.stream.Collectors;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.InterpolateOptions;
import org.ndgrad.nn.ChannelShuffle;
import org.ndgrad.nn.CircularPad1d;
import org.ndgrad.nn.CircularPad2d;
import org.ndgrad.nn.CircularPad3d;
import org.ndgrad.nn.ConstantPad1d;
import org.ndgrad.nn.ConstantPad2d;
import org.ndgrad.nn.ConstantPad3d;
import org.ndgrad.nn.CosineSimilarity;
import org.ndgrad.nn.Fold;
import org.ndgrad.nn.PairwiseDistance;
import org.ndgrad.nn.PairwiseDistanceOptions;
import org.ndgrad.nn.PixelShuffle;
import org.ndgrad.nn.PixelUnshuffle;
import org.ndgrad.nn.ReflectionPad1d;
import org.ndgrad.nn.ReflectionPad2d;
import org.ndgrad.nn.ReflectionPad3d;
import org.ndgrad.nn.ReplicationPad1d;
import org.ndgrad.nn.ReplicationPad2d;
import org.ndgrad.nn.ReplicationPad3d;
import org.ndgrad.nn.Unflatten;
import org.ndgrad.nn.Unfold;
import org.ndgrad.nn.Upsample;
import org.ndgrad.nn.ZeroPad1d;
import org.ndgrad.nn.ZeroPad2d;
import org.ndgrad.nn.ZeroPad3d;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of padding, of layers that rearrange or resample, and of distances. */
final class SpatialModules {

    private SpatialModules() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder().addAll(padding()).addAll(others()).build();
    }

    private static List<Row> padding() {
        return ImmutableList.of(
                layer("ZeroPad1d", a -> new ZeroPad1d(a.longs(0, "padding"))),
                layer("ZeroPad2d", a -> new ZeroPad2d(a.longs(0, "padding"))),
                layer("ZeroPad3d", a -> new ZeroPad3d(a.longs(0, "padding"))),
                layer("ConstantPad1d", a -> new ConstantPad1d(a.longs(0, "padding"), a.scalar(1, "value"))),
                layer("ConstantPad2d", a -> new ConstantPad2d(a.longs(0, "padding"), a.scalar(1, "value"))),
                layer("ConstantPad3d", a -> new ConstantPad3d(a.longs(0, "padding"), a.scalar(1, "value"))),
                layer("ReflectionPad1d", a -> new ReflectionPad1d(a.longs(0, "padding"))),
                layer("ReflectionPad2d", a -> new ReflectionPad2d(a.longs(0, "padding"))),
                layer("ReflectionPad3d", a -> new ReflectionPad3d(a.longs(0, "padding"))),
                layer("ReplicationPad1d", a -> new ReplicationPad1d(a.longs(0, "padding"))),
                layer("ReplicationPad2d", a -> new ReplicationPad2d(a.longs(0, "padding"))),
                layer("ReplicationPad3d", a -> new ReplicationPad3d(a.longs(0, "padding"))),
                layer("CircularPad1d", a -> new CircularPad1d(a.longs(0, "padding"))),
                layer("CircularPad2d", a -> new CircularPad2d(a.longs(0, "padding"))),
                layer("CircularPad3d", a -> new CircularPad3d(a.longs(0, "padding"))));
    }

    private static List<Row> others() {
        return ImmutableList.of(
                layer("ChannelShuffle", a -> new ChannelShuffle(a.integer(0, "groups"))),
                layer("PixelShuffle", a -> new PixelShuffle(a.integer(0, "upscale_factor"))),
                layer("PixelUnshuffle", a -> new PixelUnshuffle(a.integer(0, "downscale_factor"))),
                layer("Unflatten", a -> new Unflatten(a.integer(0, "dim"), a.longs(1, "unflattened_size"))),
                layer("Unfold", a -> new Unfold(a.longs(0, "kernel_size"), columns(a, 1, 2, 3))),
                layer("Fold", a -> new Fold(a.longs(0, "output_size"), a.longs(1, "kernel_size"), columns(a, 2, 3, 4))),
                layer("Upsample", a -> new Upsample(interpolation(a))),
                block(
                        "CosineSimilarity",
                        a -> new CosineSimilarity(a.integer(0, "dim", 1), a.real(1, "eps", 1e-8)),
                        cosine -> a -> List.of(cosine.forward(a.tensor(0, "x1"), a.tensor(1, "x2")))),
                block(
                        "PairwiseDistance",
                        a -> new PairwiseDistance(PairwiseDistanceOptions.defaults()
                                .withP(a.real(0, "p", 2))
                                .withEpsilon(a.real(1, "eps", 1e-6))
                                .withKeepDim(a.flag(2, "keepdim", false) ? KeepDim.YES : KeepDim.NO)),
                        distance -> a -> List.of(distance.forward(a.tensor(0, "x1"), a.tensor(1, "x2")))));
    }

    private static ConvOptions columns(Arguments a, int dilation, int padding, int stride) {
        return ConvOptions.defaults()
                .withDilation(a.optionalLongs(dilation, "dilation").orElse(new long[] {1}))
                .withPadding(a.optionalLongs(padding, "padding").orElse(new long[] {0}))
                .withStride(a.optionalLongs(stride, "stride").orElse(new long[] {1}));
    }

    private static InterpolateOptions interpolation(Arguments a) {
        InterpolateOptions begun = a.has(0, "size")
                ? InterpolateOptions.ofSizes(a.longs(0, "size"))
                : InterpolateOptions.ofFactors(factors(a));
        return begun.withMode(LayerCalls.mode(a.text(2, "mode", "nearest"), false))
                .withAlignCorners(a.flag(3, "align_corners", false))
                .withScale(
                        a.flag(4, "recompute_scale_factor", false)
                                ? InterpolateOptions.Scale.OF_SIZES
                                : InterpolateOptions.Scale.GIVEN);
    }

    private static double[] factors(Arguments a) {
        return a.isList(1, "scale_factor")
                ? Doubles.toArray(((List<?>) a.value(1, "scale_factor").orElseThrow())
                        .stream().map(Number.class::cast).collect(Collectors.toList()))
                : new double[] {a.scalar(1, "scale_factor").doubleValue()};
    }
}
