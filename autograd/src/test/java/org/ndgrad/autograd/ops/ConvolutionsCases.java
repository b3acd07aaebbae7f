package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Convolutions}. */
final class ConvolutionsCases {

    private static final Domain WEIGHTS = in(-1.3, 1.2);
    private static final ConvOptions PLAIN = ConvOptions.defaults();

    private ConvolutionsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("conv3d", x -> Convolutions.conv3d(x.get(0), x.get(1), x.get(2), 2, 1))
                        .as("by numbers")
                        .on(sample(ANY, 1, 2, 2, 3, 3), sample(WEIGHTS, 1, 2, 2, 3, 3), sample(ANY, 1)),
                row("conv2d", x -> Convolutions.conv2d(x.get(0), x.get(1), x.get(2), 2, 1))
                        .as("by numbers")
                        .on(sample(ANY, 1, 2, 3, 3), sample(WEIGHTS, 1, 2, 3, 3), sample(ANY, 1)),
                row("conv1d", x -> Convolutions.conv1d(x.get(0), x.get(1), x.get(2), 2, 1))
                        .as("by numbers")
                        .on(sample(ANY, 1, 2, 3), sample(WEIGHTS, 1, 2, 3), sample(ANY, 1)),
                row("conv1d", x -> Convolutions.conv1d(x.get(0), x.get(1)))
                        .on(sample(ANY, 2, 2, 4), sample(WEIGHTS, 3, 2, 2))
                        .on(sample(ANY, 0, 2, 4), sample(WEIGHTS, 3, 2, 2))
                        .on(sample(ANY, 2, 5), sample(WEIGHTS, 1, 2, 1)),
                row(
                                "conv1d",
                                x -> Convolutions.conv1d(
                                        x.get(0),
                                        x.get(1),
                                        x.get(2),
                                        PLAIN.withStride(2).withPadding(2).withDilation(2)))
                        .as("with a bias and options")
                        .on(sample(ANY, 1, 2, 5), sample(WEIGHTS, 2, 2, 3), sample(ANY, 2))
                        .on(sample(ANY, 2, 4), sample(WEIGHTS, 1, 2, 2), sample(ANY, 1)),
                row(
                                "conv1d",
                                x -> Convolutions.conv1d(
                                        x.get(0),
                                        x.get(1),
                                        PLAIN.withSamePadding().withGroups(2)))
                        .as("in groups of the same size")
                        .on(sample(ANY, 2, 2, 3), sample(WEIGHTS, 4, 1, 2)),
                row("conv2d", x -> Convolutions.conv2d(x.get(0), x.get(1)))
                        .on(sample(ANY, 2, 1, 3, 3), sample(WEIGHTS, 2, 1, 2, 2))
                        .on(sample(ANY, 2, 3, 2), sample(WEIGHTS, 2, 2, 1, 1)),
                row("conv2d", x -> Convolutions.conv2d(x.get(0), x.get(1), x.get(2), PLAIN.withPadding(1)))
                        .as("with a bias and padding")
                        .on(sample(ANY, 1, 2, 2, 3), sample(WEIGHTS, 1, 2, 3, 3), sample(ANY, 1))
                        .on(sample(ANY, 0, 2, 2, 3), sample(WEIGHTS, 1, 2, 3, 3), sample(ANY, 1)),
                row(
                                "conv2d",
                                x -> Convolutions.conv2d(
                                        x.get(0),
                                        x.get(1),
                                        PLAIN.withStride(2, 1)
                                                .withPadding(1, 2)
                                                .withDilation(1, 3)
                                                .withGroups(2)))
                        .as("with options")
                        .on(sample(ANY, 1, 2, 3, 2), sample(WEIGHTS, 2, 1, 2, 2)),
                row("conv3d", x -> Convolutions.conv3d(x.get(0), x.get(1)))
                        .on(sample(ANY, 1, 1, 2, 2, 3), sample(WEIGHTS, 2, 1, 2, 1, 2)),
                row(
                                "conv3d",
                                x -> Convolutions.conv3d(
                                        x.get(0),
                                        x.get(1),
                                        PLAIN.withPadding(0, 1, 0).withGroups(2)))
                        .as("in groups")
                        .on(sample(ANY, 1, 2, 2, 1, 2), sample(WEIGHTS, 2, 1, 1, 2, 2)),
                row(
                                "conv3d",
                                x -> Convolutions.conv3d(
                                        x.get(0),
                                        x.get(1),
                                        x.get(2),
                                        PLAIN.withStride(2).withPadding(1, 0, 1)))
                        .as("with a bias and options")
                        .on(sample(ANY, 1, 2, 2, 2), sample(WEIGHTS, 1, 1, 2, 2, 2), sample(ANY, 1)),
                row("convTranspose1d", x -> Convolutions.convTranspose1d(x.get(0), x.get(1)))
                        .on(sample(ANY, 2, 2, 3), sample(WEIGHTS, 2, 2, 2))
                        .on(sample(ANY, 0, 2, 3), sample(WEIGHTS, 2, 2, 2))
                        .on(sample(ANY, 1, 3), sample(WEIGHTS, 1, 2, 1)),
                row(
                                "convTranspose1d",
                                x -> Convolutions.convTranspose1d(
                                        x.get(0),
                                        x.get(1),
                                        x.get(2),
                                        PLAIN.withStride(2)
                                                .withPadding(1)
                                                .withOutputPadding(1)
                                                .withGroups(2)))
                        .as("with a bias and options")
                        .on(sample(ANY, 1, 2, 3), sample(WEIGHTS, 2, 2, 2), sample(ANY, 4)),
                row("convTranspose1d", x -> Convolutions.convTranspose1d(x.get(0), x.get(1), PLAIN.withStride(2)))
                        .as("with a stride")
                        .on(sample(ANY, 1, 2, 3), sample(WEIGHTS, 2, 1, 2)),
                row("convTranspose2d", x -> Convolutions.convTranspose2d(x.get(0), x.get(1)))
                        .on(sample(ANY, 2, 1, 2, 2), sample(WEIGHTS, 1, 2, 2, 1))
                        .on(sample(ANY, 2, 2, 2), sample(WEIGHTS, 2, 1, 1, 2)),
                row(
                                "convTranspose2d",
                                x -> Convolutions.convTranspose2d(
                                        x.get(0),
                                        x.get(1),
                                        x.get(2),
                                        PLAIN.withStride(1, 2)
                                                .withPadding(1)
                                                .withOutputPadding(1, 0)
                                                .withDilation(2, 1)))
                        .as("with a bias and options")
                        .on(sample(ANY, 1, 2, 2, 2), sample(WEIGHTS, 2, 1, 2, 2), sample(ANY, 1)),
                row("convTranspose2d", x -> Convolutions.convTranspose2d(x.get(0), x.get(1), PLAIN.withGroups(2)))
                        .as("in groups")
                        .on(sample(ANY, 1, 2, 2, 2), sample(WEIGHTS, 2, 1, 2, 1)),
                row("convTranspose3d", x -> Convolutions.convTranspose3d(x.get(0), x.get(1)))
                        .on(sample(ANY, 1, 1, 2, 2, 2), sample(WEIGHTS, 1, 2, 1, 2, 1)),
                row(
                                "convTranspose3d",
                                x -> Convolutions.convTranspose3d(x.get(0), x.get(1), PLAIN.withDilation(1, 2, 1)))
                        .as("with a dilation")
                        .on(sample(ANY, 1, 1, 2, 1, 2), sample(WEIGHTS, 1, 1, 1, 2, 2)),
                row(
                                "convTranspose3d",
                                x -> Convolutions.convTranspose3d(
                                        x.get(0),
                                        x.get(1),
                                        x.get(2),
                                        PLAIN.withStride(2, 1, 1).withPadding(0, 0, 1)))
                        .as("with a bias and options")
                        .on(sample(ANY, 1, 2, 1, 2), sample(WEIGHTS, 1, 1, 1, 2, 3), sample(ANY, 1)),
                row("unfold", x -> Convolutions.unfold(x.get(0), 2))
                        .as("of images")
                        .on(sample(ANY, 2, 1, 3, 3))
                        .on(sample(ANY, 0, 1, 3, 3))
                        .on(sample(ANY, 2, 2, 3)),
                row(
                                "unfold",
                                x -> Convolutions.unfold(
                                        x.get(0),
                                        new long[] {2, 3},
                                        PLAIN.withStride(2, 1).withPadding(1).withDilation(2, 1)))
                        .as("with options")
                        .on(sample(ANY, 1, 2, 3, 2)),
                row("fold", x -> Convolutions.fold(x.get(0), new long[] {2, 3}, new long[] {2, 2}, PLAIN))
                        .on(sample(ANY, 2, 8, 2))
                        .on(sample(ANY, 0, 8, 2))
                        .on(sample(ANY, 4, 2)),
                row(
                                "fold",
                                x -> Convolutions.fold(
                                        x.get(0),
                                        new long[] {3, 2},
                                        new long[] {2, 1},
                                        PLAIN.withStride(2, 1).withPadding(1, 0).withDilation(2, 1)))
                        .as("with options")
                        .on(sample(ANY, 1, 2, 4)));
    }
}
