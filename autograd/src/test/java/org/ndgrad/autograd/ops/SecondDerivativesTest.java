package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** Second derivatives beside elements where there is none, at the ends of the range and at infinity. */
class SecondDerivativesTest {

    private static final int[] ALL = {};
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Returns the gradient of Σ weights · ∂y/∂x. */
    private static double[] bends(DataType type, UnaryOperator<Tensor> f, double[] weights, double... values) {
        Tensor x = Tensor.of(type, values).requiresGrad(true);
        Tensor slopes = Autograd.grad(f.apply(x).sum(), x, Backward.CREATE_GRAPH);
        return Autograd.grad(slopes.mul(Tensor.of(type, weights)).sum(), x).toDoubleArray();
    }

    private static void assertEndsAlike(double[] actual, double[] expected) {
        double[] end = Arrays.copyOfRange(actual, actual.length - expected.length, actual.length);
        assertThat(end).containsExactly(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 1.3, 1.5, 1.9, 2.5, 3})
    void zerosLeaveTheOthersTheirBendOfNorms(double p) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            UnaryOperator<Tensor> norm = x -> Reductions.norm(x, p, ALL, KeepDim.NO);
            UnaryOperator<Tensor> rows = x -> Reductions.norm(x.reshape(1, -1), p, new int[] {1}, KeepDim.YES);
            UnaryOperator<Tensor> distance =
                    x -> Norms.pairwiseDistance(x.reshape(1, -1), Tensor.zeros(type, 1), p, 0, KeepDim.NO);
            UnaryOperator<Tensor> direction = x -> Norms.normalize(x.reshape(1, -1), p, new int[] {1}, 1e-12)
                    .mul(Tensor.of(type, 3, 1, 2).slice(0, 3 - x.numel(), 3));
            for (UnaryOperator<Tensor> f : List.of(norm, rows, distance, direction)) {
                double[] bends = bends(type, f, new double[] {0, 2, 3}, 0, 1, -2);
                assertEndsAlike(bends, bends(type, f, new double[] {2, 3}, 1, -2));
                assertThat(Double.isNaN(bends[0])).isEqualTo(p < 2);
            }
            double[] none = bends(type, norm, new double[] {1, 2}, 0, 0);
            assertThat(none).containsOnly(p < 2 ? Double.NaN : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, -1, -2, -3})
    void infinitiesCountForNothingInNormsOfNegativeP(double p) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            UnaryOperator<Tensor> norm = x -> Reductions.norm(x, p, ALL, KeepDim.NO);
            for (double infinite : new double[] {INFINITY, -INFINITY}) {
                double[] bends = bends(type, norm, new double[] {1, 2, 3}, infinite, 1, 2);
                assertThat(bends[0]).isZero();
                assertEndsAlike(bends, bends(type, norm, new double[] {2, 3}, 1, 2));
            }
        }
    }
}
