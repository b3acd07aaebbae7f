package org.ndgrad.autograd.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Interval;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Compares loops over blocks with functions of single numbers, for all memory and layouts that an array can have. */
class BlockwiseTest {

    private static final double[] SPECIAL = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0,
        -0.0,
        1,
        -1,
        0.5,
        -90,
        90,
        1e-45,
        -1e-45,
        3e38
    };

    private static final List<Unary> POWERS = ImmutableList.of(power(2.5), power(-1.7), power(7), power(-3));

    /** Functions that float32 has only to a few units in the last place. */
    private static final Set<Unary> APPROXIMATE = ImmutableSet.<Unary>builder()
            .add(
                    Unary.EXP,
                    Unary.EXPM1,
                    Unary.LOG,
                    Unary.TANH,
                    Unary.SIGMOID,
                    Unary.SIN,
                    Unary.COS,
                    Unary.RSQRT,
                    power(-2),
                    power(-0.5),
                    power(3),
                    power(4))
            .addAll(POWERS)
            .build();

    /** Around the sizes of blocks, of Java arrays, and of what is split. */
    private static final long[][] SHAPES = {
        {}, {0, 3}, {1, 1}, {2, 5}, {1, 1007}, {16, 63}, {1009, 1}, {2, 505}, {8, 512}, {17, 241}, {3, 25_000}
    };

    /** After so many, a prime, random numbers recur: at each place in a block. */
    private static final int PERIOD = 4099;

    private static final Map<List<Integer>, double[]> NUMBERS = new ConcurrentHashMap<>();

    /** Ways for an array to lie in memory. */
    enum Place {
        PLAIN,
        FOREIGN,
        TRANSPOSED,
        EVERY_SECOND,
        BEHIND_OTHERS,
        ROW,
        COLUMN,
        SCALAR;

        /** Returns an array of random numbers: the same in each place that has all of the shape. */
        INDArray array(DataType type, long[] shape, int seed) {
            if (shape.length < 2 || Shapes.numel("test", shape) == 0) {
                return sample(type, seed, shape);
            }
            int n = (int) shape[0];
            int m = (int) shape[1];
            double[] values = numbers(seed, n * m);
            return switch (this) {
                case PLAIN -> Copy.of(type, values, n, m);
                case FOREIGN -> Memory.escape(Copy.of(type, values, n, m));
                case TRANSPOSED -> Views.permute(laid(type, values, m, n, i -> i % m * n + i / m), new int[] {1, 0});
                case EVERY_SECOND -> Views.slice(laid(type, values, n, 2L * m, i -> 2 * i + 1), 1, 1, m, 2);
                case BEHIND_OTHERS -> Views.slice(laid(type, values, n + 1, m, i -> i + m), 0, 1, n, 1);
                case ROW -> sample(type, seed, m);
                case COLUMN -> sample(type, seed, n, 1);
                case SCALAR -> sample(type, seed);
            };
        }

        /** Whether an element is repeated. */
        boolean isBroadcast() {
            return this == ROW || this == COLUMN || this == SCALAR;
        }
    }

    /** Returns an array with each number at its position, and others between. */
    private static INDArray laid(DataType type, double[] values, long rows, long columns, IntUnaryOperator position) {
        double[] laid = numbers(5, (int) (rows * columns));
        for (int i = 0; i < values.length; i++) {
            laid[position.applyAsInt(i)] = values[i];
        }
        return Copy.of(type, laid, rows, columns);
    }

    private static INDArray sample(DataType type, int seed, long... shape) {
        return Copy.of(type, numbers(seed, (int) Shapes.numel("test", shape)), shape);
    }

    /** Returns the same numbers each time; to draw them takes longer than what is tested. */
    private static double[] numbers(int seed, int count) {
        return NUMBERS.computeIfAbsent(List.of(seed, count), key -> drawn(seed, count))
                .clone();
    }

    private static double[] drawn(int seed, int count) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < values.length; i++) {
            boolean special = random.nextInt(8) == 0;
            values[i] = i >= PERIOD
                    ? values[i - PERIOD]
                    : special ? SPECIAL[random.nextInt(SPECIAL.length)] : 5 * random.nextGaussian();
        }
        return values;
    }

    private static <T> List<T> constants(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == type) {
                try {
                    found.add(type.cast(field.get(null)));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return ImmutableList.copyOf(found);
    }

    /** Returns the elements as if the array had the shape. */
    private static double[] expanded(INDArray array, long[] shape) {
        return Copy.toDoubles(Views.expand("test", array, shape));
    }

    private static Unary power(double k) {
        return (Unary) Powers.function(k);
    }

    /** Functions of one number, those with parameters for some of these. */
    private static List<Unary> unary() {
        return ImmutableList.<Unary>builder()
                .addAll(constants(Unary.class))
                .add(power(-2), power(-1), power(-0.5), power(0), power(0.5), power(1), power(2), power(3), power(4))
                .addAll(POWERS)
                .add(Unary.clamp(-1, 2.5), Unary.clamp(-0.0, Double.NaN), Unary.clamp(3, -3))
                .build();
    }

    /** Functions of two numbers, those with parameters for some of these. */
    private static List<Binary> binary() {
        return ImmutableList.<Binary>builder()
                .addAll(constants(Binary.class))
                .add(
                        Binary.keep(Interval.closed(-1, 0.5)),
                        Binary.keep(Interval.closed(1, -1)),
                        Binary.keep(Interval.closed(1, Double.NaN)))
                .add(Binary.keep(Interval.atLeast(0.0)), Binary.keep(Interval.atMost(-0.0)))
                .build();
    }

    private static double rounded(DataType type, double value) {
        return type == DataType.FLOAT ? (float) value : type == DataType.BOOL ? (value != 0 ? 1 : 0) : value;
    }

    private static void assertSame(double actual, double expected, int units, Place place) {
        if (Double.compare(actual, expected) != 0
                && !(Math.abs(actual - expected) <= units * Math.ulp((float) expected))) {
            assertThat(actual).as("where %s", place).isEqualTo(expected);
        }
    }

    static Stream<Arguments> shapes() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(SHAPES)
                        .filter(shape -> Shapes.numel("test", shape) > 0)
                        .map(shape -> Arguments.of(type, shape)));
    }

    private static double[] values(Unary f, double[] x) {
        double[] values = new double[x.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = recurs(x, i) ? values[i - PERIOD] : f.applyAsDouble(x[i]);
        }
        return values;
    }

    private static double[] values(Binary f, double[] x, double[] y) {
        double[] values = new double[x.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = recurs(x, i) && recurs(y, i) ? values[i - PERIOD] : f.applyAsDouble(x[i], y[i]);
        }
        return values;
    }

    /** Whether a number is the one a period before: one by one, functions take longer than all else here. */
    private static boolean recurs(double[] x, int i) {
        return i >= PERIOD && Double.doubleToRawLongBits(x[i]) == Double.doubleToRawLongBits(x[i - PERIOD]);
    }

    /** Function by function: what is expected is computed once for all places with the same numbers. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("shapes")
    void functionsOfOneNumber(DataType type, long[] shape) {
        double[] elements = Copy.toDoubles(Place.PLAIN.array(type, shape, 1));
        for (Unary f : unary()) {
            double[] whole = values(f, elements);
            int units = type == DataType.FLOAT && APPROXIMATE.contains(f) ? 2 : 0;
            for (Place place : Place.values()) {
                INDArray x = place.array(type, shape, 1);
                INDArray result = Memory.allocate(type, shape);

                Blockwise.map(x, result, f);

                double[] actual = Copy.toDoubles(result);
                double[] expected = place.isBroadcast() ? values(f, expanded(x, shape)) : whole;
                for (int i = 0; i < actual.length; i++) {
                    assertSame(actual[i], rounded(type, expected[i]), units, place);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("shapes")
    void functionsOfTwoNumbers(DataType type, long[] shape) {
        for (Binary f : binary()) {
            Expected whole = new Expected(f, type, shape, Place.PLAIN);
            for (Place place : Place.values()) {
                Expected expected = place.isBroadcast() ? new Expected(f, type, shape, place) : whole;
                for (DataType stored : List.of(type, DataType.BOOL)) {
                    expected.check(type, shape, place, stored);
                }
            }
        }
    }

    /** What a function of x and y is, and of y and x. */
    private static final class Expected {
        final Binary f;
        final double[] x;
        final double[] y;
        final double[] values;
        final double[] swapped;

        Expected(Binary f, DataType type, long[] shape, Place place) {
            this.f = f;
            x = expanded(Place.PLAIN.array(type, shape, 1), shape);
            y = expanded(place.array(type, shape, 2), shape);
            values = BlockwiseTest.values(f, x, y);
            swapped = BlockwiseTest.values(f, y, x);
        }

        void check(DataType type, long[] shape, Place place, DataType stored) {
            INDArray first = Place.PLAIN.array(type, shape, 1);
            INDArray second = place.array(type, shape, 2);
            INDArray result = Memory.allocate(stored, shape);
            INDArray turned = Memory.allocate(stored, shape);

            Blockwise.zip(first, second, result, f);
            Blockwise.zip(second, first, turned, f);

            double[] actual = Copy.toDoubles(result);
            double[] other = Copy.toDoubles(turned);
            int few = f == Binary.TANH_BACKWARD ? 4 : f == Binary.POWER ? 1 : 0; // pow is off by 0.51 at most
            int units = type == DataType.FLOAT ? few : 0;
            for (int i = 0; i < actual.length; i++) {
                if (fits(f, y[i])) {
                    assertSame(actual[i], held(type, stored, values[i]), units, place);
                }
                if (fits(f, x[i])) {
                    assertSame(other[i], held(type, stored, swapped[i]), units, place);
                }
            }
        }
    }

    /** Whether a function is meant for such a second number. */
    private static boolean fits(Binary f, double other) {
        if (f == Binary.TANH_BACKWARD) {
            return Math.abs(other) <= 1;
        }
        return f != Binary.DROP || other == 0 || other > 1;
    }

    private static double held(DataType computed, DataType stored, double value) {
        return rounded(stored, rounded(computed, value));
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"PLAIN", "FOREIGN", "TRANSPOSED", "EVERY_SECOND", "BEHIND_OTHERS"})
    void arraysAreChangedInPlace(Place place) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (long[] shape : SHAPES) {
                INDArray target = place.array(type, shape, 1);
                INDArray row = Place.ROW.array(type, shape, 2);
                double[] before = Copy.toDoubles(target);
                double[] added = expanded(row, shape);

                Pointwise.into(target, row, Binary.ADD, Binary.ADD);

                double[] after = Copy.toDoubles(target);
                for (int i = 0; i < after.length; i++) {
                    assertSame(after[i], rounded(type, before[i] + added[i]), 0, place);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void elementsAreChosen(Place place) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE, DataType.INT64)) {
            for (long[] shape : SHAPES) {
                INDArray condition = Copy.cast(place.array(DataType.FLOAT, shape, 3), DataType.BOOL);
                INDArray a = Copy.cast(Place.PLAIN.array(DataType.FLOAT, shape, 1), type);
                INDArray b = Copy.cast(place.array(DataType.FLOAT, shape, 2), type);
                double[] which = expanded(condition, shape);
                double[] first = expanded(a, shape);
                double[] second = expanded(b, shape);

                double[] chosen = Copy.toDoubles(Pointwise.where("where", condition, a, b));

                for (int i = 0; i < chosen.length; i++) {
                    assertSame(chosen[i], which[i] != 0 ? first[i] : second[i], 0, place);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "LONG", "INT", "BYTE", "BOOL"})
    void typesAreCast(DataType type) {
        for (DataType from : List.of(DataType.FLOAT, DataType.DOUBLE, DataType.BOOL)) {
            for (Place place : Place.values()) {
                for (long[] shape : SHAPES) {
                    INDArray source = Copy.cast(place.array(DataType.FLOAT, shape, 1), from);
                    INDArray expected = Memory.allocate(type, source.shape());
                    if (source.isEmpty()) {
                        continue;
                    }
                    Elements out = Elements.into(expected);
                    double[] elements = Copy.toDoubles(source);
                    for (int i = 0; i < elements.length; i++) {
                        out.set(i, elements[i]);
                    }

                    assertThat(Copy.toDoubles(Copy.cast(source, type))).isEqualTo(Copy.toDoubles(expected));
                }
            }
        }
    }

    @Test
    void aPartOfTheTargetIsReadBeforeItChanges() {
        INDArray target = Copy.of(DataType.FLOAT, new double[] {1, 2, 10, 20}, 2, 2);

        Pointwise.into(target, Views.slice(target, 0, 0, 1, 1), Binary.ADD, Binary.ADD);

        assertThat(Copy.toDoubles(target)).containsExactly(2, 4, 11, 22);
    }
}
