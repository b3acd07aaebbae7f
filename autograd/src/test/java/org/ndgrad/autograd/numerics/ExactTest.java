package org.ndgrad.autograd.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Rounding;

/** Functions whose results are rounded exactly: each bit is right, also the sign of 0, in float32 and float64. */
class ExactTest {

    private static final int SAMPLES = Integer.getInteger("ndgrad.ulp.samples", 5000);

    private record One(String name, UnaryOperator<Tensor> f, DoubleUnaryOperator exact) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Two(String name, BinaryOperator<Tensor> f, DoubleBinaryOperator exact) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<One> ofOne() {
        return Stream.of(
                new One("neg", Tensor::neg, x -> -x),
                new One("abs", Tensor::abs, Math::abs),
                new One("sign", Arithmetic::sign, x -> x > 0 ? 1 : x < 0 ? -1 : 0),
                new One("square", Tensor::square, x -> x * x),
                new One("reciprocal", Arithmetic::reciprocal, x -> 1 / x),
                new One("sqrt", Tensor::sqrt, Math::sqrt),
                new One("floor", Rounding::floor, Math::floor),
                new One("ceil", Rounding::ceil, Math::ceil),
                new One("round", Rounding::round, Math::rint),
                new One("trunc", Rounding::trunc, x -> x < 0 ? Math.ceil(x) : Math.floor(x)),
                new One("frac", Rounding::frac, x -> x - (x < 0 ? Math.ceil(x) : Math.floor(x))),
                new One("relu", Tensor::relu, x -> Math.max(x, 0)),
                new One("hardtanh", x -> Activations.hardtanh(x, -1, 2), x -> Math.min(Math.max(x, -1), 2)),
                new One("x^0", x -> x.pow(0), x -> 1),
                new One("x^1", x -> x.pow(1), x -> x),
                new One("x^½", x -> x.pow(0.5), x -> x == Double.NEGATIVE_INFINITY ? -x : Math.sqrt(x) + 0.0),
                new One("1 − x", x -> x.rsub(1), x -> 1 - x),
                new One("x + 1", x -> x.add(1), x -> x + 1),
                new One("x / 3", x -> x.div(3), x -> x / 3),
                new One("odd functions at 0", ExactTest::odd, x -> x == 0 ? x : 1));
    }

    /** Functions that keep 0 and its sign, one after the other, and 1 elsewhere. */
    private static Tensor odd(Tensor x) {
        Tensor y = Elementary.sin(Elementary.tan(Elementary.asin(Elementary.atan(x))));
        y = Elementary.sinh(Elementary.tanh(Elementary.asinh(Elementary.atanh(y))));
        y = Elementary.expm1(Elementary.log1p(y)).sqrt();
        y = Activations.softsign(Activations.tanhshrink(Activations.elu(y, 1)));
        return Comparison.where(x.eq(0), y, Tensor.onesLike(x));
    }

    static Stream<Two> ofTwo() {
        return Stream.of(
                new Two("add", Tensor::add, Double::sum),
                new Two("sub", Tensor::sub, (a, b) -> a - b),
                new Two("mul", Tensor::mul, (a, b) -> a * b),
                new Two("div", Tensor::div, (a, b) -> a / b),
                new Two("fmod", Arithmetic::fmod, (a, b) -> a % b),
                new Two("copysign", Arithmetic::copysign, Math::copySign),
                new Two("maximum", Tensor::maximum, Math::max),
                new Two("minimum", Tensor::minimum, Math::min));
    }

    @ParameterizedTest
    @MethodSource("ofOne")
    void functionsOfOneNumber(One row) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double[] x = points(type, 1);
            double[] y = row.f.apply(Tensor.of(type, x)).toDoubleArray();
            for (int i = 0; i < x.length; i++) {
                double argument = x[i];
                double exact = rounded(type, row.exact.applyAsDouble(argument));
                check(() -> row.name + " of " + argument, y[i], exact);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofTwo")
    void functionsOfTwoNumbers(Two row) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            double[] a = points(type, 1);
            for (int shift : new int[] {0, 1, 2, 500, 501}) {
                double[] b = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    b[i] = a[(i * 3 + shift) % a.length];
                }
                double[] y = row.f.apply(Tensor.of(type, a), Tensor.of(type, b)).toDoubleArray();
                for (int i = 0; i < a.length; i++) {
                    double first = a[i];
                    double second = b[i];
                    double exact = rounded(type, row.exact.applyAsDouble(first, second));
                    check(() -> row.name + " of " + first + " and " + second, y[i], exact);
                }
            }
        }
    }

    private static void check(Supplier<String> what, double actual, double expected) {
        if (Double.compare(actual, expected) != 0) {
            assertThat((Double) actual).as(what).isEqualTo((Double) expected);
        }
    }

    private static double rounded(DataType type, double x) {
        return type == DataType.FLOAT ? (float) x : x;
    }

    private static double[] points(DataType type, int seed) {
        Random random = new Random(seed);
        boolean single = type == DataType.FLOAT;
        DoubleStream ends = DoubleStream.of(
                        0,
                        0.3,
                        0.5,
                        1.5,
                        2.5,
                        1e9,
                        3,
                        Double.POSITIVE_INFINITY,
                        single ? Float.MAX_VALUE : Double.MAX_VALUE)
                .flatMap(x -> DoubleStream.of(x, -x));
        DoubleStream powers = IntStream.rangeClosed(single ? -149 : -1074, single ? 127 : 1023)
                .mapToDouble(k -> Math.scalb(1.0, k))
                .flatMap(x -> DoubleStream.of(x, -x));
        DoubleStream bits = IntStream.range(0, SAMPLES)
                .mapToDouble(i ->
                        single ? Float.intBitsToFloat(random.nextInt()) : Double.longBitsToDouble(random.nextLong()));
        DoubleStream numbers = IntStream.range(0, SAMPLES).mapToDouble(i -> rounded(type, 8 * random.nextGaussian()));
        return DoubleStream.concat(DoubleStream.concat(ends, powers), DoubleStream.concat(bits, numbers))
                .map(x -> rounded(type, x))
                .toArray();
    }
}
