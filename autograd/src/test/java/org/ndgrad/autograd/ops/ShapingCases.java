package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Shaping}. */
final class ShapingCases {

    private ShapingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("reshapeAs", x -> Shaping.reshapeAs(x.get(0), Tensor.zeros(2, 6)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 12)),
                row("viewAs", x -> Shaping.viewAs(x.get(0).clone(), Tensor.zeros(2, 6)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 12)),
                row("broadcastTo", x -> Shaping.broadcastTo(x.get(0), 2, 3, 4))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY)),
                row("expandAs", x -> Shaping.expandAs(x.get(0), Tensor.zeros(2, 3, 4)))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY)),
                unary("typeAs", x -> Shaping.typeAs(x, x), ANY),
                row("reshape", x -> Shaping.reshape(x.get(0), 2, -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 0, 3)),
                unary("reshape", x -> Shaping.reshape(x, 1, -1), ANY).as("to a row"),
                row("reshape", x -> Shaping.reshape(x.get(0))).as("to a scalar").on(sample(ANY, 1, 1)),
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
                unary("flatten", x -> Shaping.flatten(x, 0, -1), ANY),
                row("flatten", x -> Shaping.flatten(x.get(0), 1, 2))
                        .as("two dims")
                        .on(sample(ANY, 2, 3, 2, 2)),
                row("permute", x -> Shaping.permute(x.get(0), 2, 0, -2))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0, 2)),
                row("permute", x -> Shaping.permute(x.get(0))).as("a scalar").on(sample(ANY)),
                unary("transpose", x -> Shaping.transpose(x, 0, -1), ANY),
                row("t", x -> Shaping.t(x.get(0)))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3))
                        .on(sample(ANY)),
                row("mT", x -> Shaping.mT(x.get(0)))
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 0, 3)),
                row("movedim", x -> Shaping.movedim(x.get(0), new int[] {-1, 0}, new int[] {0, 2}))
                        .on(sample(ANY, 2, 3, 2))
                        .on(sample(ANY, 2, 0, 3)),
                unary("movedim", x -> Shaping.movedim(x, 0, -1), ANY).as("one"),
                row("squeeze", x -> Shaping.squeeze(x.get(0)))
                        .on(sample(ANY, 1, 3, 1))
                        .on(sample(ANY)),
                row("squeeze", x -> Shaping.squeeze(x.get(0), 0, 1))
                        .as("named dims")
                        .on(sample(ANY, 1, 3, 1)),
                unary("unsqueeze", x -> Shaping.unsqueeze(x, -1), ANY),
                unary("atleast1d", Shaping::atleast1d, ANY),
                unary("atleast2d", Shaping::atleast2d, ANY),
                unary("atleast3d", Shaping::atleast3d, ANY),
                row("expand", x -> Shaping.expand(x.get(0), 2, 3, -1))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY, 4))
                        .on(sample(ANY, 2, 1, 0)),
                row("slice", x -> Shaping.slice(x.get(0), -1, 1, 9, 2))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 5))
                        .on(sample(ANY, 3, 1))
                        .on(sample(ANY, 0, 3)),
                row("slice", x -> Shaping.slice(x.get(0), 0, -3, -1, 1))
                        .as("from the end")
                        .on(sample(ANY, 4, 2)),
                row("narrow", x -> Shaping.narrow(x.get(0), -1, -3, 2))
                        .on(sample(ANY, 2, 4))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 0, 3)),
                row("select", x -> Shaping.select(x.get(0), 1, -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 0, 2)),
                row("select", x -> Shaping.select(x.get(0), 0, 1))
                        .as("of a vector")
                        .on(sample(ANY, 3)),
                unary("flip", x -> Shaping.flip(x), ANY),
                row("flip", x -> Shaping.flip(x.get(0), 0, -1)).as("two dims").on(sample(ANY, 2, 3, 2)),
                unary("clone", Shaping::clone, ANY),
                unary("contiguous", Shaping::contiguous, ANY),
                row("contiguous", x -> Shaping.contiguous(x.get(0).t()))
                        .as("of a view")
                        .on(sample(ANY, 3, 4)),
                unary("to", x -> Shaping.to(x, x.dtype()), ANY).as("its own type"),
                unary("to", x -> Shaping.to(x, DataType.INT64), ANY).as("int64").notDifferentiable());
    }
}
