package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** Returns ∂f/∂a, ∂f/∂b, ∂²f/∂a², ∂²f/∂b∂a, ∂²f/∂a∂b and ∂²f/∂b². */
    private static double[] derivatives(BinaryOperator<Tensor> f, DataType type, double first, double second) {
        Tensor a = Tensor.of(type, first).requiresGrad(true);
        Tensor b = Tensor.of(type, second).requiresGrad(true);
        List<Tensor> slopes = Autograd.grad(f.apply(a, b), List.of(a, b), Backward.CREATE_GRAPH);
        return Stream.concat(
                        slopes.stream(),
                        slopes.stream()
                                .flatMap(slope -> Autograd.grad(slope, List.of(a, b), Backward.RETAIN_GRAPH).stream()))
                .mapToDouble(Tensor::item)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void anglesDoNotTurnAtInfinity(DataType type) {
        for (double infinite : new double[] {INFINITY, -INFINITY}) {
            for (double other : new double[] {0, 1, -2e4, INFINITY, -INFINITY}) {
                double[] beyond = derivatives(Elementary::atan2, type, infinite, other);
                double[] beside = derivatives(Elementary::atan2, type, other, infinite);
                assertThat(Arrays.copyOfRange(beyond, 2, 6)).containsExactly(new double[4], within(0.0));
                assertThat(Arrays.copyOfRange(beside, 2, 6)).containsExactly(new double[4], within(0.0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void lengthsDoNotBendAtInfinity(DataType type) {
        for (double infinite : new double[] {INFINITY, -INFINITY}) {
            double sign = Math.signum(infinite);
            for (double other : new double[] {0, 1, -2e4}) {
                assertThat(derivatives(Elementary::hypot, type, infinite, other))
                        .containsExactly(new double[] {sign, 0, 0, 0, 0, 0}, within(0.0));
                assertThat(derivatives(Elementary::hypot, type, other, infinite))
                        .containsExactly(new double[] {0, sign, 0, 0, 0, 0}, within(0.0));
            }
        }
    }

    /** b (b − 1) aᵇ⁻² where a², or aᵇ⁻², does not fit, and where a is infinite. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e-20, 0, 0, 0",
        "FLOAT, 1e-40, 0, 0, 0",
        "FLOAT, Infinity, 0, 0, 0",
        "FLOAT, Infinity, 0.5, 0, 0",
        "FLOAT, 1e-38, 1e-38, -1e38, 1e38",
        "FLOAT, 1e-20, 1e-3, -9.540383e36, 9.110141e19",
        "DOUBLE, 1e-200, 0, 0, 0",
        "DOUBLE, Infinity, 0, 0, 0",
        "DOUBLE, Infinity, -1, 0, 0",
        "DOUBLE, 1e-200, 1e-100, -1e300, 1e200",
        "DOUBLE, 2, 3, 12, 12.317766166719343"
    })
    void powersBendWhereTheyDo(DataType type, double a, double b, double straight, double mixed) {
        double[] found = derivatives(Arithmetic::pow, type, a, b);
        double digits = type == DataType.FLOAT ? 1e-5 : 1e-13;
        assertThat(found[2]).isCloseTo(straight, within(Math.abs(straight) * digits));
        if (!(b == 0 && a == 1e-40)) { // 1 / a does not fit
            assertThat(found[3]).isCloseTo(mixed, within(Math.abs(mixed) * digits));
        }
        if (Double.isInfinite(a)) {
            assertThat(found[4]).isZero();
        }
    }

    @Test
    void numbersWithASignAreStraightDownToTheSmallest() {
        for (DataType type : new DataType[] {DataType.FLOAT16, DataType.BFLOAT16, DataType.FLOAT, DataType.DOUBLE}) {
            double smallest = type == DataType.DOUBLE ? Double.MIN_VALUE : type == DataType.FLOAT16 ? 6e-8 : 1e-40;
            double[] values = {smallest, -smallest, 0, 1, -3, INFINITY};
            double[] ones = {1, 1, 1, 1, 1, 1};
            for (double sign : new double[] {1, -1}) {
                assertThat(bends(type, x -> Arithmetic.copysign(x, sign), ones, values))
                        .containsExactly(new double[6], within(0.0));
                Tensor x = Tensor.of(type, values).requiresGrad(true);
                Arithmetic.copysign(x, sign).sum().backward();
                assertThat(x.grad().toDoubleArray())
                        .containsExactly(new double[] {sign, -sign, 0, sign, -sign, sign}, within(0.0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void activationsAreStraightFarFromZero(DataType type) {
        double[] values = {300, -300, 6e4, -6e4, INFINITY, -INFINITY};
        double[] ones = {1, 1, 1, 1, 1, 1};
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                x -> Activations.gelu(x, Activations.Gelu.TANH),
                Activations::gelu,
                Activations::silu,
                Activations::mish,
                x -> Activations.softplus(x, 3, 20))) {
            assertThat(bends(type, f, ones, values)).containsExactly(new double[6], within(1e-100));
        }
    }
}
