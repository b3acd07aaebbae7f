package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of shapes, windows and pads is answered with. */
class ShapingErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> INDEX = IndexOutOfBoundsException.class;

    static Stream<Misuse> shapes() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "a view that would have to copy",
                        ARGUMENT,
                        "view: expected a shape that joins only neighbors in memory; got (6) for a view of shape (3, 2)."
                                + " Use reshape, which copies where needed, or call contiguous() first.",
                        () -> Shaping.view(x.t(), 6)),
                misuse(
                        "too few dims to permute",
                        ARGUMENT,
                        "permute: expected each of the 2 dims once; got [1]. Name all of them.",
                        () -> x.permute(1)),
                misuse(
                        "more sources than destinations",
                        ARGUMENT,
                        "movedim: expected a destination per source; got [0, 1] and [1]. Give as many of both.",
                        () -> Shaping.movedim(x, new int[] {0, 1}, new int[] {1})),
                misuse(
                        "a piece beyond the end",
                        INDEX,
                        "narrow: expected a start and a length within the 3 indices of dim 1; got -1 and 2. Choose fewer,"
                                + " or use slice.",
                        () -> Shaping.narrow(x, 1, -1, 2)),
                misuse(
                        "a diagonal of one dim",
                        ARGUMENT,
                        "diagonal: expected two different dims; got 1 and -1. Name two.",
                        () -> Diagonals.diagonal(x, 0, 1, -1)),
                misuse(
                        "a triangle of a vector",
                        ARGUMENT,
                        "tril: expected at least 2 dims; got shape (3). Reshape it to matrices.",
                        () -> Diagonals.tril(Tensor.ones(3), 0)),
                misuse(
                        "grids of two types",
                        ARGUMENT,
                        "meshgrid: expected operands of one type; got float32 and int64. Convert one with to(…).",
                        () -> Grids.meshgrid(List.of(Tensor.ones(2), Tensor.arange(2)), Grids.Indexing.IJ)),
                misuse(
                        "a scalar among vectors to join",
                        ARGUMENT,
                        "cat: expected at least 1 dim; got a scalar. Use stack.",
                        () -> Joining.cat(List.of(Tensor.ones(2), Tensor.of(1.0)), 0)));
    }

    static Stream<Misuse> windows() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "a window that leaves the memory",
                        ARGUMENT,
                        "asStrided: expected a window within the 6 elements of the memory; got shape (2, 2) with strides"
                                + " (3, 1) from element 2 on. Reduce sizes, strides or offset.",
                        () -> Windows.asStrided(x, new long[] {2, 2}, new long[] {3, 1}, 2)
                                .slice(0, 0, 1)),
                misuse(
                        "a window larger than can be counted",
                        ARGUMENT,
                        "asStrided: expected a window within the 6 elements of the memory; got shape (5) with strides"
                                + " (4611686018427387904) from element 0 on. Reduce sizes, strides or offset.",
                        () -> Windows.asStrided(x, new long[] {5}, new long[] {1L << 62})),
                misuse(
                        "a window backwards",
                        ARGUMENT,
                        "asStrided: expected strides and an offset of at least 0; got (-1) and 2. Use flip to go"
                                + " backwards.",
                        () -> Windows.asStrided(x, new long[] {2}, new long[] {-1}, 2)),
                misuse(
                        "a window of nothing",
                        ARGUMENT,
                        "asStrided: expected a window within the 0 elements of the memory; got shape (1) with strides (1)"
                                + " from element 0 on. Reduce sizes, strides or offset.",
                        () -> Windows.asStrided(Tensor.zeros(0), new long[] {1}, new long[] {1})),
                misuse(
                        "windows wider than the dim",
                        ARGUMENT,
                        "unfold: expected a window of 0 to 3 indices, the size of dim 1; got 4. Pad x or use a smaller"
                                + " one.",
                        () -> Windows.unfold(x, 1, 4, 1)),
                misuse(
                        "windows that stand still",
                        ARGUMENT,
                        "unfold: expected a step of at least 1; got 0. Give a distance.",
                        () -> Windows.unfold(x, 1, 2, 0)));
    }

    static Stream<Misuse> elements() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "an odd number of pads",
                        ARGUMENT,
                        "pad: expected a pair of pads for at most 2 dims; got [1]. Begin with the last dim.",
                        () -> Padding.pad(x, new long[] {1}, 0)),
                misuse(
                        "more cut off than there is",
                        ARGUMENT,
                        "pad: expected to cut off at most the 3 indices of dim 1; got pads -2 and -2. Cut less.",
                        () -> Padding.pad(x, new long[] {-2, -2}, Padding.Mode.REPLICATE)),
                misuse(
                        "a reflection as wide as the dim",
                        ARGUMENT,
                        "pad: expected pads of at most 2 for a dim of 3 indices in mode REFLECT; got 3 and 0. Pad less, or"
                                + " several times.",
                        () -> Padding.pad(x, new long[] {3, 0}, Padding.Mode.REFLECT)),
                misuse(
                        "too few repetitions",
                        ARGUMENT,
                        "repeat: expected a count of at least 0 for each of the 2 dims; got [2]. Use tile for the last"
                                + " dims only.",
                        () -> Repeating.repeat(x, 2)),
                misuse(
                        "repetitions by fractions",
                        ARGUMENT,
                        "repeatInterleave: expected an integral vector of counts; got float32 of shape (2). Convert with"
                                + " to(DataType.INT64).",
                        () -> Repeating.repeatInterleave(x, Tensor.ones(2), 0)),
                misuse(
                        "negative repetitions",
                        ARGUMENT,
                        "repeatInterleave: expected counts of at least 0; got -1. Clamp them.",
                        () -> Repeating.repeatInterleave(x, Tensor.of(1, -1), 0)),
                misuse(
                        "shifts for fewer dims",
                        ARGUMENT,
                        "roll: expected a shift per dim; got [1, 2] for [0]. Give as many of both, or one shift for all"
                                + " elements.",
                        () -> Rearranging.roll(x, new long[] {1, 2}, new int[] {0})),
                misuse(
                        "channels that fill no square",
                        ARGUMENT,
                        "pixelShuffle: expected channels in multiples of 4; got 2 in shape (2, 3, 1). Change their"
                                + " number.",
                        () -> Rearranging.pixelShuffle(Tensor.zeros(DataType.DOUBLE, 2, 3, 1), 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"shapes", "windows", "elements"})
    void aMisuseIsAnsweredWithWhatWasExpectedWhatCameAndTheWayOut(Misuse misuse) {
        misuse.assertAnswer();
    }
}
