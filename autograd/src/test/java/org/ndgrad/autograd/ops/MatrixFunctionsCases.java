package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.MatrixSamples.ANY;
import static org.ndgrad.autograd.ops.MatrixSamples.any;
import static org.ndgrad.autograd.ops.MatrixSamples.dominant;
import static org.ndgrad.autograd.ops.MatrixSamples.square;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.KeepDim;

/** The rows of {@link MatrixFunctions}. */
final class MatrixFunctionsCases {

    private MatrixFunctionsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                square("matrixExp", MatrixFunctions::matrixExp),
                row("matrixExp", x -> MatrixFunctions.matrixExp(x.get(0).mul(9)))
                        .as("scaled")
                        .on(sample(in(-1, 0.2), 2, 2)),
                norm(MatrixOrder.FROBENIUS),
                norm(MatrixOrder.NUCLEAR),
                norm(MatrixOrder.INFINITY),
                norm(MatrixOrder.MINUS_INFINITY),
                norm(MatrixOrder.ONE),
                norm(MatrixOrder.MINUS_ONE),
                norm(MatrixOrder.TWO),
                norm(MatrixOrder.MINUS_TWO),
                row(
                                "matrixNorm",
                                x -> MatrixFunctions.matrixNorm(
                                        x.get(0), MatrixOrder.TWO, new int[] {0, 1}, KeepDim.YES))
                        .as("with its dims")
                        .on(sample(ANY, 3, 2, 2)),
                any("matrixNorm", x -> MatrixFunctions.matrixNorm(x, MatrixOrder.FROBENIUS))
                        .as("of the last dims"),
                row("cond", x -> MatrixFunctions.cond(x.get(0))).on(sample(ANY, 3, 2)),
                row("cond", x -> MatrixFunctions.cond(dominant(x.get(0)), MatrixOrder.FROBENIUS))
                        .as("by another norm")
                        .on(sample(ANY, 2, 2)));
    }

    private static OpCase norm(MatrixOrder order) {
        return row("matrixNorm", x -> MatrixFunctions.matrixNorm(x.get(0), order, new int[] {2, 0}, KeepDim.NO))
                .as(order.toString())
                .on(sample(ANY, 3, 2, 2))
                .on(sample(ANY, 2, 0, 2));
    }
}
