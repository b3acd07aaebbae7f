package org.ndgrad.autograd.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.PiecewiseActivations;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.SmoothActivations;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Compares activation functions of floats, and the slopes that backward passes multiply by, with those of doubles. */
class ActivationsTest {

    /** Between the bit patterns of the sample. */
    private static final int STEP = 1999;

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        INFINITY,
        -INFINITY,
        Float.NaN,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        0.5f,
        -0.5f,
        1,
        -1,
        3,
        -3,
        20,
        -20,
        88.8f,
        -88.8f,
        1e30f,
        -1e30f,
        Math.nextUp(3f),
        Math.nextDown(-3f)
    };

    /** Around the sizes of what loops compute at least, of blocks, and of Java arrays. */
    private static final int[] SIZES = {1, 2, 3, 95, 97, 1007, 1008, 1009, 4096, 4097, 9000};

    /**
     * A function, and how far it may be from the one of doubles: in units in the last place of the value, or of a scale
     * if that is larger.
     */
    private record Case(
            String name, FloatLoops.One floats, DoubleLoops.One exact, double ulps, DoubleUnaryOperator scale) {

        @Override
        public String toString() {
            return name;
        }

        float[] of(float... x) {
            float[] y = new float[x.length];
            for (int i = 0; i < x.length; i += Scratch.LARGEST) {
                int n = Math.min(Scratch.LARGEST, x.length - i);
                float[] block = new float[Math.max(n, Scratch.FEW)];
                System.arraycopy(x, i, block, 0, n);
                floats.run(block, block, block.length);
                System.arraycopy(block, 0, y, i, n);
            }
            return y;
        }

        double[] exact(float... x) {
            double[] y = new double[x.length];
            exact.run(doubles(x), y, y.length);
            return y;
        }

        void check(float x, float y, double value) {
            float rounded = (float) value;
            double unit = Math.ulp((float) Math.max(Math.abs(value), scale.applyAsDouble(x)));
            boolean special = !Float.isFinite(rounded);
            if (special ? Float.compare(y, rounded) != 0 : !(Math.abs(y - value) <= ulps * unit)) {
                assertThat((Float) y).as("%s(%s)", this, x).isEqualTo((Float) rounded);
            }
        }
    }

    private static Case function(String name, Unary f, double ulps) {
        return new Case(name, f.floats, f.doubles, ulps, x -> 0);
    }

    private static Case slope(String name, Binary f, double ulps, double scale) {
        FloatLoops.One slope = (x, y, n) -> {
            float[] ones = new float[n];
            Arrays.fill(ones, 1);
            f.floats.run(ones, x, y, n);
        };
        return new Case(name, slope, (x, y, n) -> f.doubles.run(filled(1, n), x, y, n), ulps, x -> scale);
    }

    private static double[] filled(double value, int n) {
        double[] filled = new double[n];
        Arrays.fill(filled, value);
        return filled;
    }

    private static Case logisticSlope(double target) {
        FloatLoops.One slope = (x, y, n) -> {
            float[] targets = new float[n];
            Arrays.fill(targets, (float) target);
            SmoothActivations.LOGISTIC_SLOPE.floats.run(x, targets, y, n);
        };
        return new Case(
                "slope of the logistic loss of " + target,
                slope,
                (x, y, n) -> SmoothActivations.LOGISTIC_SLOPE.doubles.run(x, filled(target, n), y, n),
                2.7,
                x -> target % 1 == 0 ? 0 : 1);
    }

    private static Case logisticLoss(double target) {
        FloatLoops.One loss = (x, y, n) -> {
            float[] targets = new float[n];
            Arrays.fill(targets, (float) target);
            SmoothActivations.LOGISTIC_LOSS.floats.run(x, targets, y, n);
        };
        return new Case(
                "logistic loss of " + target,
                loss,
                (x, y, n) -> SmoothActivations.LOGISTIC_LOSS.doubles.run(x, filled(target, n), y, n),
                2.7,
                x -> target % 1 == 0 ? 0 : Math.abs(x));
    }

    static Stream<Case> cases() {
        Interval inner = Interval.closed(-0.5, 0.5);
        return Stream.of(
                function("expm1", Unary.EXPM1, 2),
                function("elu", SmoothActivations.elu(1, 1, 1), 2),
                function("elu 1.5", SmoothActivations.elu(1.5, 1, 1), 2),
                function("celu 2", SmoothActivations.elu(2, 0.5, 1), 2),
                function("celu -2", SmoothActivations.elu(-2, -0.5, 1), 2.5),
                function("selu", SmoothActivations.elu(1.75, 1, 1.0625), 2.5),
                slope("elu'", SmoothActivations.eluBackward(1, 1, 1), 1.5, 0),
                slope("celu' 2", SmoothActivations.eluBackward(2, 0.5, 1), 1.5, 0),
                slope("selu'", SmoothActivations.eluBackward(1.75, 1, 1.0625), 2.5, 0),
                function("softplus", SmoothActivations.softplus(1, 20), 2.7),
                function("softplus 2 3", SmoothActivations.softplus(2, 3), 2.7),
                slope("softplus'", SmoothActivations.softplusBackward(1, 20), 2.5, 0),
                slope("softplus' 2 3", SmoothActivations.softplusBackward(2, 3), 2.5, 0),
                slope("logsigmoid'", SmoothActivations.softplusBackward(-1, Double.POSITIVE_INFINITY), 2.5, 0),
                function("logsigmoid", SmoothActivations.LOG_SIGMOID, 2.5),
                slope("tanh'", SmoothActivations.TANH_BACKWARD, 4.5, 0),
                slope("sigmoid'", SmoothActivations.SIGMOID_BACKWARD, 4.5, 0),
                logisticSlope(0),
                logisticSlope(1),
                logisticSlope(0.25),
                logisticLoss(0),
                logisticLoss(1),
                logisticLoss(0.25),
                // Below, eˣ is no normal number.
                new Case(
                        "silu",
                        SmoothActivations.SILU.floats,
                        SmoothActivations.SILU.doubles,
                        3.2,
                        x -> x < -87 ? 1e-36 : 0),
                slope("silu'", SmoothActivations.SILU_BACKWARD, 2.5, 1),
                new Case(
                        "mish",
                        SmoothActivations.MISH.floats,
                        SmoothActivations.MISH.doubles,
                        3.4,
                        x -> x < -87 ? 1e-36 : 0),
                slope("mish'", SmoothActivations.MISH_BACKWARD, 2.5, 1),
                // Φ is to so many places of 1 below 0.
                new Case("gelu", SmoothActivations.GELU.floats, SmoothActivations.GELU.doubles, 3, x -> x < 0 ? -x : 0),
                slope("gelu'", SmoothActivations.GELU_BACKWARD, 2.5, 1),
                new Case(
                        "geluTanh",
                        SmoothActivations.GELU_TANH.floats,
                        SmoothActivations.GELU_TANH.doubles,
                        3.2,
                        x -> x < -1 ? -x : 0),
                slope("geluTanh'", SmoothActivations.GELU_TANH_BACKWARD, 2.5, 1),
                function("leakyRelu 0.125", PiecewiseActivations.leakyRelu(0.125), 0.5),
                function("leakyRelu 0", PiecewiseActivations.leakyRelu(0), 0.5),
                function("leakyRelu -2", PiecewiseActivations.leakyRelu(-2), 0.5),
                function("leakyRelu 3", PiecewiseActivations.leakyRelu(3), 0.5),
                slope("leakyRelu' 0.125", PiecewiseActivations.leakyReluBackward(0.125), 0, 0),
                function("softsign", PiecewiseActivations.SOFTSIGN, 1.5),
                function("hardtanh", Unary.clamp(-0.5, 3), 0),
                function("hardsigmoid", PiecewiseActivations.HARDSIGMOID, 1),
                function("hardswish", PiecewiseActivations.HARDSWISH, 2),
                slope("hardswish'", PiecewiseActivations.HARDSWISH_BACKWARD, 1, 1),
                function("hardshrink", PiecewiseActivations.keep(inner.not(), 0), 0),
                function("softshrink", PiecewiseActivations.softshrink(0.5), 0.5),
                function(
                        "threshold",
                        PiecewiseActivations.keep(Interval.atMost(0.5).not(), 7),
                        0));
    }

    private static List<Interval> intervals() {
        double infinity = Double.POSITIVE_INFINITY;
        List<Interval> some = ImmutableList.of(
                Interval.closed(-1, 3),
                Interval.closed(0, 0),
                Interval.closed(3, 1),
                Interval.closed(-infinity, infinity),
                Interval.open(-1, 3),
                Interval.open(-3, -0.5),
                Interval.open(0, 0),
                Interval.open(0.5, 0.5f + Math.ulp(0.5f)),
                Interval.open(-infinity, infinity),
                Interval.atLeast(0),
                Interval.atLeast(-0.0),
                Interval.atMost(-3),
                Interval.above(0),
                Interval.above(-3),
                Interval.above(infinity),
                Interval.below(-0.0),
                Interval.below(20));
        return some.stream()
                .flatMap(i -> Stream.of(i, i.not(), i.orNan(), i.orNan().not()))
                .toList();
    }

    static Stream<Case> masks() {
        return intervals().stream().map(i -> slope("a mask", Binary.keep(i), 0, 0));
    }

    static Stream<Case> all() {
        return Stream.concat(cases(), masks());
    }

    @ParameterizedTest
    @MethodSource("all")
    void areExactToUnitsInTheLastPlace(Case f) {
        long block = (long) STEP * Scratch.LARGEST;
        LongStream.rangeClosed(0, (1L << 32) / block).parallel().forEach(k -> {
            float[] x = new float[Scratch.LARGEST];
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((int) (k * block + (long) i * STEP));
            }
            float[] y = f.of(x);
            double[] exact = f.exact(x);
            for (int i = 0; i < x.length; i++) {
                f.check(x[i], y[i], exact[i]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void haveTheSpecialValuesAndZerosOfDoubles(Case f) {
        float[] y = f.of(SPECIAL);
        double[] exact = f.exact(SPECIAL);

        for (int i = 0; i < y.length; i++) {
            f.check(SPECIAL[i], y[i], exact[i]);
            if (SPECIAL[i] == 0 || Double.isNaN(exact[i])) {
                assertThat((Float) y[i]).as("%s(%s)", f, SPECIAL[i]).isEqualTo((Float) (float) exact[i]);
            }
        }
    }

    private static float[] sample(int n, int seed) {
        Random random = new Random(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            boolean special = random.nextInt(20) == 0;
            x[i] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : 4 * (float) random.nextGaussian();
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void giveTheSameBitsWhereverAnElementStands(Case f) {
        Unary unary = Unary.of(x -> f.exact((float) x)[0], f.floats);
        for (int size : SIZES) {
            float[] x = sample(size, size);
            float[] expected = new float[size];
            IntStream.range(0, size).parallel().forEach(i -> expected[i] = f.of(x[i])[0]);
            INDArray heap = Copy.of(DataType.FLOAT, doubles(x), size);
            INDArray apart = Views.slice(Copy.of(DataType.FLOAT, doubles(spread(x)), 2L * size), 0, 1, size, 2);

            for (INDArray from : List.of(heap, Memory.escape(Copy.copy(heap)), apart)) {
                INDArray to = Memory.allocate(DataType.FLOAT, size);
                Blockwise.map(from, to, unary);
                assertThat(Copy.toDoubles(to)).isEqualTo(doubles(expected));
            }
        }
    }

    static Stream<Binary> gradients() {
        return Stream.of(
                SmoothActivations.SILU_BACKWARD,
                SmoothActivations.GELU_BACKWARD,
                SmoothActivations.softplusBackward(2, 3),
                PiecewiseActivations.HARDSWISH_BACKWARD,
                PiecewiseActivations.leakyReluBackward(-0.3),
                PiecewiseActivations.PRELU,
                Binary.WEIGH,
                Binary.keep(Interval.open(-1, 3).orNan()));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void backwardPassesGiveTheSameBitsWhereverAnElementStands(Binary f) {
        for (int size : SIZES) {
            INDArray g = Copy.of(DataType.FLOAT, doubles(sample(size, 1)), size);
            INDArray x = Copy.of(DataType.FLOAT, doubles(sample(size, 2)), size);
            double[] expected = new double[size];
            for (int i = 0; i < size; i++) {
                INDArray one = Memory.allocate(DataType.FLOAT, 1);
                Blockwise.zip(Views.slice(g, 0, i, 1, 1), Views.slice(x, 0, i, 1, 1), one, f);
                expected[i] = Copy.toDoubles(one)[0];
            }

            for (INDArray from : List.of(x, Memory.escape(Copy.copy(x)))) {
                INDArray to = Memory.allocate(DataType.FLOAT, size);
                Blockwise.zip(g, from, to, f);
                assertThat(Copy.toDoubles(to)).isEqualTo(expected);

                INDArray same = Copy.copy(g);
                Blockwise.zip(same, from, same, f);
                assertThat(Copy.toDoubles(same)).isEqualTo(expected);
            }
        }
    }

    private static float[] spread(float[] x) {
        float[] spread = new float[2 * x.length];
        for (int i = 0; i < x.length; i++) {
            spread[2 * i + 1] = x[i];
        }
        return spread;
    }

    private static double[] doubles(float[] x) {
        double[] doubles = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            doubles[i] = x[i];
        }
        return doubles;
    }
}
