package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** The numbers that ND4J itself gets wrong: overflow, cancellation, whole numbers, rounding. */
class NumericsTest {

    private static double[] single(UnaryOperator<Tensor> f, double... values) {
        return f.apply(Tensor.of(values)).toDoubleArray();
    }

    private static double[] wide(UnaryOperator<Tensor> f, double... values) {
        return f.apply(Tensor.of(DataType.DOUBLE, values)).toDoubleArray();
    }

    @Test
    void softplusAndLogSigmoidNeitherOverflowNorVanish() {
        assertThat(single(Activations::softplus, 800, -1000, 0)).containsExactly(800, 0, (float) Math.log(2));
        assertThat(single(Activations::logsigmoid, -1000, -800, 1000)).containsExactly(-1000, -800, 0);
        assertThat(wide(Activations::softplus, -40)[0]).isCloseTo(Math.exp(-40), within(1e-30));
    }

    @Test
    void sumsOfExponentialsAreShifted() {
        assertThat(single(x -> x.logSoftmax(0), 1000, 0)).containsExactly(0, -1000);
        assertThat(single(x -> x.softmax(0), 1000, 1000)).containsExactly(0.5, 0.5);
        assertThat(single(x -> x.logsumexp(), -1000, -1000)).containsExactly((float) (-1000 + Math.log(2)));
        assertThat(wide(x -> x.logsumexp(), 1000, 1000)[0]).isCloseTo(1000.6931471805599, within(1e-12));
        assertThat(wide(x -> x.logsumexp(), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .containsExactly(Double.NEGATIVE_INFINITY);
        assertThat(wide(x -> Special.logaddexp(x, x), 1000)[0]).isCloseTo(1000.6931471805599, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 100, 1008, 1009, 5000})
    void logSoftmaxIsExactToUnitsInTheLastPlace(long n) {
        Tensor x = Tensor.randn(DataType.FLOAT, new Random(n), 3, n);
        double[] exact = x.to(DataType.DOUBLE).logSoftmax(1).toDoubleArray();

        double[] actual = x.logSoftmax(1).toDoubleArray();

        for (int i = 0; i < exact.length; i++) {
            assertThat(actual[i]).isCloseTo(exact[i], within(3.0 * Math.ulp((float) exact[i])));
        }
    }

    @Test
    void smallNumbersKeepTheirDigits() {
        assertThat(wide(Elementary::log1p, 1e-10)[0]).isCloseTo(9.9999999995e-11, within(1e-25));
        assertThat(wide(Elementary::log1p, 1e-16)).containsExactly(1e-16);
        assertThat(wide(Elementary::expm1, 1e-10)[0]).isCloseTo(1.00000000005e-10, within(1e-25));
        assertThat(wide(Elementary::expm1, 1e-16)).containsExactly(1e-16);
        assertThat(single(Elementary::log1p, 1e-10)).containsExactly(1e-10f);
        assertThat(wide(Special::erfc, 5)[0]).isCloseTo(1.537459794428035e-12, within(1e-24));
    }

    @Test
    void geluIsTheOneByTheErrorFunction() {
        assertThat(wide(Activations::gelu, -1)[0]).isCloseTo(-0.15865525393145707, within(1e-15));
        assertThat(wide(x -> Activations.gelu(x, Activations.Gelu.TANH), -1)[0])
                .isCloseTo(-0.15880800939172324, within(1e-15));
    }

    @Test
    void halvesAreRoundedToTheEvenNumber() {
        assertThat(single(Rounding::round, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5)).containsExactly(-2, -2, -0.0, 0, 2, 2);
    }

    @Test
    void atan2TakesTheOrdinateFirst() {
        double angle = Elementary.atan2(Tensor.of(DataType.DOUBLE, 1.0), Tensor.of(DataType.DOUBLE, -1.0))
                .item();

        assertThat(angle).isEqualTo(3 * Math.PI / 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"LONG", "INT", "SHORT", "BYTE", "UBYTE"})
    void wholeNumbersDividedByZeroThrowAndTheJvmSurvives(DataType type) {
        Tensor x = Tensor.ones(type, 2);
        Tensor zero = Tensor.zeros(type, 1);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Arithmetic.floorDivide(x, zero));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Arithmetic.remainder(x, zero));
        assertThat(x.div(zero).toDoubleArray()).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void quotientsAndRemaindersOfWholeNumbersFollowTheDivisor() {
        Tensor a = Tensor.of(7, -7, 7, -7);
        Tensor b = Tensor.of(2, 2, -2, -2);

        assertThat(Arithmetic.floorDivide(a, b).toLongArray()).containsExactly(3, -4, -4, 3);
        assertThat(Arithmetic.remainder(a, b).toLongArray()).containsExactly(1, 1, -1, -1);
        assertThat(a.div(b).toDoubleArray()).containsExactly(3.5, -3.5, -3.5, 3.5);
        assertThat(a.div(b).dtype()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void wholeNumbersAreExactBeyondFloat64() {
        long big = (1L << 53) + 1;
        Tensor x = Tensor.of(big, 2);

        assertThat(x.add(1L).toLongArray()).containsExactly(big + 1, 3);
        assertThat(x.mul(Tensor.of(3, 3)).toLongArray()).containsExactly(3 * big, 6);
        assertThat(x.eq(big - 1).toLongArray()).containsExactly(0, 0);
        assertThat(x.gt(Tensor.of(big - 1, 2)).toLongArray()).containsExactly(1, 0);
        assertThat(x.max().toLongArray()).containsExactly(big);
        assertThat(x.gather(0, Tensor.of(0, 0)).toLongArray()).containsExactly(big, big);
        assertThat(x.clamp(0, Long.MAX_VALUE).toLongArray()).containsExactly(big, 2);
        assertThat(x.pow(2).toLongArray()).containsExactly(big * big, 4);
    }

    @Test
    void narrowIntegersWrapAround() {
        Tensor x = Tensor.full(DataType.INT8, 127, 1);

        assertThat(x.add(1).toLongArray()).containsExactly(-128);
        assertThat(Tensor.full(DataType.UINT8, 3, 1).neg().toLongArray()).containsExactly(253);
    }

    @Test
    void functionsOfWholeNumbersGiveFloat32() {
        Tensor x = Tensor.of(1, 4);

        assertThat(x.sqrt().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(x.sqrt().toDoubleArray()).containsExactly(1, 2);
        assertThat(x.to(DataType.BOOL).exp().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(x.abs().dtype()).isEqualTo(DataType.INT64);
        assertThat(Rounding.floor(x).dtype()).isEqualTo(DataType.INT64);
    }

    @Test
    void comparisonsKnowThatATypeIsCoarse() {
        assertThat(Tensor.of(0.1, 0.2).eq(0.1).toLongArray()).containsExactly(1, 0);
        assertThat(Tensor.of(DataType.FLOAT16, 0.1, 0.2).eq(0.1).toLongArray()).containsExactly(1, 0);
        assertThat(Tensor.of(1, 2).lt(1.5).toLongArray()).containsExactly(1, 0);
    }

    @Test
    void arithmeticOfCoarseTypesKeepsTheDigitsOfANumber() {
        Tensor x = Tensor.of(DataType.FLOAT16, 3, 0.1);

        assertThat(x.mul(0.1).toDoubleArray()).containsExactly(0.300048828125, 0.0099945068359375);
    }

    @Test
    void meansOfManyFloatsAreExact() {
        Tensor x = Tensor.full(DataType.FLOAT, 0.1, 1000, 1000);

        assertThat(x.mean().item()).isCloseTo(0.1f, within(1e-8));
        assertThat(x.var().item()).isCloseTo(0, within(1e-12));
        assertThat(x.norm().item()).isCloseTo(100, within(1e-4));
    }

    @Test
    void theVarianceOfLargeNumbersDoesNotCancel() {
        Tensor x = Tensor.of(DataType.DOUBLE, 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);

        assertThat(x.var().item()).isEqualTo(30);
    }

    @Test
    void thinProductsOfFloat16AreRoundedOnce() {
        Tensor x = Tensor.full(DataType.FLOAT16, 0.001, 1000);

        assertThat(x.sum().item()).isCloseTo(1, within(1e-3));
        assertThat(x.matmul(Tensor.ones(DataType.FLOAT16, 1000)).item()).isCloseTo(1, within(1e-3));
    }

    @Test
    void rootsAtTheEdgeOfTheRangeDoNotOverflow() {
        assertThat(wide(Elementary::asinh, 1e200, -1e200)[0]).isCloseTo(461.2101657793691, within(1e-10));
        assertThat(wide(Elementary::acosh, 1e200)[0]).isCloseTo(461.2101657793691, within(1e-10));
        assertThat(wide(Activations::sigmoid, -800, 800)).containsExactly(0, 1);
        assertThat(wide(Elementary::tanh, 1e3, -1e3)).containsExactly(1, -1);
    }

    @Test
    void theGradientOfASumOverABroadcastIsExactInFloat32() {
        Tensor bias = Tensor.zeros(1).requiresGrad(true);

        bias.add(Tensor.zeros(1_000_000)).mul(0.1).sum().backward();

        assertThat(bias.grad().item()).isCloseTo(100_000, within(0.1));
    }

    @Test
    void theGradientOfALongLogCumSumExpDoesNotAddUpRoundings() {
        Tensor x = Tensor.randn(DataType.FLOAT, new Random(1), 65_537).requiresGrad(true);
        Tensor exact = x.detach().to(DataType.DOUBLE).requiresGrad(true);
        Cumulative.logcumsumexp(exact, 0).sum().backward();

        Cumulative.logcumsumexp(x, 0).sum().backward();

        Tensor relative = x.grad().to(DataType.DOUBLE).div(exact.grad()).sub(1).abs();
        assertThat(relative.max().item()).isLessThan(2e-6); // half a unit of y, which is up to 12, and as much of x - y
    }

    @Test
    void countsOfNonZeroElementsKnowInfinity() {
        assertThat(Reductions.norm(Tensor.of(0.0, 2.0, Double.POSITIVE_INFINITY), 0, new int[0], KeepDim.NO)
                        .item())
                .isEqualTo(2);
    }
}
