package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.indices;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Shaping;

/** The rows of the operations that see whole dims: reductions, shapes, indices, products. */
final class StructureCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain OTHER = in(-1.9, 2.2);
    private static final int[] ALL = {};

    private StructureCases() {}

    static Stream<OpCase> reductions() {
        return Stream.of(
                reduction("sum", x -> Reductions.sum(x, ALL, false)),
                reduction("sum", x -> Reductions.sum(x, new int[] {-1}, true)).as("over a dim"),
                row("sum", x -> Reductions.sum(x.get(0), new int[] {2, 0}, false))
                        .as("over two dims")
                        .on(sample(ANY, 3, 4, 2))
                        .on(sample(ANY, 0, 4, 2))
                        .on(sample(ANY, 3, 0, 2)),
                nonEmpty("mean", x -> Reductions.mean(x, ALL, false)),
                row("mean", x -> Reductions.mean(x.get(0), new int[] {0}, true))
                        .as("over a dim")
                        .on(sample(ANY, 3, 4)),
                reduction("prod", x -> Reductions.prod(x, ALL, false)),
                row("prod", x -> Reductions.prod(x.get(0), new int[] {0, -1}, true))
                        .as("over two dims")
                        .on(sample(ANY, 3, 2, 3))
                        .on(sample(ANY, 3, 2, 0)),
                nonEmpty("amax", x -> Reductions.amax(x, ALL, false)),
                nonEmpty("amax", x -> Reductions.amax(x, new int[] {-1}, true)).as("over a dim"),
                nonEmpty("amin", x -> Reductions.amin(x, ALL, false)),
                nonEmpty("amin", x -> Reductions.amin(x, new int[] {0}, false)).as("over a dim"),
                nonEmpty("max", x -> Reductions.max(x, -1, false).values()).as("values"),
                nonEmpty("max", x -> Reductions.max(x, 0, true).indices())
                        .as("indices")
                        .notDifferentiable(),
                nonEmpty("min", x -> Reductions.min(x, -1, true).values()).as("values"),
                nonEmpty("min", x -> Reductions.min(x, 0, false).indices())
                        .as("indices")
                        .notDifferentiable(),
                nonEmpty("argMax", x -> Reductions.argMax(x, 0, false)).notDifferentiable(),
                nonEmpty("argMin", x -> Reductions.argMin(x, -1, true)).notDifferentiable(),
                reduction("any", x -> Reductions.any(x, ALL, false)).notDifferentiable(),
                reduction("all", x -> Reductions.all(x, new int[] {0}, true)).notDifferentiable(),
                reduction("logSumExp", x -> Reductions.logSumExp(x, new int[] {-1}, false)),
                row("logSumExp", x -> Reductions.logSumExp(x.get(0), ALL, true))
                        .as("over all dims")
                        .on(sample(ANY, 2, 3, 2)),
                row("var", x -> Reductions.var(x.get(0), ALL, 1, false)).on(sample(ANY, 3, 4)),
                row("var", x -> Reductions.var(x.get(0), new int[] {1}, 0, true))
                        .as("of a population")
                        .on(sample(ANY, 3, 4)),
                row("std", x -> Reductions.std(x.get(0), ALL, 1, false)).on(sample(ANY, 3, 4)),
                row("std", x -> Reductions.std(x.get(0), new int[] {0, 2}, 0, true))
                        .as("of a population")
                        .on(sample(ANY, 3, 2, 2)),
                nonEmpty("norm", x -> Reductions.norm(x, 2, ALL, false)),
                row("norm", x -> Reductions.norm(x.get(0), 1, new int[] {0}, true))
                        .as("1")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 3, new int[] {1}, true))
                        .as("3")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 1.5, ALL, true))
                        .as("1.5")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), -2, ALL, true))
                        .as("-2")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), Double.POSITIVE_INFINITY, new int[] {1}, false))
                        .as("infinity")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), Double.NEGATIVE_INFINITY, ALL, false))
                        .as("-infinity")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 0, new int[] {1}, false))
                        .as("0")
                        .on(sample(ANY, 3, 4)),
                row("sumTo", x -> Reductions.sumTo(x.get(0), 3, 1))
                        .on(sample(ANY, 2, 3, 4))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 0)),
                row("softmax", x -> Activations.softmax(x.get(0), -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY))
                        .on(sample(ANY, 3, 0)),
                row("softmax", x -> Activations.softmax(x.get(0), 0))
                        .as("over dim 0")
                        .on(sample(ANY, 3, 2, 2)),
                row("logSoftmax", x -> Activations.logSoftmax(x.get(0), -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY))
                        .on(sample(ANY, 3, 0)),
                row("logSoftmax", x -> Activations.logSoftmax(x.get(0), 1))
                        .as("over dim 1")
                        .on(sample(ANY, 3, 2, 2)));
    }

    /** A reduction that knows what nothing amounts to. */
    private static OpCase reduction(String name, Function<Tensor, Tensor> f) {
        return nonEmpty(name, f).on(sample(ANY, 0)).on(sample(ANY, 0, 3)).on(sample(ANY, 3, 0));
    }

    private static OpCase nonEmpty(String name, Function<Tensor, Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 4))
                .on(sample(ANY))
                .on(sample(ANY, 5))
                .on(sample(ANY, 2, 2, 3));
    }

    static Stream<OpCase> shapes() {
        return Stream.of(
                row("reshape", x -> Shaping.reshape(x.get(0), 2, -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 2))
                        .on(sample(ANY, 0, 3)),
                unary("reshape", x -> Shaping.reshape(x, 1, -1), ANY).as("to a row"),
                row("reshape", x -> Shaping.reshape(x.get(0))).as("to a scalar").on(sample(ANY, 1, 1)),
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
                row("squeeze", x -> Shaping.squeeze(x.get(0)))
                        .on(sample(ANY, 1, 3, 1))
                        .on(sample(ANY)),
                row("squeeze", x -> Shaping.squeeze(x.get(0), 0, 1))
                        .as("named dims")
                        .on(sample(ANY, 1, 3, 1)),
                unary("unsqueeze", x -> Shaping.unsqueeze(x, -1), ANY),
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

    static Stream<OpCase> joining() {
        return Stream.of(
                row("cat", x -> Joining.cat(x, -1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 1), sample(ANY, 2, 2))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 2, 0), sample(ANY, 2, 3)),
                row("stack", x -> Joining.stack(x, 1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 0, 3), sample(OTHER, 0, 3)),
                row("stack", x -> Joining.stack(x, 0)).as("scalars").on(sample(ANY), sample(OTHER)),
                row("split", x -> weighted(Joining.split(x.get(0), 2, 0)))
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY, 2, 2)),
                row("split", x -> weighted(Joining.split(x.get(0), new long[] {1, 0, 3}, 1)))
                        .as("into sizes")
                        .on(sample(ANY, 2, 4)),
                row("chunk", x -> weighted(Joining.chunk(x.get(0), 2, -1))).on(sample(ANY, 2, 5)),
                row("unbind", x -> weighted(Joining.unbind(x.get(0), 0)))
                        .on(sample(ANY, 3, 2))
                        .on(sample(ANY, 3)));
    }

    /** Adds up pieces, each counted differently. */
    static Tensor weighted(List<Tensor> pieces) {
        Tensor sum = Tensor.zeros(DataType.FLOAT);
        for (int i = 0; i < pieces.size(); i++) {
            sum = sum.add(pieces.get(i).square().sum().mul(i + 1.5));
        }
        return sum;
    }

    static Stream<OpCase> indexing() {
        return Stream.of(
                row("gather", x -> Indexing.gather(x.get(0), 1, x.get(1)))
                        .on(sample(ANY, 3, 4), indices(0, 3, 1, 1, 1, 2).reshape(3, 2))
                        .on(sample(ANY, 3, 4), indices(0, 0, 2, 1, 3).reshape(1, 5))
                        .on(sample(ANY, 3, 4), Tensor.zeros(DataType.INT64, 0, 2)),
                row("gather", x -> Indexing.gather(x.get(0), 0, x.get(1)))
                        .as("of a vector")
                        .on(sample(ANY, 3), indices(2, 2, 0, 2)),
                row("scatterAdd", x -> Indexing.scatterAdd(x.get(0), 1, x.get(1), x.get(2)))
                        .on(sample(ANY, 3, 4), indices(0, 3, 1, 1, 1, 2).reshape(3, 2), sample(OTHER, 3, 2))
                        .on(sample(ANY, 3, 4), indices(0, 0).reshape(1, 2), sample(OTHER, 3, 4)),
                row("indexSelect", x -> Indexing.indexSelect(x.get(0), 0, x.get(1)))
                        .on(sample(ANY, 3, 4), indices(2, 0, 2))
                        .on(sample(ANY, 3), indices(1, 1))
                        .on(sample(ANY, 3, 2), Tensor.zeros(DataType.INT64, 0)),
                row("indexSelect", x -> Indexing.indexSelect(x.get(0), -1, x.get(1)))
                        .as("along the last dim")
                        .on(sample(ANY, 2, 3, 4), indices(2, 0, 2)),
                row("oneHot", x -> Indexing.oneHot(x.get(0), 4))
                        .notDifferentiable()
                        .on(indices(2, 0, 3))
                        .on(indices(2, 0, 3, 1).reshape(2, 2))
                        .on(Tensor.zeros(DataType.INT64)));
    }

    static Stream<OpCase> products() {
        return Stream.of(
                row("matmul", x -> LinearAlgebra.matmul(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 4), sample(OTHER, 4))
                        .on(sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 2, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 3, 4), sample(OTHER, 2, 4, 2))
                        .on(sample(ANY, 2, 1, 3, 4), sample(OTHER, 3, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(OTHER, 2, 4, 3))
                        .on(sample(ANY, 3, 0), sample(OTHER, 0, 2))
                        .on(sample(ANY, 0, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 0, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 0), sample(OTHER, 0)),
                row("dot", x -> LinearAlgebra.dot(x.get(0), x.get(1)))
                        .on(sample(ANY, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0), sample(OTHER, 0)),
                row("outer", x -> LinearAlgebra.outer(x.get(0), x.get(1)))
                        .on(sample(ANY, 3), sample(OTHER, 4))
                        .on(sample(ANY, 0), sample(OTHER, 4)));
    }
}
