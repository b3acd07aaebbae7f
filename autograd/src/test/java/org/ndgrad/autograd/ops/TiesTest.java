package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Where gradients go at ties, kinks and NaN: as in PyTorch 2.13. */
class TiesTest {

    private static final double NAN = Double.NaN;

    private static Tensor leaf(double... values) {
        return Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
    }

    private static double[] gradient(UnaryOperator<Tensor> f, double... values) {
        Tensor x = leaf(values);
        f.apply(x).sum().backward();
        return x.grad().toDoubleArray();
    }

    private static List<double[]> gradients(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
        f.apply(a, b).sum().backward();
        return List.of(a.grad().toDoubleArray(), b.grad().toDoubleArray());
    }

    @Test
    void fmaxGivesATieToTheFirstAndIgnoresNan() {
        List<double[]> found = gradients(Bounds::fmax, leaf(1, NAN, 2, NAN), leaf(1, 3, NAN, NAN));

        assertThat(found.get(0)).containsExactly(1, 0, 1, 1);
        assertThat(found.get(1)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void maximumSharesATieAndLetsNanWin() {
        List<double[]> found = gradients(Arithmetic::maximum, leaf(1, NAN, 4), leaf(1, 3, 5));

        assertThat(found.get(0)).containsExactly(0.5, 1, 0);
        assertThat(found.get(1)).containsExactly(0.5, 1, 1);
    }

    @Test
    void aClampedTensorKeepsItsGradientAtTheBoundsAndTheBoundsGetTheRest() {
        Tensor x = leaf(-2, -1, 0, 1, 2, NAN);
        Tensor low = leaf(-1, -1, -1, -1, -1, -1);
        Tensor high = leaf(1, 1, 1, 1, 1, 1);

        Arithmetic.clamp(x, low, high).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(low.grad().toDoubleArray()).containsExactly(1, 0, 0, 0, 0, 0);
        assertThat(high.grad().toDoubleArray()).containsExactly(0, 0, 0, 0, 1, 0);
    }

    @Test
    void crossedBoundsGiveTheUpperOne() {
        Tensor high = leaf(-1, -1);

        Tensor y = Arithmetic.clamp(leaf(0, 5), leaf(1, 1), high);
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(-1, -1);
        assertThat(high.grad().toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void anInfiniteGradientIsStoppedWhereNoneFlows() {
        assertThat(gradient(x -> Activations.relu(x).sqrt(), -1, 4)).containsExactly(0, 0.25);
        assertThat(gradient(x -> Bounds.clampMin(x, 0).sqrt(), -1, 4)).containsExactly(0, 0.25);
        assertThat(gradient(x -> x.clamp(0, 9).sqrt(), -1, 4)).containsExactly(0, 0.25);
        assertThat(gradient(x -> x.maximum(Tensor.of(0.0)).sqrt(), -1, 4)).containsExactly(0, 0.25);
    }

    @Test
    void kinksOfActivations() {
        assertThat(gradient(x -> Activations.hardtanh(x, -1, 1), -1, 0, 1, NAN)).containsExactly(0, 1, 0, 1);
        assertThat(gradient(x -> Activations.hardshrink(x, 0.5), -0.5, 0.5, 0.6))
                .containsExactly(0, 0, 1);
        assertThat(gradient(x -> Activations.threshold(x, 1, 7), 1, 2, NAN)).containsExactly(0, 1, 1);
        assertThat(gradient(Activations::hardswish, -3, 0, 3)).containsExactly(0, 0.5, 1);
        assertThat(gradient(x -> Activations.celu(x, 2), 0, 1)).containsExactly(1, 1);
    }

    /** Unlike norms with p = ∞, which share it. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void allLargestDifferencesOfRowsGetTheWholeGradientOfTheirDistance(DataType type) {
        Tensor a = Tensor.of(type, 1, 2, 1, 4, 0, 0).reshape(2, 3).requiresGrad(true);
        Tensor b = Tensor.of(type, 0, 1, 2, 4, 0, 0).reshape(2, 3).requiresGrad(true);

        Tensor y = Norms.cdist(a, b, Double.POSITIVE_INFINITY);
        y.backward(Tensor.of(type, 1, 3, 10, 100).reshape(2, 2));

        assertThat(y.toDoubleArray()).containsExactly(1, 3, 4, 0);
        assertThat(a.grad().toDoubleArray()).containsExactly(new double[] {1 - 3, 1, -1, 10, 0, 0}, within(0.0));
        assertThat(b.grad().toDoubleArray()).containsExactly(new double[] {-1 - 10, -1, 1, 3, 0, 0}, within(0.0));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void slicesWithNanAreNotRenormed(DataType type) {
        Tensor x = Tensor.of(type, 3, 4, NAN, 1, 0.5, 0, 0, 0).reshape(4, 2).requiresGrad(true);
        Tensor alone = Tensor.of(type, 3, 4).reshape(1, 2).requiresGrad(true);

        Norms.renorm(x, 2, 0, 1)
                .backward(Tensor.of(type, 1, 2, 3, 4, 5, 6, 7, 8).reshape(4, 2));
        Norms.renorm(alone, 2, 0, 1).backward(Tensor.of(type, 1, 2).reshape(1, 2));

        double[] cut = alone.grad().toDoubleArray();
        assertThat(cut).doesNotContain(NAN);
        assertThat(x.grad().toDoubleArray()).containsExactly(cut[0], cut[1], 3, 4, 5, 6, 7, 8);
    }

    @Test
    void anInfiniteElementPullsTheOthersOfAVarianceDown() {
        double infinity = Double.POSITIVE_INFINITY;
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.of(type, infinity, 1, 2, 3).requiresGrad(true);
            x.var().backward();
            assertThat(x.grad().toDoubleArray()).containsExactly(NAN, -infinity, -infinity, -infinity);
        }
    }

    @Test
    void anInfiniteNeighborSilencesAResponse() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.of(type, Double.POSITIVE_INFINITY, 1, 2, 3)
                    .reshape(1, 4, 1)
                    .requiresGrad(true);
            Normalization.localResponseNorm(x, 2).sum().backward();
            double[] slopes = x.grad().toDoubleArray();
            assertThat(slopes[0]).isNaN();
            assertThat(slopes[1]).isBetween(-1e-3, 0.0);
            assertThat(slopes[2]).isBetween(0.9, 1.0);
            assertThat(slopes[3]).isBetween(0.9, 1.0);
        }
    }

    @Test
    void aNumberWithoutDimensionsIsComparedAsTheTensorHoldsIt() {
        Tensor x = Tensor.of(0.3f, 0.4f);

        assertThat(Comparison.eq(x, Tensor.of(DataType.DOUBLE, 0.3)).toDoubleArray())
                .containsExactly(1, 0);
    }

    @Test
    void whatIsNotFiniteIsReplaced() {
        Tensor x = Tensor.of(NAN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2)
                .to(DataType.FLOAT);

        assertThat(Bounds.nanToNum(x).toDoubleArray()).containsExactly(0, Float.MAX_VALUE, -Float.MAX_VALUE, 2);
        assertThat(gradient(v -> Bounds.nanToNum(v, 1, 2, 3), NAN, Double.POSITIVE_INFINITY, 2))
                .containsExactly(0, 0, 1);
    }

    @Test
    void closeNumbers() {
        Tensor a = Tensor.of(DataType.DOUBLE, 1, 1, NAN, Double.POSITIVE_INFINITY);
        Tensor b = Tensor.of(DataType.DOUBLE, 1.000001, 1.1, NAN, Double.POSITIVE_INFINITY);

        assertThat(a.isclose(b).toDoubleArray()).containsExactly(1, 0, 0, 1);
        assertThat(Comparison.isclose(a, b, 0, 0.2, Comparison.NanEquality.EQUAL)
                        .toDoubleArray())
                .containsExactly(1, 1, 1, 1);
    }
}
