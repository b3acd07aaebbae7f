package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;

import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.CovarianceOptions;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Statistics;

/** The rows of the reductions that ignore NaN, give several outputs or compare variables; see {@link StructureCases}. */
final class ReductionCases {

    static final Domain ANY = in(-2.1, 2.3);
    static final int[] ALL = {};

    private ReductionCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                dims("nanSum", x -> Reductions.nanSum(x, ALL, false)).on(sample(ANY, 0, 3)),
                row("nanSum", x -> Reductions.nanSum(x.get(0).div(x.get(0).gt(0)), new int[] {0}, true))
                        .as("with NaN and infinity")
                        .notDifferentiable()
                        .on(sample(ANY, 3, 4).detach().gt(0).to(DataType.INT64)),
                dims("nanMean", x -> Reductions.nanMean(x, new int[] {-1}, true)),
                dims("countNonzero", x -> Reductions.countNonzero(x, ALL, true))
                        .on(sample(ANY, 3, 0))
                        .notDifferentiable(),
                dims("aminmax", x -> {
                    var both = Reductions.aminmax(x, new int[] {0}, false);
                    return both.max().sub(both.min().mul(2));
                }),
                dims("varMean", x -> {
                    var both = Reductions.varMean(x, ALL, 0.5, false);
                    return both.var().mul(both.mean());
                }),
                row("stdMean", x -> {
                            var both = Reductions.stdMean(x.get(0), new int[] {1}, 1, true);
                            return both.std().mul(both.mean());
                        })
                        .on(sample(ANY, 3, 4)),
                row("var", x -> Reductions.var(x.get(0), new int[] {0}, 1.5, false))
                        .as("with half a correction")
                        .on(sample(ANY, 3, 2)),
                row("norm", x -> Reductions.norm(x.get(0), 2, new int[] {1}, false))
                        .as("2 over a dim")
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3, 0)),
                row("norm", x -> Reductions.norm(x.get(0), 0.5, new int[] {0}, false))
                        .as("0.5")
                        .on(sample(ANY, 3, 2)),
                row("cov", x -> Statistics.cov(x.get(0))).on(sample(ANY, 3, 4)).on(sample(ANY, 4)),
                row(
                                "cov",
                                x -> Statistics.cov(
                                        x.get(0),
                                        CovarianceOptions.defaults()
                                                .withFrequencies(Tensor.of(1L, 3, 2))
                                                .withWeights(x.get(1))))
                        .as("weighted")
                        .on(sample(ANY, 2, 3), sample(in(0.2, 1), 3)),
                row("corrcoef", x -> Statistics.corrcoef(x.get(0))).on(sample(ANY, 3, 4)));
    }

    /** A reduction of something, of all ranks. */
    static OpCase dims(String name, Function<Tensor, Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .on(sample(ANY, 3, 4))
                .on(sample(ANY))
                .on(sample(ANY, 5))
                .on(sample(ANY, 2, 2, 3));
    }
}
