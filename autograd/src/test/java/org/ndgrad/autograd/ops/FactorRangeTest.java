package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Gradients through factors and inverses of float32 matrices are those of float64, whatever the sizes of both are. */
class FactorRangeTest {

    private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
            ImmutableMap.<String, UnaryOperator<Tensor>>builder()
                    .put("cholesky", Decompositions::cholesky)
                    .put("qr, r", x -> Decompositions.qr(x).r())
                    .put("qr, q", x -> Decompositions.qr(x).q())
                    .put("lu, l", x -> Decompositions.lu(x).l())
                    .put("lu, u", x -> Decompositions.lu(x).u())
                    .put(
                            "lu of tall, u",
                            x -> Decompositions.lu(x.slice(-1, 0, 2)).u())
                    .put(
                            "lu of wide, u",
                            x -> Decompositions.lu(x.slice(-2, 0, 2)).u())
                    .put("pinv", Solvers::pinv)
                    .put("pinv of tall", x -> Solvers.pinv(x.slice(-1, 0, 2)))
                    .put("pinv of wide", x -> Solvers.pinv(x.slice(-2, 0, 2)))
                    .put("choleskyInverse", x -> Solvers.choleskyInverse(x, Triangle.LOWER))
                    .put("choleskyInverse, upper", x -> Solvers.choleskyInverse(x, Triangle.UPPER))
                    .buildOrThrow();

    static Stream<Arguments> cases() {
        return FUNCTIONS.keySet().stream()
                .flatMap(name -> Stream.of(0, 18, -18, 37, -30, 50, -50, 100, -100, 126)
                        .filter(exponent -> Math.abs(degree(name) * exponent) <= 110) // else values do not fit
                        .map(exponent -> Arguments.of(name, exponent)));
    }

    @ParameterizedTest(name = "{0} at 2^{1}")
    @MethodSource("cases")
    void slopesAreThoseOfFloat64(String name, int exponent) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        double size = Math.scalb(1.0, exponent);
        Tensor wide = Tensor.of(DataType.DOUBLE, 1.75, 0.5, 0.25, 0.5, 1.5, 0.375, 0.25, 0.375, 1.25)
                .reshape(3, 3)
                .requiresGrad(true);
        Tensor unit = f.apply(wide);
        Tensor slopes = slopes(unit, wide, Tensor.ones(DataType.DOUBLE, unit.shape()));

        Tensor x = wide.detach().mul(size).to(DataType.FLOAT).requiresGrad(true);
        Tensor y = f.apply(x);
        double degree = degree(name);
        double expected = Math.pow(size, degree - 1); // of slopes for a gradient of 1
        double g = Math.min(0x1p100, Math.max(0x1p-100, 1 / expected)); // so that they fit
        double[] found = slopes(y, x, Tensor.full(DataType.FLOAT, g, y.shape()))
                .to(DataType.DOUBLE)
                .div(g)
                .div(expected)
                .toDoubleArray();
        assertThat(found).containsExactly(slopes.toDoubleArray(), within(2e-5));
    }

    @ParameterizedTest(name = "{0} at 2^{1}")
    @MethodSource("farCases")
    void slopesOfFloat64FitInAnyUnit(String name, int exponent) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        Tensor unit = Tensor.of(DataType.DOUBLE, 1.75, 0.5, 0.25, 0.5, 1.5, 0.375, 0.25, 0.375, 1.25)
                .reshape(3, 3)
                .requiresGrad(true);
        Tensor y = f.apply(unit);
        double[] expected =
                slopes(y, unit, Tensor.ones(DataType.DOUBLE, y.shape())).toDoubleArray();
        Tensor x = unit.detach().mul(Math.scalb(1.0, exponent)).requiresGrad(true);
        Tensor far = f.apply(x);
        double degree = degree(name);
        int incoming = degree == 0 ? exponent : degree == 1 ? exponent / 3 : exponent * 7 / 9;
        double[] found = slopes(far, x, Tensor.full(DataType.DOUBLE, Math.scalb(1.0, incoming), y.shape()))
                .toDoubleArray();
        int expectedExponent = (int) (incoming + (degree - 1) * exponent);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.scalb(found[i], -expectedExponent)).isCloseTo(expected[i], within(1e-12));
        }
    }

    static Stream<Arguments> farCases() {
        return FUNCTIONS.keySet().stream()
                .filter(name -> degree(name) >= 0)
                .flatMap(name -> Stream.of(-900, -270, 270, 900, 990).map(exponent -> Arguments.of(name, exponent)));
    }

    private static double degree(String name) {
        if (name.startsWith("choleskyInverse")) {
            return -2;
        }
        return name.equals("cholesky") ? 0.5 : name.startsWith("pinv") ? -1 : name.matches(".*, [rua]") ? 1 : 0;
    }

    @Test
    void solutionsByFactorsPassSlopesToLargeFactors() {
        Tensor l = Tensor.of(DataType.FLOAT, 2e15, 0, 1e15, 3e15).reshape(2, 2).requiresGrad(true);
        Tensor b = Tensor.of(DataType.FLOAT, 1e18, 1e18).reshape(2, 1);
        Tensor y = Solvers.choleskySolve(b, l, Triangle.LOWER);
        double[] found = slopes(y, l, Tensor.full(DataType.FLOAT, 1, 2, 1))
                .to(DataType.DOUBLE)
                .mul(1e30)
                .toDoubleArray();
        Tensor unit = l.detach().to(DataType.DOUBLE).div(1e15).requiresGrad(true);
        Tensor ones = Tensor.ones(DataType.DOUBLE, 2, 1);
        Tensor exact = slopes(Solvers.choleskySolve(ones, unit, Triangle.LOWER), unit, ones);
        assertThat(found).containsExactly(exact.mul(1e3).toDoubleArray(), within(1e-2));
    }

    @Test
    void ranksOfVectorsAreRefusedInTheirOwnName() {
        assertThatThrownBy(() -> Solvers.matrixRank(Tensor.ones(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("matrixRank: expected matrices");
    }

    private static Tensor slopes(Tensor y, Tensor x, Tensor g) {
        return Autograd.grad(List.of(y), List.of(x), List.of(g)).get(0);
    }
}
