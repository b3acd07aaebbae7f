package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.indices;
import static org.ndgrad.autograd.ops.OpCase.mask;
import static org.ndgrad.autograd.ops.OpCase.row;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Bitwise}. */
final class BitwiseCases {

    private BitwiseCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                one("bitwiseNot", Bitwise::bitwiseNot).on(mask(1, 0)),
                two("bitwiseAnd", Bitwise::bitwiseAnd).on(mask(1, 0), mask(1, 1)),
                one("bitwiseAnd", x -> Bitwise.bitwiseAnd(x, 6)).as("a number"),
                two("bitwiseOr", Bitwise::bitwiseOr).on(mask(1, 0), mask(1, 1)),
                one("bitwiseOr", x -> Bitwise.bitwiseOr(x, 6)).as("a number"),
                two("bitwiseXor", Bitwise::bitwiseXor).on(mask(1, 0), mask(1, 1)),
                one("bitwiseXor", x -> Bitwise.bitwiseXor(x, -6)).as("a number"),
                two("bitwiseLeftShift", Bitwise::bitwiseLeftShift),
                one("bitwiseLeftShift", x -> Bitwise.bitwiseLeftShift(x, 2)).as("a number"),
                two("bitwiseRightShift", Bitwise::bitwiseRightShift),
                one("bitwiseRightShift", x -> Bitwise.bitwiseRightShift(x, 2)).as("a number"));
    }

    private static OpCase one(String name, UnaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0)))
                .notDifferentiable()
                .on(indices(5, -7, 12, 0, 3, 1).reshape(2, 3))
                .on(Tensor.of(DataType.INT32, -9))
                .on(Tensor.zeros(DataType.INT64, 0));
    }

    private static OpCase two(String name, BinaryOperator<Tensor> f) {
        return row(name, x -> f.apply(x.get(0), x.get(1)))
                .notDifferentiable()
                .on(indices(5, -7, 12, 0, 3, 1).reshape(2, 3), indices(3, 1, 70))
                .on(Tensor.of(DataType.INT32, -9), indices(2, -1))
                .on(Tensor.zeros(DataType.INT64, 0), Tensor.of(3));
    }
}
