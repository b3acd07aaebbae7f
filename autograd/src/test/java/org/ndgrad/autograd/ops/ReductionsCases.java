package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.dims;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Reductions}. */
final class ReductionsCases {

    private static final int[] ALL = {};

    private ReductionsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                reduction("sum", x -> Reductions.sum(x, ALL, KeepDim.NO)),
                reduction("sum", x -> Reductions.sum(x, new int[] {-1}, KeepDim.YES))
                        .as("over a dim"),
                row("sum", x -> Reductions.sum(x.get(0), new int[] {2, 0}, KeepDim.NO))
                        .as("over two dims")
                        .on(sample(ANY, 3, 4, 2))
                        .on(sample(ANY, 0, 4, 2))
                        .on(sample(ANY, 3, 0, 2)),
                dims("nansum", x -> Reductions.nansum(x, ALL, KeepDim.NO)).on(sample(ANY, 0, 3)),
                row("nansum", x -> Reductions.nansum(x.get(0).div(x.get(0).gt(0)), new int[] {0}, KeepDim.YES))
                        .as("with NaN and infinity")
                        .notDifferentiable()
                        .on(sample(ANY, 3, 4).detach().gt(0).to(DataType.INT64)),
                dims("countNonzero", x -> Reductions.countNonzero(x, ALL, KeepDim.YES))
                        .on(sample(ANY, 3, 0))
                        .notDifferentiable(),
                dims("mean", x -> Reductions.mean(x, ALL, KeepDim.NO)),
                row("mean", x -> Reductions.mean(x.get(0), new int[] {0}, KeepDim.YES))
                        .as("over a dim")
                        .on(sample(ANY, 3, 4)),
                dims("nanmean", x -> Reductions.nanmean(x, new int[] {-1}, KeepDim.YES)),
                reduction("prod", x -> Reductions.prod(x, ALL, KeepDim.NO)),
                row("prod", x -> Reductions.prod(x.get(0), new int[] {0, -1}, KeepDim.YES))
                        .as("over two dims")
                        .on(sample(ANY, 3, 2, 3))
                        .on(sample(ANY, 3, 2, 0)),
                dims("amax", x -> Reductions.amax(x, ALL, KeepDim.NO)),
                dims("amax", x -> Reductions.amax(x, new int[] {-1}, KeepDim.YES))
                        .as("over a dim"),
                dims("amin", x -> Reductions.amin(x, ALL, KeepDim.NO)),
                dims("amin", x -> Reductions.amin(x, new int[] {0}, KeepDim.NO)).as("over a dim"),
                dims("max", Reductions::max).as("of all"),
                dims("max", x -> Reductions.max(x, -1, KeepDim.NO).values()).as("values"),
                dims("max", x -> Reductions.max(x, 0, KeepDim.YES).indices())
                        .as("indices")
                        .notDifferentiable(),
                dims("min", Reductions::min).as("of all"),
                dims("min", x -> Reductions.min(x, -1, KeepDim.YES).values()).as("values"),
                dims("min", x -> Reductions.min(x, 0, KeepDim.NO).indices())
                        .as("indices")
                        .notDifferentiable(),
                dims("aminmax", x -> {
                    var both = Reductions.aminmax(x, new int[] {0}, KeepDim.NO);
                    return both.max().sub(both.min().mul(2));
                }),
                dims("argmax", x -> Reductions.argmax(x, 0, KeepDim.NO)).notDifferentiable(),
                dims("argmin", x -> Reductions.argmin(x, -1, KeepDim.YES)).notDifferentiable(),
                dims("argmax", Reductions::argmax).notDifferentiable().as("of all"),
                dims("argmin", Reductions::argmin).notDifferentiable().as("of all"),
                reduction("any", x -> Reductions.any(x, ALL, KeepDim.NO)).notDifferentiable(),
                reduction("all", x -> Reductions.all(x, new int[] {0}, KeepDim.YES))
                        .notDifferentiable(),
                reduction("logsumexp", x -> Reductions.logsumexp(x, new int[] {-1}, KeepDim.NO)),
                row("logsumexp", x -> Reductions.logsumexp(x.get(0), ALL, KeepDim.YES))
                        .as("over all dims")
                        .on(sample(ANY, 2, 3, 2)),
                row("var", x -> Reductions.var(x.get(0), ALL, 1, KeepDim.NO)).on(sample(ANY, 3, 4)),
                row("var", x -> Reductions.var(x.get(0), new int[] {1}, 0, KeepDim.YES))
                        .as("of a population")
                        .on(sample(ANY, 3, 4)),
                row("var", x -> Reductions.var(x.get(0), new int[] {0}, 1.5, KeepDim.NO))
                        .as("with half a correction")
                        .on(sample(ANY, 3, 2)),
                row("std", x -> Reductions.std(x.get(0), ALL, 1, KeepDim.NO)).on(sample(ANY, 3, 4)),
                row("std", x -> Reductions.std(x.get(0), new int[] {0, 2}, 0, KeepDim.YES))
                        .as("of a population")
                        .on(sample(ANY, 3, 2, 2)),
                dims("varMean", x -> {
                    var both = Reductions.varMean(x, ALL, 0.5, KeepDim.NO);
                    return both.var().mul(both.mean());
                }),
                row("stdMean", x -> {
                            var both = Reductions.stdMean(x.get(0), new int[] {1}, 1, KeepDim.YES);
                            return both.std().mul(both.mean());
                        })
                        .on(sample(ANY, 3, 4)),
                dims("norm", x -> Reductions.norm(x, 2, ALL, KeepDim.NO)),
                row("norm", x -> Reductions.norm(x.get(0), 1, new int[] {0}, KeepDim.YES))
                        .as("1")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 3, new int[] {1}, KeepDim.YES))
                        .as("3")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 1.5, ALL, KeepDim.YES))
                        .as("1.5")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), -2, ALL, KeepDim.YES))
                        .as("-2")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), Double.POSITIVE_INFINITY, new int[] {1}, KeepDim.NO))
                        .as("infinity")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), Double.NEGATIVE_INFINITY, ALL, KeepDim.NO))
                        .as("-infinity")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 0, new int[] {1}, KeepDim.NO))
                        .as("0")
                        .on(sample(ANY, 3, 4)),
                row("norm", x -> Reductions.norm(x.get(0), 2, new int[] {1}, KeepDim.NO))
                        .as("2 over a dim")
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 0)),
                row("norm", x -> Reductions.norm(x.get(0), 0.5, new int[] {0}, KeepDim.NO))
                        .as("0.5")
                        .on(sample(ANY, 3, 2)),
                row("sumToSize", x -> Reductions.sumToSize(x.get(0), 3, 1))
                        .on(sample(ANY, 2, 3, 4))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 0)));
    }

    /** A reduction that knows what nothing amounts to. */
    private static OpCase reduction(String name, UnaryOperator<Tensor> f) {
        return dims(name, f).on(sample(ANY, 0)).on(sample(ANY, 0, 3)).on(sample(ANY, 3, 0));
    }
}
