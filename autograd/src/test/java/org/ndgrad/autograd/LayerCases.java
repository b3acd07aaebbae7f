package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Attention;
import org.ndgrad.autograd.ops.AttentionOptions;
import org.ndgrad.autograd.ops.BatchNormOptions;
import org.ndgrad.autograd.ops.GridSampleOptions;
import org.ndgrad.autograd.ops.GridSampleOptions.Padding;
import org.ndgrad.autograd.ops.InterpolateOptions;
import org.ndgrad.autograd.ops.InterpolateOptions.Mode;
import org.ndgrad.autograd.ops.Normalization;
import org.ndgrad.autograd.ops.NormalizationOptions;
import org.ndgrad.autograd.ops.Resampling;

/** The rows of normalization, resampling, attention and embeddings. */
final class LayerCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain FACTOR = in(0.6, 1.7);
    private static final Domain OTHER = in(-1.9, 2.2);
    private static final Domain PLACE = in(-1.31, 1.27);

    private LayerCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(normalization(), resampling(), sampling(), attention()).flatMap(rows -> rows);
    }

    private static Stream<OpCase> normalization() {
        return Stream.of(
                row("layerNorm", x -> Normalization.layerNorm(x.get(0), new long[] {4}, affine(x.get(1), x.get(2))))
                        .on(sample(ANY, 3, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4), sample(OTHER, 4)),
                row("layerNorm", x -> Normalization.layerNorm(x.get(0), 2, 3))
                        .as("over two dims")
                        .on(sample(ANY, 2, 2, 3)),
                row("rmsNorm", x -> Normalization.rmsNorm(x.get(0), new long[] {4}, factor(x.get(1))))
                        .on(sample(ANY, 3, 4), sample(FACTOR, 4))
                        .on(sample(ANY, 4), sample(FACTOR, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4)),
                row("rmsNorm", x -> Normalization.rmsNorm(x.get(0), 2, 3))
                        .as("over two dims")
                        .on(sample(ANY, 2, 2, 3)),
                row("groupNorm", x -> Normalization.groupNorm(x.get(0), 2, affine(x.get(1), x.get(2))))
                        .on(sample(ANY, 2, 4, 2), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 2, 4), sample(FACTOR, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0, 4), sample(FACTOR, 4), sample(OTHER, 4)),
                row("groupNorm", x -> Normalization.groupNorm(x.get(0), 1))
                        .as("of one group")
                        .on(sample(ANY, 2, 3)),
                row("instanceNorm", x -> Normalization.instanceNorm(x.get(0), trained(x.get(1), x.get(2))))
                        .on(sample(ANY, 2, 2, 3), sample(FACTOR, 2), sample(OTHER, 2))
                        .on(sample(ANY, 0, 2, 3), sample(FACTOR, 2), sample(OTHER, 2)),
                row("instanceNorm", x -> Normalization.instanceNorm(x.get(0)))
                        .as("of images")
                        .on(sample(ANY, 2, 1, 2, 2)),
                row("batchNorm", x -> Normalization.batchNorm(x.get(0), trained(x.get(1), x.get(2))))
                        .on(sample(ANY, 4, 3), sample(FACTOR, 3), sample(OTHER, 3))
                        .on(sample(ANY, 2, 3, 2), sample(FACTOR, 3), sample(OTHER, 3))
                        .on(sample(ANY, 0, 3), sample(FACTOR, 3), sample(OTHER, 3)),
                row(
                                "batchNorm",
                                x -> Normalization.batchNorm(
                                        x.get(0),
                                        trained(x.get(1), x.get(2))
                                                .withRunning(
                                                        sample(OTHER, 3)
                                                                .to(x.get(0).dtype()),
                                                        sample(FACTOR, 3)
                                                                .to(x.get(0).dtype()))
                                                .withTraining(false)))
                        .as("in evaluation")
                        .on(sample(ANY, 2, 3, 2), sample(FACTOR, 3), sample(OTHER, 3)),
                row("batchNorm", x -> Normalization.batchNorm(x.get(0)))
                        .as("alone")
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 0)),
                row("localResponseNorm", x -> Normalization.localResponseNorm(x.get(0), 2, 0.4, 0.75, 1.2))
                        .on(sample(ANY, 1, 4, 3))
                        .on(sample(ANY, 2, 2, 2, 1))
                        .on(sample(ANY, 0, 2, 3)),
                row("localResponseNorm", x -> Normalization.localResponseNorm(x.get(0), 3))
                        .as("by default")
                        .on(sample(ANY, 1, 2, 3)));
    }

    private static NormalizationOptions factor(Tensor weight) {
        return NormalizationOptions.defaults().withWeight(weight).withEpsilon(0.1);
    }

    private static NormalizationOptions affine(Tensor weight, Tensor bias) {
        return factor(weight).withBias(bias);
    }

    private static BatchNormOptions trained(Tensor weight, Tensor bias) {
        return BatchNormOptions.defaults().withWeight(weight).withBias(bias).withEpsilon(0.1);
    }

    private static Stream<OpCase> resampling() {
        return Stream.of(
                signal("nearest", InterpolateOptions.ofSizes(5)),
                signal("nearest exact", InterpolateOptions.ofFactors(1.7).withMode(Mode.NEAREST_EXACT)),
                signal("linear", InterpolateOptions.ofSizes(5).withMode(Mode.LINEAR)),
                signal(
                        "with aligned corners",
                        InterpolateOptions.ofSizes(6).withMode(Mode.LINEAR).withAlignCorners(true)),
                signal("area", InterpolateOptions.ofFactors(0.7).withMode(Mode.AREA)),
                image("bicubic", InterpolateOptions.ofFactors(1.7, 0.6).withMode(Mode.BICUBIC)),
                image("antialiased", InterpolateOptions.ofSizes(2, 3).withMode(Mode.ANTIALIASED_LINEAR)),
                row(
                                "interpolate",
                                x -> Resampling.interpolate(
                                        x.get(0),
                                        InterpolateOptions.ofSizes(1, 3, 2).withMode(Mode.LINEAR)))
                        .as("of volumes")
                        .on(sample(ANY, 1, 1, 2, 2, 3)));
    }

    private static OpCase signal(String mode, InterpolateOptions options) {
        return row("interpolate", x -> Resampling.interpolate(x.get(0), options))
                .as(mode)
                .on(sample(ANY, 2, 2, 3))
                .on(sample(ANY, 0, 2, 3));
    }

    private static OpCase image(String mode, InterpolateOptions options) {
        return row("interpolate", x -> Resampling.interpolate(x.get(0), options))
                .as(mode)
                .on(sample(ANY, 1, 2, 3, 4));
    }

    private static Stream<OpCase> sampling() {
        GridSampleOptions options = GridSampleOptions.defaults();
        return Stream.of(
                sampled("linear", options),
                sampled("from the border", options.withPadding(Padding.BORDER)),
                sampled("reflected", options.withPadding(Padding.REFLECTION).withAlignCorners(true)),
                sampled("nearest", options.withMode(GridSampleOptions.Mode.NEAREST)),
                sampled(
                        "bicubic",
                        options.withMode(GridSampleOptions.Mode.BICUBIC).withPadding(Padding.REFLECTION)),
                row("gridSample", x -> Resampling.gridSample(x.get(0), x.get(1)))
                        .as("of volumes")
                        .on(sample(ANY, 1, 1, 2, 2, 3), sample(PLACE, 1, 1, 2, 2, 3)),
                row("affineGrid", x -> Resampling.affineGrid(x.get(0), options, 2, 1, 2, 3))
                        .on(sample(ANY, 2, 2, 3)),
                row("affineGrid", x -> Resampling.affineGrid(x.get(0), options.withAlignCorners(true), 1, 1, 2, 1, 3))
                        .as("of volumes")
                        .on(sample(ANY, 1, 3, 4)));
    }

    private static OpCase sampled(String variant, GridSampleOptions options) {
        return row("gridSample", x -> Resampling.gridSample(x.get(0), x.get(1), options))
                .as(variant)
                .on(sample(ANY, 1, 2, 3, 2), sample(PLACE, 1, 2, 2, 2))
                .on(sample(ANY, 0, 2, 3, 2), sample(PLACE, 0, 2, 2, 2))
                .on(sample(ANY, 2, 0, 3, 2), sample(PLACE, 2, 1, 2, 2))
                .on(sample(ANY, 2, 1, 3, 2), sample(PLACE, 2, 0, 2, 2));
    }

    private static Stream<OpCase> attention() {
        AttentionOptions options = AttentionOptions.defaults();
        Tensor mask = Tensor.of(true, false, true, false, false, false).reshape(2, 3);
        return Stream.of(
                attending("", options)
                        .on(sample(ANY, 2, 3), sample(OTHER, 4, 3), sample(FACTOR, 4, 2))
                        .on(sample(ANY, 2, 1, 3, 2), sample(OTHER, 2, 2), sample(FACTOR, 2, 2, 1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 0, 3), sample(FACTOR, 0, 2))
                        .on(sample(ANY, 0, 3), sample(OTHER, 4, 3), sample(FACTOR, 4, 2)),
                attending("causal", options.withCausal(true).withScale(0.9))
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2), sample(FACTOR, 2, 2)),
                attending("masked", options.withMask(mask))
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2)),
                row(
                                "scaledDotProductAttention",
                                x -> Attention.scaledDotProductAttention(
                                        x.get(0), x.get(1), x.get(2), options.withMask(x.get(3))))
                        .as("with an additive mask")
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2), sample(PLACE, 2, 3)),
                attending("with dropout", options.withDropout(0.5, new Fixed()))
                        .on(sample(ANY, 2, 2), sample(OTHER, 3, 2), sample(FACTOR, 3, 2)),
                dropout(0.4),
                dropout(1),
                attending("in groups", options.withHeads(AttentionOptions.Heads.GROUPED))
                        .on(sample(ANY, 1, 4, 1, 2), sample(OTHER, 1, 2, 2, 2), sample(OTHER, 1, 2, 2, 2)));
    }

    private static OpCase dropout(double p) {
        return unary("dropout", x -> Activations.dropout(x, p, new Fixed()), ANY)
                .as("of " + p);
    }

    private static OpCase attending(String variant, AttentionOptions options) {
        return row(
                        "scaledDotProductAttention",
                        x -> Attention.scaledDotProductAttention(x.get(0), x.get(1), x.get(2), options))
                .as(variant);
    }

    /** Draws the same again and again, a number that is kept and one that is dropped in turn. */
    private static final class Fixed implements RandomGenerator {
        private int drawn;

        @Override
        public long nextLong() {
            return drawn++ % 2 == 0 ? -1 : 0;
        }
    }
}
