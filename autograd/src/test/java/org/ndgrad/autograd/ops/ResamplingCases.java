package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.GridSampleOptions.Padding;
import org.ndgrad.autograd.ops.InterpolateOptions.Mode;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Resampling}. */
final class ResamplingCases {

    private static final Domain PLACE = in(-1.31, 1.27);

    private ResamplingCases() {}

    static Stream<OpCase> rows() {
        GridSampleOptions options = GridSampleOptions.defaults();
        return Stream.of(
                row("interpolate", x -> Resampling.interpolate(x.get(0), new long[] {3, 2}, Mode.LINEAR))
                        .as("to sizes")
                        .on(sample(ANY, 1, 1, 2, 3)),
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
                        .on(sample(ANY, 1, 1, 2, 2, 3)),
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

    private static OpCase sampled(String variant, GridSampleOptions options) {
        return row("gridSample", x -> Resampling.gridSample(x.get(0), x.get(1), options))
                .as(variant)
                .on(sample(ANY, 1, 2, 3, 2), sample(PLACE, 1, 2, 2, 2))
                .on(sample(ANY, 0, 2, 3, 2), sample(PLACE, 0, 2, 2, 2))
                .on(sample(ANY, 2, 0, 3, 2), sample(PLACE, 2, 1, 2, 2))
                .on(sample(ANY, 2, 1, 3, 2), sample(PLACE, 2, 0, 2, 2));
    }
}
