package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Modules.layer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.BatchNorm3d;
import org.ndgrad.nn.BatchNormLayerOptions;
import org.ndgrad.nn.GroupNorm;
import org.ndgrad.nn.InstanceNorm1d;
import org.ndgrad.nn.InstanceNorm2d;
import org.ndgrad.nn.InstanceNorm3d;
import org.ndgrad.nn.InstanceNormOptions;
import org.ndgrad.nn.LayerNorm;
import org.ndgrad.nn.LocalResponseNorm;
import org.ndgrad.nn.LocalResponseNormOptions;
import org.ndgrad.nn.NormLayerOptions;
import org.ndgrad.nn.RmsNorm;
import org.ndgrad.nn.RmsNormOptions;
import org.ndgrad.nn.conformance.Modules.Row;

/** Rows of layers that normalize. */
final class NormalizationModules {

    private NormalizationModules() {}

    static List<Row> rows() {
        return ImmutableList.of(
                layer("BatchNorm1d", a -> new BatchNorm1d(features(a), batch(a))),
                layer("BatchNorm2d", a -> new BatchNorm2d(features(a), batch(a))),
                layer("BatchNorm3d", a -> new BatchNorm3d(features(a), batch(a))),
                layer("InstanceNorm1d", a -> new InstanceNorm1d(features(a), instance(a))),
                layer("InstanceNorm2d", a -> new InstanceNorm2d(features(a), instance(a))),
                layer("InstanceNorm3d", a -> new InstanceNorm3d(features(a), instance(a))),
                layer("LayerNorm", a -> new LayerNorm(a.longs(0, "normalized_shape"), last(a))),
                layer("RMSNorm", a -> new RmsNorm(a.longs(0, "normalized_shape"), rms(a))),
                layer(
                        "GroupNorm",
                        a -> new GroupNorm(a.integer(0, "num_groups"), a.integer(1, "num_channels"), groups(a))),
                layer("LocalResponseNorm", a -> new LocalResponseNorm(a.integer(0, "size"), local(a))));
    }

    private static int features(Arguments a) {
        return a.integer(0, "num_features");
    }

    private static BatchNormLayerOptions batch(Arguments a) {
        BatchNormLayerOptions options = BatchNormLayerOptions.defaults()
                .withEpsilon(a.real(1, "eps", 1e-5))
                .withMomentum(a.real(2, "momentum", 0.1))
                .withAffine(a.flag(3, "affine", true))
                .withTrackRunningStats(a.flag(4, "track_running_stats", true))
                .withBias(a.flag(-1, "bias", true));
        return a.isNone(2, "momentum") ? options.withCumulativeAverage() : options;
    }

    /** Without a momentum, PyTorch's instance norms keep the running values as they are. */
    private static InstanceNormOptions instance(Arguments a) {
        return InstanceNormOptions.defaults()
                .withEpsilon(a.real(1, "eps", 1e-5))
                .withMomentum(a.isNone(2, "momentum") ? 0 : a.real(2, "momentum", 0.1))
                .withAffine(a.flag(3, "affine", false))
                .withTrackRunningStats(a.flag(4, "track_running_stats", false))
                .withBias(a.flag(-1, "bias", true));
    }

    private static NormLayerOptions last(Arguments a) {
        return NormLayerOptions.defaults()
                .withEpsilon(a.real(1, "eps", 1e-5))
                .withAffine(a.flag(2, "elementwise_affine", true))
                .withBias(a.flag(3, "bias", true));
    }

    private static NormLayerOptions groups(Arguments a) {
        return NormLayerOptions.defaults()
                .withEpsilon(a.real(2, "eps", 1e-5))
                .withAffine(a.flag(3, "affine", true))
                .withBias(a.flag(-1, "bias", true));
    }

    private static RmsNormOptions rms(Arguments a) {
        RmsNormOptions options = RmsNormOptions.defaults().withAffine(a.flag(2, "elementwise_affine", true));
        return a.has(1, "eps") ? options.withEpsilon(a.real(1, "eps").getAsDouble()) : options;
    }

    private static LocalResponseNormOptions local(Arguments a) {
        return LocalResponseNormOptions.defaults()
                .withAlpha(a.real(1, "alpha", 1e-4))
                .withBeta(a.real(2, "beta", 0.75))
                .withK(a.real(3, "k", 1));
    }
}
