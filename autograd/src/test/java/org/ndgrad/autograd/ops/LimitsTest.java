package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/**
 * Values and derivatives where the usual formulas give ∞ · 0, 0 / 0, or a difference of which nothing is left, although
 * what is meant is a number.
 */
class LimitsTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static final List<DataType> TYPES =
            ImmutableList.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

    /** Functions whose slopes float32 has to digits of 1. */
    private static final Set<String> IN_UNITS_OF_ONE = ImmutableSet.of("tanh", "gelu", "geluTanh");

    /** Around the sizes of what loops compute at least, and of blocks. */
    private static final int[] SIZES = {1, 3, 100, 1009, 4097};

    /** A function at a point: its value and first two derivatives. */
    record Limit(String name, UnaryOperator<Tensor> f, double x, double y, double slope, double second) {
        @Override
        public String toString() {
            return name + " at " + x;
        }
    }

    static Stream<Limit> limits() {
        UnaryOperator<Tensor> geluTanh = x -> Activations.gelu(x, Activations.Gelu.TANH);
        return Stream.of(
                new Limit("silu", Activations::silu, -INF, 0, 0, 0),
                new Limit("silu", Activations::silu, INF, INF, 1, 0),
                new Limit("gelu", Activations::gelu, -INF, 0, 0, 0),
                new Limit("gelu", Activations::gelu, INF, INF, 1, 0),
                new Limit("gelu by tanh", geluTanh, -INF, 0, 0, 0),
                new Limit("gelu by tanh", geluTanh, INF, INF, 1, 0),
                new Limit("mish", Activations::mish, -INF, 0, 0, 0),
                new Limit("mish", Activations::mish, INF, INF, 1, 0),
                new Limit("softsign", Activations::softsign, -INF, -1, 0, 0),
                new Limit("softsign", Activations::softsign, INF, 1, 0, 0),
                new Limit("tanhshrink", Activations::tanhshrink, -INF, -INF, 1, 0),
                new Limit("tanh", Elementary::tanh, -INF, -1, 0, 0),
                new Limit("tanh", Elementary::tanh, INF, 1, 0, 0),
                new Limit("sigmoid", Activations::sigmoid, -INF, 0, 0, 0),
                new Limit("sigmoid", Activations::sigmoid, INF, 1, 0, 0),
                new Limit("logsigmoid", Activations::logsigmoid, -INF, -INF, 1, 0),
                new Limit("logsigmoid", Activations::logsigmoid, INF, 0, 0, 0),
                new Limit("softplus", Activations::softplus, -INF, 0, 0, 0),
                new Limit("elu", x -> Activations.elu(x, 1), -INF, -1, 0, 0),
                new Limit("erf", Special::erf, INF, 1, 0, 0),
                new Limit("erfc", Special::erfc, INF, 0, 0, 0),
                new Limit("atan", Elementary::atan, INF, Math.PI / 2, 0, 0),
                new Limit("asinh", Elementary::asinh, -INF, -INF, 0, 0),
                new Limit("expm1", Elementary::expm1, -INF, -1, 0, 0),
                new Limit("log2", Elementary::log2, INF, INF, 0, 0),
                new Limit("log2", Elementary::log2, 0, -INF, INF, -INF),
                new Limit("log2", Elementary::log2, -INF, NAN, 0, 0),
                new Limit("sinc", Special::sinc, INF, 0, 0, 0),
                new Limit("sinc", Special::sinc, 0, 1, 0, -Math.PI * Math.PI / 3),
                new Limit("√x", x -> x.pow(0.5), -INF, INF, 0, 0),
                new Limit("√x", x -> x.pow(0.5), -0.0, 0, INF, -INF),
                new Limit("1/√x", x -> x.pow(-0.5), -INF, 0, 0, 0),
                new Limit("1/√x", x -> x.pow(-0.5), -0.0, INF, -INF, INF));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void functionsTendToTheirLimits(Limit limit) {
        for (DataType type : TYPES) {
            for (int size : SIZES) {
                Tensor x = Tensor.full(type, limit.x, size).requiresGrad(true);
                Tensor y = limit.f.apply(x);
                Tensor slope = Autograd.grad(y.sum(), x, Backward.CREATE_GRAPH);

                assertAll(limit + " of " + type, y, limit.y);
                assertAll("slope of " + limit + " of " + type, slope, limit.slope);
                if (limit.second != 0 && type == DataType.DOUBLE) {
                    assertAll("second of " + limit, Autograd.grad(slope.sum(), x), limit.second);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void secondDerivativesDoSo(Limit limit) {
        if (limit.second != 0 || limit.name.startsWith("log2") || limit.name.contains("√")) {
            return; // powers of infinity are infinite powers: see the others
        }
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.full(type, limit.x, 3).requiresGrad(true);
            Tensor slope = Autograd.grad(limit.f.apply(x).sum(), x, Backward.CREATE_GRAPH);

            assertAll("second of " + limit + " of " + type, Autograd.grad(slope.sum(), x), 0);
        }
    }

    private static void assertAll(String what, Tensor actual, double expected) {
        double tolerance = actual.dtype() == DataType.DOUBLE ? 1e-14 : actual.dtype() == DataType.FLOAT ? 1e-6 : 1e-2;
        assertThat(DoubleStream.of(actual.toDoubleArray()).filter(y -> !isclose(y, expected, tolerance)))
                .as(what + ", expected " + expected)
                .isEmpty();
    }

    private static boolean isclose(double y, double expected, double tolerance) {
        return Double.isFinite(expected)
                ? Math.abs(y - expected) <= tolerance * Math.abs(expected)
                : Double.compare(y, expected) == 0;
    }

    /** Far out or near a point where a formula cancels: x, and the first and second derivative, of mpmath 1.3. */
    record Tail(String name, UnaryOperator<Tensor> f, double x, double slope, double second) {
        @Override
        public String toString() {
            return name + " at " + x;
        }
    }

    static Stream<Tail> tails() {
        return Stream.of(
                new Tail("tanh", Elementary::tanh, 20.0, 1.6993417021166355e-17, -3.398683404233271e-17),
                new Tail("tanh", Elementary::tanh, -20.0, 1.6993417021166355e-17, 3.398683404233271e-17),
                new Tail("tanh", Elementary::tanh, 9.5, 2.241118549901845e-08, -4.482237049577566e-08),
                new Tail("tanh", Elementary::tanh, 5.0, 0.0001815832309438067, -0.0003631334879209056),
                new Tail("tanh", Elementary::tanh, 0.001, 0.9999990000006667, -0.0019999973333356),
                new Tail("tanh", Elementary::tanh, 300.0, 1.0601586212017243e-260, -2.1203172424034486e-260),
                new Tail("sigmoid", Activations::sigmoid, 40.0, 4.248354255291589e-18, -4.248354255291589e-18),
                new Tail("sigmoid", Activations::sigmoid, -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
                new Tail("sigmoid", Activations::sigmoid, 20.0, 2.061153613941849e-09, -2.061153605445141e-09),
                new Tail("sigmoid", Activations::sigmoid, -700.0, 9.85967654375977e-305, 9.85967654375977e-305),
                new Tail("sigmoid", Activations::sigmoid, 1e-08, 0.25, -1.25e-09),
                new Tail("sigmoid", Activations::sigmoid, 8.0, 0.00033523767075647424, -0.0003350128267632233),
                new Tail("silu", Activations::silu, 40.0, 1.0000000000000002, -1.6143746170108038e-16),
                new Tail("silu", Activations::silu, -40.0, -1.6568581595637197e-16, -1.6143746170108038e-16),
                new Tail("silu", Activations::silu, -100.0, -3.682875216260628e-42, -3.645674456500419e-42),
                new Tail("silu", Activations::silu, 0.0001, 0.5000499999999166, 0.4999999975),
                new Tail("mish", Activations::mish, 15.0, 1.0000000000054274, -1.0480522954513246e-11),
                new Tail("mish", Activations::mish, -40.0, -1.6568581595637197e-16, -1.6143746170108038e-16),
                new Tail("mish", Activations::mish, -100.0, -3.682875216260628e-42, -3.645674456500419e-42),
                new Tail("gelu", Activations::gelu, -8.0, -3.979607261086796e-14, -3.1324080717928733e-13),
                new Tail("gelu", Activations::gelu, -20.0, -1.1014360483133464e-86, -2.1973374481395856e-85),
                new Tail("gelu", Activations::gelu, -37.0, -7.838298669418516e-297, -2.898048955934136e-295),
                new Tail(
                        "geluTanh",
                        x -> Activations.gelu(x, Activations.Gelu.TANH),
                        -6.0,
                        -7.709973930953701e-10,
                        -6.824247274157194e-09),
                new Tail(
                        "geluTanh",
                        x -> Activations.gelu(x, Activations.Gelu.TANH),
                        -8.0,
                        -4.71478450410685e-20,
                        -7.045821396097304e-19),
                new Tail("softplus", Activations::softplus, -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
                new Tail("softplus", Activations::softplus, 15.0, 0.9999996940977731, 3.059021333494523e-07),
                new Tail("softplus", Activations::softplus, -700.0, 9.85967654375977e-305, 9.85967654375977e-305),
                new Tail("logsigmoid", Activations::logsigmoid, 40.0, 4.248354255291589e-18, -4.248354255291589e-18),
                new Tail("logsigmoid", Activations::logsigmoid, -40.0, 1.0, -4.248354255291589e-18),
                new Tail("logsigmoid", Activations::logsigmoid, 700.0, 9.85967654375977e-305, -9.85967654375977e-305),
                new Tail("softsign", Activations::softsign, 1000000000.0, 9.99999998e-19, -1.999999994e-27),
                new Tail("softsign", Activations::softsign, -1000000.0, 9.99998000003e-13, 1.999994000012e-18),
                new Tail("softsign", Activations::softsign, 1e-09, 0.9999999980000001, -1.999999994),
                new Tail("tanhshrink", Activations::tanhshrink, 1e-05, 9.999999999333335e-11, 1.9999999997333335e-05),
                new Tail("tanhshrink", Activations::tanhshrink, -0.03125, 0.0009759270687764433, -0.06241868729779812),
                new Tail("tanhshrink", Activations::tanhshrink, 1e-100, 1e-200, 2e-100),
                new Tail("expm1", Elementary::expm1, -50.0, 1.9287498479639178e-22, 1.9287498479639178e-22),
                new Tail("expm1", Elementary::expm1, -20.0, 2.061153622438558e-09, 2.061153622438558e-09),
                new Tail("expm1", Elementary::expm1, -500.0, 7.124576406741286e-218, 7.124576406741286e-218),
                new Tail("sinc", Special::sinc, 1e-08, -3.2898681336964526e-08, -3.289868133696452),
                new Tail("sinc", Special::sinc, 0.0001, -0.0003289868101226756, -3.2898680362873622),
                new Tail("sinc", Special::sinc, 0.0625, -0.20482513185560508, -3.2519049395380084),
                new Tail("sinc", Special::sinc, 3.0, -0.3333333333333333, 0.2222222222222222),
                new Tail("sinc", Special::sinc, -0.5, 1.2732395447351628, -1.1902271282389358),
                new Tail("sinc", Special::sinc, 100.25, 0.007031038437314406, -0.022299287241434533),
                new Tail("sinc", Special::sinc, 1e-200, -3.289868133696453e-200, -3.289868133696453),
                new Tail("erf", Special::erf, 5.0, 1.5670866531017336e-11, -1.5670866531017336e-10),
                new Tail("erf", Special::erf, -9.0, 7.492073428245974e-36, 1.3485732170842753e-34),
                new Tail("erf", Special::erf, 26.0, 2.9470349932662697e-294, -1.53245819649846e-292),
                new Tail("erfc", Special::erfc, 5.0, -1.5670866531017336e-11, 1.5670866531017336e-10),
                new Tail("erfc", Special::erfc, -3.0, -0.00013925305194674786, -0.0008355183116804871),
                new Tail("asin", Elementary::asin, 0.9999999, 2236.068033989975, 11180339616.817677),
                new Tail("asin", Elementary::asin, -0.9999999403953552, 2896.3094188984724, -24296003637.769703),
                new Tail("acos", Elementary::acos, 0.9999999, -2236.068033989975, -11180339616.817677),
                new Tail("atan", Elementary::atan, 1e+100, 1e-200, -2e-300),
                new Tail("atan", Elementary::atan, -100000000.0, 9.999999999999999e-17, 1.9999999999999995e-24),
                new Tail("atan", Elementary::atan, 3.0, 0.1, -0.06),
                new Tail("asinh", Elementary::asinh, 1e+150, 1e-150, -1e-300),
                new Tail("asinh", Elementary::asinh, 1e+20, 1e-20, -1e-40),
                new Tail("asinh", Elementary::asinh, 0.5, 0.8944271909999159, -0.35777087639996635),
                new Tail("acosh", Elementary::acosh, 1.0000001, 2236.067920945309, -11180340157.215664),
                new Tail("acosh", Elementary::acosh, 1e+150, 1e-150, -1e-300),
                new Tail("acosh", Elementary::acosh, 1e+20, 1e-20, -1e-40),
                new Tail("atanh", Elementary::atanh, 0.9999999, 5000000.252631792, 50000000052635.46),
                new Tail("logit", Special::logit, 1e-100, 1e+100, -1e+200),
                new Tail("logit", Special::logit, 0.25, 5.333333333333333, -14.222222222222221));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void derivativesKeepTheirDigits(Tail tail) {
        Tensor x = Tensor.full(DataType.DOUBLE, tail.x, 1).requiresGrad(true);
        Tensor slope = Autograd.grad(tail.f.apply(x).sum(), x, Backward.CREATE_GRAPH);
        Tensor second = Autograd.grad(slope.sum(), x);

        assertThat(slope.item()).isCloseTo(tail.slope, within(1e-13 * Math.abs(tail.slope)));
        assertThat(second.item()).isCloseTo(tail.second, within(2e-13 * Math.abs(tail.second)));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void theySoDoInFloat32(Tail tail) {
        if (IN_UNITS_OF_ONE.contains(tail.name)
                || (float) tail.x != tail.x
                || Math.abs(tail.slope) < Float.MIN_NORMAL
                || Math.abs(tail.second) < 1e-36) {
            return; // not of this type
        }
        Tensor x = Tensor.full(DataType.FLOAT, tail.x, 100).requiresGrad(true);
        Tensor slope = Autograd.grad(tail.f.apply(x).sum(), x, Backward.CREATE_GRAPH);
        Tensor second = Autograd.grad(slope.sum(), x);

        assertThat(slope.get(7).item()).isCloseTo(tail.slope, within(1e-6 * Math.abs(tail.slope)));
        assertThat(second.get(99).item()).isCloseTo(tail.second, within(3e-6 * Math.abs(tail.second)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1e-9, 0.999, 1})
    void whatIsDroppedIsZero(double p) {
        for (DataType type : TYPES) {
            double[] kept = Activations.dropout(Tensor.ones(type, 3000), p, new Random(5))
                    .toDoubleArray();
            for (double value : new double[] {INF, -INF, 2}) {
                Tensor x = Tensor.full(type, value, 3000).requiresGrad(true);
                Tensor y = Activations.dropout(x, p, new Random(5));
                y.backward(Tensor.full(type, value, 3000));

                double[] expected =
                        DoubleStream.of(kept).map(m -> m == 0 ? 0 : value * m).toArray();
                for (double[] actual :
                        new double[][] {y.toDoubleArray(), x.grad().toDoubleArray()}) {
                    assertThat(DoubleStream.of(actual).map(v -> v + 0.0).toArray())
                            .isEqualTo(expected); // no −0
                }
            }
        }
    }

    @Test
    void allMinusInfinityIsNanInSoftmaxAndMinusInfinityInLogSumExp() {
        for (DataType type : TYPES) {
            for (int size : SIZES) {
                Tensor x = Tensor.full(type, -INF, 2, size);
                for (int dim = 0; dim < 2; dim++) {
                    assertAll("softmax", x.softmax(dim), NAN);
                    assertAll("logSoftmax", x.logSoftmax(dim), NAN);
                    assertAll("logsumexp", x.logsumexp(dim), -INF);
                    assertAll("logcumsumexp", Cumulative.logcumsumexp(x, dim), -INF);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e4, 1e8, 1e12, 1e16, 1e30, -1e16})
    void sharesOfLargeNumbersAddUpToOne(double size) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.full(type, size, 3, 4).requiresGrad(true);

            x.logsumexp(1).sum().backward();

            assertAll("slope of logsumexp", x.grad(), 0.25);
        }
    }

    @Test
    void roundingToDigitsLeavesLargeNumbers() {
        Tensor x = Tensor.of(DataType.DOUBLE, 1e300, -1e300, 2.675, INF, 1e-5);

        assertThat(Rounding.round(x, 10).toDoubleArray()).containsExactly(1e300, -1e300, 2.675, INF, 1e-5);
        assertThat(Rounding.round(x, 400).toDoubleArray()).containsExactly(1e300, -1e300, 2.675, INF, 1e-5);
        assertThat(Rounding.round(x, 2).toDoubleArray()).containsExactly(1e300, -1e300, 2.68, INF, 0);
        assertThat(Rounding.round(Tensor.of(DataType.DOUBLE, 123, -5), -400).toDoubleArray())
                .containsExactly(0, -0.0);
    }
}
