package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Rounding}. */
final class RoundingCases {

    private RoundingCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                unary("floor", Rounding::floor, ANY),
                unary("ceil", Rounding::ceil, ANY),
                unary("round", Rounding::round, ANY),
                unary("round", x -> Rounding.round(x, 1), ANY).as("to a decimal"),
                unary("trunc", Rounding::trunc, ANY),
                unary("frac", Rounding::frac, ANY));
    }
}
