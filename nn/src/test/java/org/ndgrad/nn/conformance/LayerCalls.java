package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalDouble;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.ops.Attention;
import org.ndgrad.autograd.ops.AttentionOptions;
import org.ndgrad.autograd.ops.BatchNormOptions;
import org.ndgrad.autograd.ops.GridSampleOptions;
import org.ndgrad.autograd.ops.InterpolateOptions;
import org.ndgrad.autograd.ops.Normalization;
import org.ndgrad.autograd.ops.NormalizationOptions;
import org.ndgrad.autograd.ops.Resampling;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of normalization, resampling and attention. */
final class LayerCalls {

    private LayerCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                one(
                        "nn.functional.batch_norm",
                        "Normalization.batchNorm",
                        a -> Normalization.batchNorm(a.input(), batchOptions(a, "training", false))),
                one(
                        "nn.functional.group_norm",
                        "Normalization.groupNorm",
                        a -> Normalization.groupNorm(a.input(), a.integer(1, "num_groups"), options(a, 2, 3, 4))),
                one(
                        "nn.functional.instance_norm",
                        "Normalization.instanceNorm",
                        a -> Normalization.instanceNorm(a.input(), batchOptions(a, "use_input_stats", true))),
                one(
                        "nn.functional.layer_norm",
                        "Normalization.layerNorm",
                        a -> Normalization.layerNorm(a.input(), a.longs(1, "normalized_shape"), options(a, 2, 3, 4))),
                one(
                        "nn.functional.rms_norm",
                        "Normalization.rmsNorm",
                        a -> Normalization.rmsNorm(a.input(), a.longs(1, "normalized_shape"), options(a, 2, -1, 3))),
                one(
                        "nn.functional.local_response_norm",
                        "Normalization.localResponseNorm",
                        a -> Normalization.localResponseNorm(
                                a.input(),
                                a.integer(1, "size"),
                                a.real(2, "alpha", 1e-4),
                                a.real(3, "beta", 0.75),
                                a.real(4, "k", 1))),
                one(
                        "nn.functional.interpolate",
                        "Resampling.interpolate",
                        a -> Resampling.interpolate(a.input(), interpolation(a))),
                one(
                        "nn.functional.grid_sample",
                        "Resampling.gridSample",
                        a -> Resampling.gridSample(a.input(), a.tensor(1, "grid"), sampling(a))),
                one(
                        "nn.functional.affine_grid",
                        "Resampling.affineGrid",
                        a -> Resampling.affineGrid(
                                a.tensor(0, "theta"),
                                GridSampleOptions.defaults().withAlignCorners(a.flag(2, "align_corners", false)),
                                a.longs(1, "size"))),
                one(
                        "nn.functional.scaled_dot_product_attention",
                        "Attention.scaledDotProductAttention",
                        a -> Attention.scaledDotProductAttention(
                                a.tensor(0, "query"), a.tensor(1, "key"), a.tensor(2, "value"), attention(a))));
    }

    private static NormalizationOptions options(Arguments a, int weight, int bias, int eps) {
        NormalizationOptions options = NormalizationOptions.defaults();
        options = a.with(options, weight, "weight", NormalizationOptions::withWeight);
        options = a.with(options, bias, "bias", NormalizationOptions::withBias);
        OptionalDouble epsilon = a.real(eps, "eps");
        return epsilon.isPresent() ? options.withEpsilon(epsilon.getAsDouble()) : options;
    }

    private static BatchNormOptions batchOptions(Arguments a, String training, boolean otherwise) {
        BatchNormOptions options = BatchNormOptions.defaults()
                .withTraining(a.flag(5, training, otherwise))
                .withMomentum(a.real(6, "momentum", 0.1))
                .withEpsilon(a.real(7, "eps", 1e-5));
        options = a.with(options, 3, "weight", BatchNormOptions::withWeight);
        options = a.with(options, 4, "bias", BatchNormOptions::withBias);
        return a.with(options, 1, "running_mean", (o, mean) -> o.withRunning(mean, a.tensor(2, "running_var")));
    }

    private static InterpolateOptions interpolation(Arguments a) {
        InterpolateOptions begun = a.has(1, "size")
                ? InterpolateOptions.ofSizes(a.longs(1, "size"))
                : InterpolateOptions.ofFactors(factors(a));
        boolean antialias = a.flag(6, "antialias", false);
        return begun.withMode(mode(a.text(3, "mode", "nearest"), antialias))
                .withAlignCorners(a.flag(4, "align_corners", false))
                .withScale(
                        a.flag(5, "recompute_scale_factor", false)
                                ? InterpolateOptions.Scale.OF_SIZES
                                : InterpolateOptions.Scale.GIVEN);
    }

    private static double[] factors(Arguments a) {
        if (!a.isList(2, "scale_factor")) {
            return new double[] {a.scalar(2, "scale_factor").doubleValue()};
        }
        List<?> factors = (List<?>) a.value(2, "scale_factor").orElseThrow();
        return factors.stream()
                .mapToDouble(factor -> ((Number) factor).doubleValue())
                .toArray();
    }

    static InterpolateOptions.Mode mode(String name, boolean antialias) {
        return switch (name) {
            case "nearest" -> InterpolateOptions.Mode.NEAREST;
            case "nearest-exact" -> InterpolateOptions.Mode.NEAREST_EXACT;
            case "linear", "trilinear" -> InterpolateOptions.Mode.LINEAR;
            case "bilinear" -> antialias ? InterpolateOptions.Mode.ANTIALIASED_LINEAR : InterpolateOptions.Mode.LINEAR;
            case "bicubic" -> antialias ? InterpolateOptions.Mode.ANTIALIASED_BICUBIC : InterpolateOptions.Mode.BICUBIC;
            case "area" -> InterpolateOptions.Mode.AREA;
            case "lanczos" -> InterpolateOptions.Mode.LANCZOS;
            default -> throw new Calls.Unsupported("mode " + name);
        };
    }

    private static GridSampleOptions sampling(Arguments a) {
        GridSampleOptions.Mode mode = switch (a.text(2, "mode", "bilinear")) {
            case "bilinear" -> GridSampleOptions.Mode.LINEAR;
            case "nearest" -> GridSampleOptions.Mode.NEAREST;
            case "bicubic" -> GridSampleOptions.Mode.BICUBIC;
            default -> throw new Calls.Unsupported("mode " + a.text(2, "mode", ""));
        };
        GridSampleOptions.Padding padding = switch (a.text(3, "padding_mode", "zeros")) {
            case "zeros" -> GridSampleOptions.Padding.ZEROS;
            case "border" -> GridSampleOptions.Padding.BORDER;
            case "reflection" -> GridSampleOptions.Padding.REFLECTION;
            default -> throw new Calls.Unsupported("padding mode " + a.text(3, "padding_mode", ""));
        };
        return GridSampleOptions.defaults()
                .withMode(mode)
                .withPadding(padding)
                .withAlignCorners(a.flag(4, "align_corners", false));
    }

    private static AttentionOptions attention(Arguments a) {
        double dropout = a.real(4, "dropout_p", 0);
        if (dropout > 0 && dropout < 1) {
            throw new Calls.Unsupported("PyTorch drew the dropped weights at random, and the case does not say which");
        }
        boolean grouped = a.flag(7, "enable_gqa", false);
        AttentionOptions options = AttentionOptions.defaults()
                .withCausal(a.flag(5, "is_causal", false))
                .withDropout(dropout, Rng.defaultRng())
                .withHeads(grouped ? AttentionOptions.Heads.GROUPED : AttentionOptions.Heads.EQUAL);
        options = a.with(options, 3, "attn_mask", AttentionOptions::withMask);
        OptionalDouble scale = a.real(6, "scale");
        return scale.isPresent() ? options.withScale(scale.getAsDouble()) : options;
    }
}
