package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.dims;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Statistics.Interpolation;

/** The rows of {@link Statistics}. */
final class StatisticsCases {

    private static final int[] ALL = {};

    private StatisticsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
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
                row("corrcoef", x -> Statistics.corrcoef(x.get(0))).on(sample(ANY, 3, 4)),
                dims("quantile", x -> Statistics.quantile(x, 0.3, ALL, KeepDim.YES)),
                row(
                                "quantile",
                                x -> Statistics.quantile(
                                        x.get(0), x.get(1), new int[] {0}, KeepDim.YES, Interpolation.LINEAR))
                        .as("several")
                        .on(sample(ANY, 3, 4), sample(in(0.1, 0.9), 2))
                        .on(sample(ANY, 3, 4), sample(in(0.1, 0.9)))
                        .on(sample(ANY, 2, 0), sample(in(0.1, 0.9), 2)),
                between(Interpolation.LOWER).as("lower"),
                between(Interpolation.HIGHER).as("higher"),
                between(Interpolation.MIDPOINT).as("midpoint"),
                between(Interpolation.NEAREST).as("nearest"),
                dims("nanquantile", x -> Statistics.nanquantile(x, 0.6, new int[] {-1}, KeepDim.NO)),
                row(
                                "nanquantile",
                                x -> Statistics.nanquantile(x.get(0), x.get(1), ALL, KeepDim.NO, Interpolation.LINEAR))
                        .as("several")
                        .on(sample(ANY, 3, 4), sample(in(0.1, 0.9), 2)));
    }

    private static OpCase between(Interpolation how) {
        return row(
                        "quantile",
                        x -> Statistics.quantile(
                                x.get(0), Tensor.of(x.get(0).dtype(), 0.2, 0.7), new int[] {1}, KeepDim.NO, how))
                .on(sample(ANY, 2, 5));
    }
}
