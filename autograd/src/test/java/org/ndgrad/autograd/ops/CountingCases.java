package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Side;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Counting}. */
final class CountingCases {

    private CountingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                repeated("unique", Counting::unique),
                repeated("uniqueAll", x -> Counting.uniqueAll(x).inverse()).as("inverse"),
                repeated("uniqueAll", x -> Counting.uniqueAll(x).counts()).as("counts"),
                repeated("uniqueConsecutive", Counting::uniqueConsecutive),
                repeated(
                                "uniqueConsecutiveAll",
                                x -> Counting.uniqueConsecutiveAll(x).inverse())
                        .as("inverse"),
                row("bincount", x -> Counting.bincount(x.get(0), 3))
                        .notDifferentiable()
                        .on(indices(1, 5, 1, 0))
                        .on(Tensor.zeros(DataType.INT64, 0)),
                row("bincount", x -> Counting.bincount(indices(1, 5, 1, 0), x.get(0), 3))
                        .as("with weights")
                        .on(sample(ANY, 4)),
                unary("histc", x -> Counting.histc(x, 4, -1, 2), ANY).notDifferentiable(),
                row("isin", x -> Counting.isin(x.get(0), x.get(1)))
                        .notDifferentiable()
                        .on(indices(1, 5, 2, 0).reshape(2, 2), indices(2, 1))
                        .on(sample(ANY, 3), sample(ANY, 3).slice(0, 1, 2))
                        .on(sample(ANY, 3), Tensor.zeros(DataType.DOUBLE, 0)),
                row("searchsorted", x -> Counting.searchsorted(x.get(0).sort().values(), x.get(1), Side.RIGHT))
                        .notDifferentiable()
                        .on(sample(ANY, 5), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 5), sample(OTHER, 2, 3))
                        .on(sample(ANY, 5), sample(OTHER))
                        .on(sample(ANY, 2, 0), sample(OTHER, 2, 3))
                        .on(indices(1, 3, 3, 5), indices(3, 0, 7)),
                row(
                                "bucketize",
                                x -> Counting.bucketize(
                                        x.get(0), x.get(1).sort().values(), Side.LEFT))
                        .notDifferentiable()
                        .on(sample(ANY, 2, 3), sample(OTHER, 4)));
    }

    private static OpCase repeated(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .notDifferentiable()
                .on(indices(3, 3, 1, 7, 1, 1).reshape(2, 3))
                .on(Tensor.of(DataType.DOUBLE, 0.5, -1, 0.5))
                .on(Tensor.of(4))
                .on(Tensor.zeros(DataType.INT64, 0, 2));
    }
}
