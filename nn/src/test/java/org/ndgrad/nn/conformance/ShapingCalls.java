package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Diagonals;
import org.ndgrad.autograd.ops.Padding;
import org.ndgrad.autograd.ops.Rearranging;
import org.ndgrad.autograd.ops.Repeating;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.Windows;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that give the elements of one tensor another shape or order, or add some. */
final class ShapingCalls {

    private ShapingCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(shapes())
                .addAll(views())
                .addAll(diagonals())
                .addAll(copies())
                .build();
    }

    private static List<Row> shapes() {
        return ImmutableList.of(
                one("reshape", "Shaping.reshape", a -> Shaping.reshape(a.input(), sizes(a, "shape"))),
                one("view", "Shaping.view", a -> view(a)),
                one("ravel", "Shaping.ravel", a -> Shaping.ravel(a.input())),
                one(
                        "flatten",
                        "Shaping.flatten",
                        a -> Shaping.flatten(a.input(), a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1))),
                one(
                        "unflatten",
                        "Shaping.unflatten",
                        a -> Shaping.unflatten(a.input(), a.integer(1, "dim"), a.longs(2, "sizes"))),
                one("squeeze", "Shaping.squeeze", a -> squeeze(a)),
                one("unsqueeze", "Shaping.unsqueeze", a -> Shaping.unsqueeze(a.input(), a.integer(1, "dim"))),
                many("atleast_1d", "Shaping.atleast1d", a -> each(a, Shaping::atleast1d)),
                many("atleast_2d", "Shaping.atleast2d", a -> each(a, Shaping::atleast2d)),
                many("atleast_3d", "Shaping.atleast3d", a -> each(a, Shaping::atleast3d)),
                one("expand", "Shaping.expand", a -> Shaping.expand(a.input(), sizes(a, "size"))),
                one("broadcast_to", "Shaping.broadcastTo", a -> Shaping.broadcastTo(a.input(), sizes(a, "size"))),
                one("expand_as", "Shaping.expandAs", a -> Shaping.expandAs(a.input(), a.tensor(1, "other"))),
                one(
                        "to",
                        "Shaping.to",
                        a -> Shaping.to(a.input(), a.dtype(1, "dtype").orElseThrow())),
                one("clone", "Shaping.clone", a -> Shaping.clone(a.input())),
                one("contiguous", "Shaping.contiguous", a -> Shaping.contiguous(a.input())));
    }

    private static List<Row> views() {
        return ImmutableList.of(
                one("permute", "Shaping.permute", a -> Shaping.permute(a.input(), Arguments.ints(sizes(a, "dims")))),
                one(
                        "transpose",
                        "Shaping.transpose",
                        a -> Shaping.transpose(a.input(), a.integer(1, "dim0"), a.integer(2, "dim1"))),
                one("t", "Shaping.t", a -> Shaping.t(a.input())),
                one("T", "Shaping.t", a -> Shaping.t(a.input())),
                one("mT", "Shaping.mT", a -> Shaping.mT(a.input())),
                one(
                        "movedim",
                        "Shaping.movedim",
                        a -> Shaping.movedim(a.input(), a.dims(1, "source"), a.dims(2, "destination"))),
                one(
                        "narrow",
                        "Shaping.narrow",
                        a -> Shaping.narrow(
                                a.input(),
                                a.integer(1, "dim"),
                                a.scalar(2, "start").longValue(),
                                a.scalar(3, "length").longValue())),
                one(
                        "slice_copy",
                        "Shaping.slice",
                        a -> Shaping.slice(
                                a.input(),
                                a.integer(1, "dim", 0),
                                a.scalar(2, "start", 0).longValue(),
                                a.scalar(3, "end", Long.MAX_VALUE).longValue(),
                                a.scalar(4, "step", 1).longValue())),
                one("as_strided", "Windows.asStrided", a -> asStrided(a)),
                one(
                        "unfold",
                        "Windows.unfold",
                        a -> Windows.unfold(
                                a.input(), a.integer(1, "dimension"), a.integer(2, "size"), a.integer(3, "step"))));
    }

    private static List<Row> diagonals() {
        return ImmutableList.of(
                one("diag", "Diagonals.diag", a -> Diagonals.diag(a.input(), a.integer(1, "diagonal", 0))),
                one("diagflat", "Diagonals.diagflat", a -> Diagonals.diagflat(a.input(), a.integer(1, "offset", 0))),
                one(
                        "diag_embed",
                        "Diagonals.diagEmbed",
                        a -> Diagonals.diagEmbed(
                                a.input(),
                                a.integer(1, "offset", 0),
                                a.integer(2, "dim1", -2),
                                a.integer(3, "dim2", -1))),
                one(
                        "diagonal",
                        "Diagonals.diagonal",
                        a -> Diagonals.diagonal(
                                a.input(),
                                a.integer(1, "offset", 0),
                                a.integer(2, "dim1", 0),
                                a.integer(3, "dim2", 1))),
                one("trace", "Diagonals.trace", a -> Diagonals.trace(a.input())),
                one("tril", "Diagonals.tril", a -> Diagonals.tril(a.input(), a.integer(1, "diagonal", 0))),
                one("triu", "Diagonals.triu", a -> Diagonals.triu(a.input(), a.integer(1, "diagonal", 0))),
                one("block_diag", "Diagonals.blockDiag", a -> Diagonals.blockDiag(a.allTensors())));
    }

    private static List<Row> copies() {
        return ImmutableList.of(
                one("flip", "Shaping.flip", a -> flip(a)),
                one("fliplr", "Rearranging.fliplr", a -> Rearranging.fliplr(a.input())),
                one("flipud", "Rearranging.flipud", a -> Rearranging.flipud(a.input())),
                one("roll", "Rearranging.roll", a -> roll(a)),
                one("rot90", "Rearranging.rot90", a -> rot90(a)),
                one(
                        "nn.functional.pixel_shuffle",
                        "Rearranging.pixelShuffle",
                        a -> Rearranging.pixelShuffle(a.input(), a.integer(1, "upscale_factor"))),
                one(
                        "nn.functional.pixel_unshuffle",
                        "Rearranging.pixelUnshuffle",
                        a -> Rearranging.pixelUnshuffle(a.input(), a.integer(1, "downscale_factor"))),
                one(
                        "nn.functional.channel_shuffle",
                        "Rearranging.channelShuffle",
                        a -> Rearranging.channelShuffle(a.input(), a.integer(1, "groups"))),
                one("repeat", "Repeating.repeat", a -> Repeating.repeat(a.input(), sizes(a, "repeats"))),
                one("tile", "Repeating.tile", a -> Repeating.tile(a.input(), sizes(a, "dims"))),
                one("repeat_interleave", "Repeating.repeatInterleave", a -> repeatInterleave(a)),
                one(
                        "constant_pad_nd",
                        "Padding.pad",
                        a -> Padding.pad(a.input(), a.longs(1, "pad"), a.scalar(2, "value", 0))),
                one("nn.functional.pad", "Padding.pad", a -> pad(a)));
    }

    /** Returns the numbers that a method takes one by one or as a list. */
    private static long[] sizes(Arguments a, String name) {
        return a.optionalLongs(-1, name).orElseGet(() -> a.restLongs(1));
    }

    private static List<Tensor> each(Arguments a, UnaryOperator<Tensor> f) {
        return a.allTensors().stream().map(f).collect(ImmutableList.toImmutableList());
    }

    private static Tensor view(Arguments a) {
        if (a.value(1, "dtype").filter(DataType.class::isInstance).isPresent()) {
            throw new Calls.Unsupported("bits are not read as another type");
        }
        return Shaping.view(a.input(), sizes(a, "size"));
    }

    /** No dim named means all of them here, but none in PyTorch if it is an empty list. */
    private static Tensor squeeze(Arguments a) {
        int[] dims = a.dims(1, "dim");
        boolean none = a.isList(1, "dim") && dims.length == 0;
        return none ? Shaping.reshape(a.input(), a.input().shape()) : Shaping.squeeze(a.input(), dims);
    }

    /** No dim named means all of them here, but none in PyTorch. */
    private static Tensor flip(Arguments a) {
        int[] dims = Arguments.ints(sizes(a, "dims"));
        return dims.length == 0 ? Shaping.clone(a.input()) : Shaping.flip(a.input(), dims);
    }

    /**
     * Inputs are contiguous here. Where PyTorch's was a view, the window may have shown what the file does not hold.
     */
    private static Tensor asStrided(Arguments a) {
        long[] shape = a.longs(1, "size");
        long[] strides = a.longs(2, "stride");
        if (!a.has(3, "storage_offset")) {
            return Windows.asStrided(a.input(), shape, strides);
        }
        long offset = a.scalar(3, "storage_offset").longValue();
        if (offset >= a.input().numel()) {
            throw new Calls.Unsupported("the window begins outside the input, which was a view of unknown memory");
        }
        return Windows.asStrided(a.input(), shape, strides, offset);
    }

    private static Tensor roll(Arguments a) {
        long[] shifts = a.longs(1, "shifts");
        int[] dims = a.dims(2, "dims");
        return dims.length == 0 && shifts.length == 1
                ? Rearranging.roll(a.input(), shifts[0])
                : Rearranging.roll(a.input(), shifts, dims);
    }

    private static Tensor rot90(Arguments a) {
        int[] dims = a.has(2, "dims") ? a.dims(2, "dims") : new int[] {0, 1};
        return Rearranging.rot90(a.input(), a.integer(1, "k", 1), dims[0], dims[1]);
    }

    /** An output_size only tells beforehand what the counts add up to. */
    private static Tensor repeatInterleave(Arguments a) {
        if (!a.has(1, "repeats")) {
            return Repeating.repeatInterleave(a.input());
        }
        Tensor x = a.has(2, "dim") ? a.input() : a.input().flatten();
        int dim = a.integer(2, "dim", 0);
        return a.isTensor(1, "repeats")
                ? Repeating.repeatInterleave(x, a.tensor(1, "repeats"), dim)
                : Repeating.repeatInterleave(x, a.integer(1, "repeats"), dim);
    }

    private static Tensor pad(Arguments a) {
        long[] pads = a.longs(1, "pad");
        return switch (a.text(2, "mode", "constant")) {
            case "constant" -> Padding.pad(a.input(), pads, a.scalar(3, "value", 0));
            case "reflect" -> Padding.pad(a.input(), pads, Padding.Mode.REFLECT);
            case "replicate" -> Padding.pad(a.input(), pads, Padding.Mode.REPLICATE);
            case "circular" -> Padding.pad(a.input(), pads, Padding.Mode.CIRCULAR);
            default -> throw new Calls.Unsupported("unknown mode " + a.text(2, "mode", ""));
        };
    }
}
