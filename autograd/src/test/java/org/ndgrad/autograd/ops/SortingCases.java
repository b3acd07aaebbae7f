package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.dims;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Order;

/** The rows of {@link Sorting}. */
final class SortingCases {

    private SortingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                dims("msort", Sorting::msort),
                unary("sort", x -> Sorting.sort(x, -1).values(), ANY).as("values"),
                unary("sort", x -> Sorting.sort(x, 0, Order.DESCENDING).values(), ANY)
                        .as("from the largest"),
                unary("sort", x -> Sorting.sort(x, 0).indices(), ANY)
                        .as("indices")
                        .notDifferentiable(),
                unary("argsort", x -> Sorting.argsort(x, -1), ANY).notDifferentiable(),
                unary("argsort", x -> Sorting.argsort(x, 0, Order.DESCENDING), ANY)
                        .as("from the largest")
                        .notDifferentiable(),
                row("topk", x -> Sorting.topk(x.get(0), 2, -1).values())
                        .as("values")
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 5))
                        .on(sample(ANY, 0, 3)),
                row("topk", x -> Sorting.topk(x.get(0), 1, 0, Order.ASCENDING).values())
                        .as("the smallest of many")
                        .on(sample(ANY, 5, 2))
                        .on(sample(ANY)),
                row("topk", x -> Sorting.topk(x.get(0), 0, 0).indices())
                        .as("none")
                        .notDifferentiable()
                        .on(sample(ANY, 5, 2)),
                dims("kthvalue", x -> Sorting.kthvalue(x, 1, -1, KeepDim.YES).values())
                        .as("values"),
                row(
                                "kthvalue",
                                x -> Sorting.kthvalue(x.get(0), 3, 0, KeepDim.NO)
                                        .indices())
                        .as("indices")
                        .notDifferentiable()
                        .on(sample(ANY, 4, 3)),
                dims("median", Sorting::median),
                dims("median", x -> Sorting.median(x, 0, KeepDim.NO).values()).as("along a dim"),
                dims("nanmedian", Sorting::nanmedian),
                dims("nanmedian", x -> Sorting.nanmedian(x, -1, KeepDim.YES).values())
                        .as("along a dim"),
                dims("mode", x -> Sorting.mode(x, -1, KeepDim.NO).values()).as("values"),
                row("mode", x -> Sorting.mode(x.get(0), 0, KeepDim.YES).indices())
                        .as("indices")
                        .notDifferentiable()
                        .on(sample(ANY, 4, 3).gt(0)));
    }
}
