package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.pair;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link LinearAlgebra}. */
final class LinearAlgebraCases {

    private static final Domain THIRD = in(-1.8, 2.4);

    private LinearAlgebraCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                row("matmul", x -> LinearAlgebra.matmul(x.get(0), x.get(1)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 4), sample(OTHER, 4))
                        .on(sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 2, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 3, 4), sample(OTHER, 2, 4, 2))
                        .on(sample(ANY, 2, 1, 3, 4), sample(OTHER, 3, 4, 2))
                        .on(sample(ANY, 2, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 4), sample(OTHER, 2, 4, 3))
                        .on(sample(ANY, 3, 0), sample(OTHER, 0, 2))
                        .on(sample(ANY, 0, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 0, 3, 4), sample(OTHER, 4, 2))
                        .on(sample(ANY, 0), sample(OTHER, 0)),
                pair("mm", LinearAlgebra::mm)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 4))
                        .on(sample(ANY, 2, 0), sample(OTHER, 0, 3)),
                pair("bmm", LinearAlgebra::bmm)
                        .on(sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 2))
                        .on(sample(ANY, 0, 3, 2), sample(OTHER, 0, 2, 1)),
                pair("mv", LinearAlgebra::mv)
                        .on(sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 0)),
                row("multiDot", LinearAlgebra::multiDot)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 4), sample(THIRD, 4, 1))
                        .on(sample(ANY, 2), sample(OTHER, 2, 3), sample(THIRD, 3, 2), sample(ANY, 2))
                        .on(sample(ANY, 2, 1), sample(OTHER, 1, 3))
                        .on(sample(ANY, 2, 0), sample(OTHER, 0, 3), sample(THIRD, 3, 2)),
                power(0).on(sample(ANY, 2, 2)).on(sample(ANY, 2, 1, 1)),
                power(1).on(sample(ANY, 2, 2)),
                power(6).on(sample(ANY, 2, 2)).on(sample(ANY, 2, 1, 1)).on(sample(ANY, 0, 2, 2)),
                power(7).on(sample(ANY, 2, 2)),
                power(-1).on(sample(ANY, 2, 2)),
                power(-3).on(sample(ANY, 2, 2)).on(sample(ANY, 0, 2, 2)),
                row("dot", x -> LinearAlgebra.dot(x.get(0), x.get(1)))
                        .on(sample(ANY, 4), sample(OTHER, 4))
                        .on(sample(ANY, 0), sample(OTHER, 0)),
                pair("vdot", LinearAlgebra::vdot).on(sample(ANY, 4), sample(OTHER, 4)),
                pair("vecdot", (a, b) -> LinearAlgebra.vecdot(a, b, -1))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 3, 0))
                        .on(sample(ANY), sample(OTHER)),
                pair("vecdot", (a, b) -> LinearAlgebra.vecdot(a, b, 0))
                        .as("along dim 0")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 1)),
                pair("inner", LinearAlgebra::inner)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2, 2))
                        .on(sample(ANY, 3), sample(OTHER, 3))
                        .on(sample(ANY), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 0), sample(OTHER, 3, 0)),
                pair("cross", (a, b) -> LinearAlgebra.cross(a, b, -1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 1, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 0, 3), sample(OTHER, 1, 3)),
                pair("cross", (a, b) -> LinearAlgebra.cross(a, b, 0))
                        .as("along dim 0")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 2)),
                row("outer", x -> LinearAlgebra.outer(x.get(0), x.get(1)))
                        .on(sample(ANY, 3), sample(OTHER, 4))
                        .on(sample(ANY, 0), sample(OTHER, 4)),
                pair("linear", LinearAlgebra::linear)
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2, 1, 2), sample(OTHER, 2))
                        .on(sample(ANY, 0, 2), sample(OTHER, 4, 2)),
                row("linear", x -> LinearAlgebra.linear(x.get(0), x.get(1), x.get(2)))
                        .as("with bias")
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 2, 1, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 4, 0), sample(THIRD, 4))
                        .on(sample(ANY, 0, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2), sample(THIRD)),
                row("bilinear", x -> LinearAlgebra.bilinear(x.get(0), x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 3), sample(THIRD, 2, 2, 3))
                        .on(sample(ANY, 2), sample(OTHER, 3), sample(THIRD, 2, 2, 3))
                        .on(sample(ANY, 0, 2), sample(OTHER, 0, 3), sample(THIRD, 2, 2, 3)),
                row("bilinear", x -> LinearAlgebra.bilinear(x.get(0), x.get(1), x.get(2), x.get(3)))
                        .as("with bias")
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 1), sample(THIRD, 2, 2, 1), sample(ANY, 2)));
    }

    private static OpCase power(int power) {
        return row("matrixPower", x -> LinearAlgebra.matrixPower(x.get(0), power))
                .as("" + power);
    }
}
