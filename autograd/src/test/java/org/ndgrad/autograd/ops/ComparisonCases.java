package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.mask;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Comparison}. */
final class ComparisonCases {

    private ComparisonCases() {}

    static Stream<OpCase> rows() {
        Tensor rows = Tensor.of(
                new boolean[][] {{true, false, true, false}, {false, false, true, true}, {true, true, false, false}});
        return Stream.of(
                binary("eq", Comparison::eq, ANY, OTHER).notDifferentiable(),
                unary("eq", x -> Comparison.eq(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("ne", Comparison::ne, ANY, OTHER).notDifferentiable(),
                unary("ne", x -> Comparison.ne(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("lt", Comparison::lt, ANY, OTHER).notDifferentiable(),
                unary("lt", x -> Comparison.lt(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("le", Comparison::le, ANY, OTHER).notDifferentiable(),
                unary("le", x -> Comparison.le(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("gt", Comparison::gt, ANY, OTHER).notDifferentiable(),
                unary("gt", x -> Comparison.gt(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("ge", Comparison::ge, ANY, OTHER).notDifferentiable(),
                unary("ge", x -> Comparison.ge(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("isclose", Tensor::isclose, ANY, OTHER).notDifferentiable(),
                binary(
                                "isclose",
                                (a, b) -> Comparison.isclose(a, b, 0.1, 0.3, Comparison.NanEquality.EQUAL),
                                ANY,
                                OTHER)
                        .as("within tolerances")
                        .notDifferentiable(),
                unary("isnan", Comparison::isnan, ANY).notDifferentiable(),
                unary("isinf", Comparison::isinf, ANY).notDifferentiable(),
                unary("isfinite", Comparison::isfinite, ANY).notDifferentiable(),
                unary("logicalNot", Comparison::logicalNot, ANY).notDifferentiable(),
                binary("logicalAnd", Comparison::logicalAnd, ANY, OTHER).notDifferentiable(),
                binary("logicalOr", Comparison::logicalOr, ANY, OTHER).notDifferentiable(),
                binary("logicalXor", Comparison::logicalXor, ANY, OTHER).notDifferentiable(),
                row("where", x -> Comparison.where(x.get(0), x.get(1), x.get(2)))
                        .on(rows, sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(rows, sample(ANY, 3, 1), sample(OTHER, 2, 1, 4))
                        .on(rows.select(0, 0), sample(ANY), sample(OTHER, 3, 4))
                        .on(Tensor.of(true), sample(ANY), sample(OTHER))
                        .on(Tensor.zeros(DataType.BOOL, 0, 4), sample(ANY, 4), sample(OTHER)),
                row("where", x -> Comparison.where(x.get(0), x.get(1), 0.7))
                        .as("or a number")
                        .on(rows, sample(ANY, 3, 4))
                        .on(Tensor.of(true), sample(ANY)),
                row("where", x -> Comparison.where(x.get(0), 0.7, x.get(1)))
                        .as("a number or")
                        .on(rows, sample(ANY, 3, 1))
                        .on(Tensor.of(false), sample(ANY)),
                row("where", x -> Comparison.where(x.get(0), 0.7, -3))
                        .as("two numbers")
                        .on(rows)
                        .on(Tensor.of(false))
                        .notDifferentiable(),
                row("maskedFill", x -> Comparison.maskedFill(x.get(0), x.get(1), -7))
                        .on(sample(ANY, 3, 4), rows)
                        .on(sample(ANY, 2, 3, 4), rows)
                        .on(sample(ANY), rows),
                row("maskedFill", x -> Comparison.maskedFill(x.get(0), x.get(1), x.get(2)))
                        .as("with a tensor")
                        .on(sample(ANY, 2, 3), mask(1, 0, 1), sample(OTHER))
                        .on(sample(ANY, 3), mask(1, 0).reshape(2, 1), sample(OTHER))
                        .on(sample(ANY), mask(1).squeeze(), sample(OTHER)));
    }
}
