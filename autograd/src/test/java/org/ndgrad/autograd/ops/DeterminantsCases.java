package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.MatrixSamples.dominant;
import static org.ndgrad.autograd.ops.MatrixSamples.square;
import static org.ndgrad.autograd.ops.OpCase.row;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Determinants}. */
final class DeterminantsCases {

    private DeterminantsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                square("det", x -> Determinants.det(dominant(x))),
                row("det", x -> Determinants.det(x.get(0)))
                        .as("singular")
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 2, 4).reshape(2, 2))
                        .on(Tensor.zeros(DataType.DOUBLE, 2, 2))
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 3, 2, 4, 6, 1, 0, 1)
                                .reshape(3, 3))
                        .on(Tensor.of(DataType.DOUBLE, 1, 2, 3, 2, 4, 6, 0, 0, 0)
                                .reshape(3, 3))
                        .on(Tensor.of(DataType.DOUBLE, 0).reshape(1, 1)),
                square("slogdet", x -> Determinants.slogdet(dominant(x)).logAbsDet()),
                square("logdet", x -> Determinants.logdet(dominant(x))));
    }
}
