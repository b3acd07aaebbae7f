package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.InterpolateOptions.Mode;

/** What a misuse of resampling is answered with. */
class ResamplingErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;

    static Stream<Misuse> interpolations() {
        Tensor signal = Tensor.ones(1, 2, 3);
        Tensor image = Tensor.ones(1, 2, 3, 4);
        return Stream.of(
                misuse(
                        "neither sizes nor factors",
                        ARGUMENT,
                        "interpolate: expected either sizes or factors; got 0 sizes and 0 factors. Give one of them.",
                        () -> InterpolateOptions.ofSizes()),
                misuse(
                        "a size of 0",
                        ARGUMENT,
                        "interpolate: expected sizes of at least 1; got [0]. Enlarge them.",
                        () -> InterpolateOptions.ofSizes(0)),
                misuse(
                        "a negative factor",
                        ARGUMENT,
                        "interpolate: expected finite factors above 0; got [-1.0]. To shrink, use a factor below 1.",
                        () -> InterpolateOptions.ofFactors(-1)),
                misuse(
                        "aligned corners of nearest",
                        ARGUMENT,
                        "interpolate: expected a linear or cubic mode where corners are aligned; got NEAREST."
                                + " Leave them unaligned.",
                        () -> InterpolateOptions.ofSizes(2).withAlignCorners(true)),
                misuse(
                        "a matrix",
                        ARGUMENT,
                        "interpolate: expected an input of shape (N, C, L), (N, C, H, W) or (N, C, D, H, W); got (2, 3)."
                                + " Add the dims that are missing with unsqueeze(0).",
                        () -> Resampling.interpolate(Tensor.ones(2, 3), InterpolateOptions.ofSizes(2))),
                misuse(
                        "a size for each dim",
                        ARGUMENT,
                        "interpolate: expected one size or factor, or one for each of the 2 spatial dims of (1, 2, 3, 4);"
                                + " got 4. Leave out those of N and C.",
                        () -> Resampling.interpolate(image, InterpolateOptions.ofSizes(1, 2, 6, 8))),
                misuse(
                        "a bicubic signal",
                        ARGUMENT,
                        "interpolate: expected an input of shape (N, C, H, W) for mode BICUBIC; got (1, 2, 3)."
                                + " Use mode LINEAR.",
                        () -> Resampling.interpolate(
                                signal, InterpolateOptions.ofSizes(2).withMode(Mode.BICUBIC))),
                misuse(
                        "a factor that leaves nothing",
                        ARGUMENT,
                        "interpolate: expected a size of at least 1 for dim 2; got 3 times 0.2. Use a larger factor.",
                        () -> Resampling.interpolate(signal, InterpolateOptions.ofFactors(0.2))),
                misuse(
                        "an empty image",
                        ARGUMENT,
                        "interpolate: expected at least one element in each dim but the first; got (1, 2, 0, 4)."
                                + " Drop empty inputs.",
                        () -> Resampling.interpolate(Tensor.ones(1, 2, 0, 4), InterpolateOptions.ofSizes(2))));
    }

    static Stream<Misuse> grids() {
        Tensor image = Tensor.ones(1, 2, 3, 4);
        GridSampleOptions options = GridSampleOptions.defaults();
        return Stream.of(
                misuse(
                        "a signal",
                        ARGUMENT,
                        "gridSample: expected an input of shape (N, C, H, W) or (N, C, D, H, W) for mode LINEAR; got"
                                + " (1, 2, 3). Add the dims that are missing with unsqueeze(0).",
                        () -> Resampling.gridSample(Tensor.ones(1, 2, 3), Tensor.ones(1, 2, 1))),
                misuse(
                        "a bicubic volume",
                        ARGUMENT,
                        "gridSample: expected an input of shape (N, C, H, W) for mode BICUBIC; got (1, 1, 2, 2, 2)."
                                + " Add the dims that are missing with unsqueeze(0).",
                        () -> Resampling.gridSample(
                                Tensor.ones(1, 1, 2, 2, 2),
                                Tensor.ones(1, 1, 1, 1, 3),
                                options.withMode(GridSampleOptions.Mode.BICUBIC))),
                misuse(
                        "a grid of three coordinates",
                        ARGUMENT,
                        "gridSample: expected a grid of shape (1, …, 2), of as many dims as the input (1, 2, 3, 4); got"
                                + " (1, 2, 2, 3). Give one position with as many coordinates as there are spatial dims"
                                + " for each result.",
                        () -> Resampling.gridSample(image, Tensor.ones(1, 2, 2, 3))),
                misuse(
                        "a grid of another type",
                        ARGUMENT,
                        "gridSample: expected a grid of the input's type float32; got float64. Convert it with to(…).",
                        () -> Resampling.gridSample(image, Tensor.ones(DataType.DOUBLE, 1, 2, 2, 2))),
                misuse(
                        "an empty image",
                        ARGUMENT,
                        "gridSample: expected an input with elements in each spatial dim; got (1, 2, 0, 4)."
                                + " Drop empty inputs.",
                        () -> Resampling.gridSample(Tensor.ones(1, 2, 0, 4), Tensor.ones(1, 2, 2, 2))),
                misuse(
                        "theta of another batch",
                        ARGUMENT,
                        "affineGrid: expected theta of shape (N, 2, 3) and a size (N, C, H, W), or (N, 3, 4) and"
                                + " (N, C, D, H, W); got (1, 2, 3) and (2, 1, 3, 3). Use the same N.",
                        () -> Resampling.affineGrid(Tensor.ones(1, 2, 3), options, 2, 1, 3, 3)),
                misuse(
                        "a size of three",
                        ARGUMENT,
                        "affineGrid: expected theta of shape (N, 2, 3) and a size (N, C, H, W), or (N, 3, 4) and"
                                + " (N, C, D, H, W); got (1, 2, 3) and (1, 3, 3). Use the same N.",
                        () -> Resampling.affineGrid(Tensor.ones(1, 2, 3), options, 1, 3, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"interpolations", "grids"})
    void aMisuseIsExplained(Misuse misuse) {
        misuse.assertAnswer();
    }
}
