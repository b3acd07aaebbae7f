package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Cumulative}. */
final class CumulativeCases {

    private CumulativeCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                unary("cumsum", x -> Cumulative.cumsum(x, 0), ANY),
                row("cumsum", x -> Cumulative.cumsum(x.get(0), -1))
                        .as("of booleans")
                        .notDifferentiable()
                        .on(sample(ANY, 3, 4).gt(0)),
                unary("cumprod", x -> Cumulative.cumprod(x, -1), ANY),
                row(
                                "cumprod",
                                x -> Cumulative.cumprod(
                                        x.get(0).mul(zeros().to(x.get(0).dtype())), 0))
                        .as("with zeros")
                        .on(sample(ANY, 4, 3)),
                unary("logcumsumexp", x -> Cumulative.logcumsumexp(x, 0), ANY),
                row("logcumsumexp", x -> Cumulative.logcumsumexp(x.get(0), 1))
                        .as("of large numbers")
                        .on(sample(in(995, 1002), 2, 4)),
                unary("cummax", x -> Cumulative.cummax(x, 0).values(), ANY).as("values"),
                unary("cummax", x -> Cumulative.cummax(x, -1).indices(), ANY)
                        .as("indices")
                        .notDifferentiable(),
                unary("cummin", x -> Cumulative.cummin(x, -1).values(), ANY).as("values"),
                unary("cummin", x -> Cumulative.cummin(x, 0).indices(), ANY)
                        .as("indices")
                        .notDifferentiable(),
                row("diff", x -> Cumulative.diff(x.get(0), 1, -1))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 3))
                        .on(sample(ANY, 3, 1)),
                row("diff", x -> Cumulative.diff(x.get(0), 2, 0))
                        .as("twice")
                        .on(sample(ANY, 4, 2))
                        .on(sample(ANY, 1, 2)),
                row("diff", x -> Cumulative.diff(x.get(0), 1, 0))
                        .as("of booleans")
                        .notDifferentiable()
                        .on(sample(ANY, 4, 2).gt(0)),
                row("trapezoid", x -> Cumulative.trapezoid(x.get(0), 0.5, 0))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 1, 4))
                        .on(sample(ANY, 0, 4)),
                row("trapezoid", x -> Cumulative.trapezoid(x.get(0), x.get(1), -2))
                        .as("between places")
                        .on(sample(ANY, 2, 3, 2), sample(in(0, 5), 3))
                        .on(sample(ANY, 3, 2), sample(in(0, 5), 3, 1))
                        .on(sample(ANY, 0, 2), sample(in(0, 5), 0)),
                row("cumulativeTrapezoid", x -> Cumulative.cumulativeTrapezoid(x.get(0), 0.5, 0))
                        .on(sample(ANY, 3, 4))
                        .on(sample(ANY, 1, 4)),
                row("cumulativeTrapezoid", x -> Cumulative.cumulativeTrapezoid(x.get(0), x.get(1), 1))
                        .as("between places")
                        .on(sample(ANY, 2, 4), sample(in(0, 5), 4)));
    }

    private static Tensor zeros() {
        return Tensor.of(DataType.DOUBLE, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1).reshape(4, 3);
    }
}
