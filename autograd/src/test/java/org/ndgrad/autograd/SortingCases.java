package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;
import static org.ndgrad.autograd.ReductionCases.ALL;
import static org.ndgrad.autograd.ReductionCases.ANY;
import static org.ndgrad.autograd.ReductionCases.dims;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Sorting.Order;
import org.ndgrad.autograd.ops.Statistics;
import org.ndgrad.autograd.ops.Statistics.Interpolation;

/** The rows of the operations that choose elements by their order. */
final class SortingCases {

    private SortingCases() {}

    static Stream<OpCase> rows() {
        return Stream.concat(sorting(), quantiles());
    }

    private static Stream<OpCase> sorting() {
        return Stream.of(
                unary("sort", x -> Sorting.sort(x, -1).values(), ANY).as("values"),
                unary("sort", x -> Sorting.sort(x, 0, Order.DESCENDING).values(), ANY)
                        .as("from the largest"),
                unary("sort", x -> Sorting.sort(x, 0).indices(), ANY)
                        .as("indices")
                        .notDifferentiable(),
                unary("argSort", x -> Sorting.argSort(x, -1), ANY).notDifferentiable(),
                unary("argSort", x -> Sorting.argSort(x, 0, Order.DESCENDING), ANY)
                        .as("from the largest")
                        .notDifferentiable(),
                row("topK", x -> Sorting.topK(x.get(0), 2, -1).values())
                        .as("values")
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 5))
                        .on(sample(ANY, 0, 3)),
                row("topK", x -> Sorting.topK(x.get(0), 1, 0, Order.ASCENDING).values())
                        .as("the smallest of many")
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY)),
                row("topK", x -> Sorting.topK(x.get(0), 0, 0).indices())
                        .as("none")
                        .notDifferentiable()
                        .on(sample(ANY, 5, 2)),
                dims("kthValue", x -> Sorting.kthValue(x, 1, -1, true).values()).as("values"),
                row("kthValue", x -> Sorting.kthValue(x.get(0), 3, 0, false).indices())
                        .as("indices")
                        .notDifferentiable()
                        .on(sample(ANY, 4, 3)),
                dims("median", Sorting::median),
                dims("median", x -> Sorting.median(x, 0, false).values()).as("along a dim"),
                dims("nanMedian", Sorting::nanMedian),
                dims("nanMedian", x -> Sorting.nanMedian(x, -1, true).values()).as("along a dim"),
                dims("mode", x -> Sorting.mode(x, -1, false).values()).as("values"),
                row("mode", x -> Sorting.mode(x.get(0), 0, true).indices())
                        .as("indices")
                        .notDifferentiable()
                        .on(sample(ANY, 4, 3).gt(0)));
    }

    private static Stream<OpCase> quantiles() {
        return Stream.of(
                dims("quantile", x -> Statistics.quantile(x, 0.3, ALL, true)),
                row("quantile", x -> Statistics.quantile(x.get(0), x.get(1), new int[] {0}, true, Interpolation.LINEAR))
                        .as("several")
                        .on(sample(ANY, 3, 4), sample(in(0.1, 0.9), 2))
                        .on(sample(ANY, 3, 4), sample(in(0.1, 0.9)))
                        .on(sample(ANY, 2, 0), sample(in(0.1, 0.9), 2)),
                between(Interpolation.LOWER).as("lower"),
                between(Interpolation.HIGHER).as("higher"),
                between(Interpolation.MIDPOINT).as("midpoint"),
                between(Interpolation.NEAREST).as("nearest"),
                dims("nanQuantile", x -> Statistics.nanQuantile(x, 0.6, new int[] {-1}, false)));
    }

    private static OpCase between(Interpolation how) {
        return row(
                        "quantile",
                        x -> Statistics.quantile(
                                x.get(0), Tensor.of(x.get(0).dtype(), 0.2, 0.7), new int[] {1}, false, how))
                .on(sample(ANY, 2, 5));
    }
}
