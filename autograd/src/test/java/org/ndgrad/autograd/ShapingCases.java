package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.indices;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;

import com.google.common.collect.Streams;
import java.util.stream.Stream;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Diagonals;
import org.ndgrad.autograd.ops.Padding;
import org.ndgrad.autograd.ops.Rearranging;
import org.ndgrad.autograd.ops.Repeating;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.Windows;

/** The rows of other shapes and views, diagonals, padding, repetitions. */
final class ShapingCases {

    private static final Domain ANY = in(-2.1, 2.3);

    private ShapingCases() {}

    static Stream<OpCase> rows() {
        return Streams.concat(shapes(), windows(), diagonals(), rearranging(), repeating(), padding());
    }

    private static Stream<OpCase> shapes() {
        return Stream.of(
                row("view", x -> Shaping.view(x.get(0).clone(), 2, -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 0, 3)),
                row("view", x -> Shaping.view(Shaping.transpose(x.get(0).clone(), 0, 1), 2, 2, 3, 1))
                        .as("that divides a view's dim")
                        .on(sample(ANY, 3, 4)),
                unary("ravel", Shaping::ravel, ANY),
                row("unflatten", x -> Shaping.unflatten(x.get(0), 1, 2, -1))
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 0, 2)),
                row("mT", x -> Shaping.mT(x.get(0)))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 0, 3)),
                row("moveDim", x -> Shaping.moveDim(x.get(0), new int[] {-1, 0}, new int[] {0, 2}))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0, 3)),
                unary("moveDim", x -> Shaping.moveDim(x, 0, -1), ANY).as("one"),
                unary("atLeast1d", Shaping::atLeast1d, ANY),
                unary("atLeast2d", Shaping::atLeast2d, ANY),
                unary("atLeast3d", Shaping::atLeast3d, ANY),
                row("narrow", x -> Shaping.narrow(x.get(0), -1, -3, 2))
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0, 3)));
    }

    private static Stream<OpCase> windows() {
        return Stream.of( // what lies in memory depends on the layout, hence the copies
                row("asStrided", x -> Windows.asStrided(x.get(0).clone(), new long[] {2, 3}, new long[] {3, 2}, 1))
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 12)),
                row("asStrided", x -> Windows.asStrided(x.get(0).clone(), new long[] {3, 2}, new long[] {1, 1}))
                        .as("overlapping")
                        .on(sample(ANY, 4))
                        .on(sample(ANY, 2, 3)),
                row(
                                "asStrided",
                                x -> Windows.asStrided(
                                        x.get(0).clone().slice(0, 1, 3).transpose(0, 1),
                                        new long[] {2, 3},
                                        new long[] {1, 2}))
                        .as("of a view")
                        .on(sample(ANY, 4, 3)),
                row(
                                "asStrided",
                                x -> Windows.asStrided(
                                        x.get(0).clone().expand(3, 2, 2), new long[] {3}, new long[] {1}))
                        .as("of an expanded tensor")
                        .on(sample(ANY, 2, 2)),
                row("asStrided", x -> Windows.asStrided(x.get(0), new long[] {0, 2}, new long[] {1, 1}))
                        .as("of nothing")
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 0)),
                row("unfold", x -> Windows.unfold(x.get(0), 0, 2, 1))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 4))
                        .on(sample(ANY, 2, 0)),
                row("unfold", x -> Windows.unfold(x.get(0), -1, 1, 2))
                        .as("with gaps")
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY)));
    }

    private static Stream<OpCase> diagonals() {
        return Stream.of(
                row("diagonal", x -> Diagonals.diagonal(x.get(0)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 0, 2)),
                row("diagonal", x -> Diagonals.diagonal(x.get(0), -1, 2, 0))
                        .as("below, of other dims")
                        .on(sample(ANY, 2, 2, 3))
                        .on(sample(ANY, 3, 1, 2)),
                row("diagonal", x -> Diagonals.diagonal(x.get(0), 5, 0, 1))
                        .as("outside")
                        .on(sample(ANY, 2, 3)),
                unary("diagEmbed", x -> Diagonals.diagEmbed(Shaping.atLeast1d(x)), ANY),
                row("diagEmbed", x -> Diagonals.diagEmbed(x.get(0), -1, 2, 0))
                        .as("below, in other dims")
                        .on(sample(ANY, 2, 2)),
                row("diag", x -> Diagonals.diag(x.get(0), 1))
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0))
                        .on(sample(ANY, 2, 0)),
                unary("diagflat", x -> Diagonals.diagflat(x, -1), ANY),
                row("trace", x -> Diagonals.trace(x.get(0)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY, 0, 2)),
                row("tril", x -> Diagonals.tril(x.get(0), 0))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0)),
                row("triu", x -> Diagonals.triu(x.get(0), -1))
                        .on(sample(ANY, 4, 3))
                        .on(sample(ANY, 2, 3, 1))
                        .on(sample(ANY, 0, 2)),
                row("blockDiag", Diagonals::blockDiag)
                        .on(sample(ANY, 2, 3), sample(ANY, 2), sample(ANY))
                        .on(sample(ANY, 0), sample(ANY, 1, 2))
                        .on(sample(ANY, 2, 2)));
    }

    private static Stream<OpCase> rearranging() {
        return Stream.of(
                unary("roll", x -> Rearranging.roll(x, -7), ANY),
                row("roll", x -> Rearranging.roll(x.get(0), new long[] {1, -4}, new int[] {0, -1}))
                        .as("two dims")
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0)),
                row("rot90", x -> Rearranging.rot90(x.get(0)))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 0)),
                row("rot90", x -> Rearranging.rot90(x.get(0), 2, 0, 1))
                        .as("half")
                        .on(sample(ANY, 2, 3)),
                row("rot90", x -> Rearranging.rot90(x.get(0), -1, 2, 0))
                        .as("back")
                        .on(sample(ANY, 2, 2, 3)),
                row("rot90", x -> Rearranging.rot90(x.get(0), -4, 0, 1))
                        .as("fully")
                        .on(sample(ANY, 2, 3)),
                row("fliplr", x -> Rearranging.fliplr(x.get(0))).on(sample(ANY, 2, 3, 2)),
                row("flipud", x -> Rearranging.flipud(x.get(0)))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 3)),
                row("pixelShuffle", x -> Rearranging.pixelShuffle(x.get(0), 2))
                        .on(sample(ANY, 4, 2, 1))
                        .on(sample(ANY, 2, 4, 1, 2))
                        .on(sample(ANY, 0, 2, 2)),
                row("pixelUnshuffle", x -> Rearranging.pixelUnshuffle(x.get(0), 2))
                        .on(sample(ANY, 1, 2, 4))
                        .on(sample(ANY, 2, 1, 2, 2))
                        .on(sample(ANY, 2, 0, 2)));
    }

    private static Stream<OpCase> repeating() {
        return Stream.of(
                row("repeat", x -> Repeating.repeat(x.get(0), 2, 1, 3))
                        .on(sample(ANY, 2, 2))
                        .on(sample(ANY))
                        .on(sample(ANY, 0, 1, 2)),
                row("repeat", x -> Repeating.repeat(x.get(0), 1, 1)).as("once").on(sample(ANY, 2, 2)),
                row("repeat", x -> Repeating.repeat(x.get(0), 0, 2))
                        .as("not at all")
                        .on(sample(ANY, 3)),
                unary("tile", x -> Repeating.tile(x, 2), ANY),
                unary("repeatInterleave", x -> Repeating.repeatInterleave(x, 2, -1), ANY),
                row("repeatInterleave", x -> Repeating.repeatInterleave(x.get(0), x.get(1), 1))
                        .as("by counts")
                        .on(sample(ANY, 2, 3), indices(2, 0, 1))
                        .on(sample(ANY, 2, 2), indices(2))
                        .on(sample(ANY, 2, 0), indices()),
                row("repeatInterleave", x -> Repeating.repeatInterleave(x.get(0)))
                        .as("indices")
                        .notDifferentiable()
                        .on(indices(2, 0, 3)));
    }

    private static Stream<OpCase> padding() {
        return Stream.of(
                row("pad", x -> Padding.pad(x.get(0), new long[] {1, 2, -1, 1}, 1.5))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 2, 1))
                        .on(sample(ANY, 0, 2, 0)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {}, 3))
                        .as("nothing")
                        .on(sample(ANY)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {-3, 1}, Padding.Mode.ZEROS))
                        .as("zeros, cutting off all")
                        .on(sample(ANY, 2, 3)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {2, 1, -1, 1}, Padding.Mode.REFLECT))
                        .as("reflect")
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 1, 2, 3))
                        .on(sample(ANY, 0, 2, 3)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {2, -1, -2, 3}, Padding.Mode.REPLICATE))
                        .as("replicate")
                        .on(sample(ANY, 2, 2))
                        .on(sample(ANY, 0, 2, 2)),
                row("pad", x -> Padding.pad(x.get(0), new long[] {3, 1, -1, 1}, Padding.Mode.CIRCULAR))
                        .as("circular")
                        .on(sample(ANY, 3, 3))
                        .on(sample(ANY, 1, 2, 3)));
    }
}
