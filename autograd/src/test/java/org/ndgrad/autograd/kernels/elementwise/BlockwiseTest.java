package org.ndgrad.autograd.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

        INDArray array(DataType type, long[] shape, int seed) {
            if (shape.length < 2 || Shapes.numel("test", shape) == 0) {
                return sample(type, seed, shape);
            }
            long n = shape[0];
            long m = shape[1];
            return switch (this) {
                case PLAIN -> sample(type, seed, n, m);
                case FOREIGN -> Memory.escape(sample(type, seed, n, m));
                case TRANSPOSED -> Views.permute(sample(type, seed, m, n), new int[] {1, 0});
                case EVERY_SECOND -> Views.slice(sample(type, seed, n, 2 * m), 1, 1, m, 2);
                case BEHIND_OTHERS -> Views.slice(sample(type, seed, n + 1, m), 0, 1, n, 1);
                case ROW -> sample(type, seed, m);
                case COLUMN -> sample(type, seed, n, 1);
                case SCALAR -> sample(type, seed);
            };
        }
    }

    private static INDArray sample(DataType type, int seed, long... shape) {
        Random random = new Random(seed);
        double[] values = new double[(int) Shapes.numel("test", shape)];
        for (int i = 0; i < values.length; i++) {
            boolean special = random.nextInt(8) == 0;
            values[i] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : 5 * random.nextGaussian();
        }
        return Copy.of(type, values, shape);
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

    private static void assertSame(double actual, double expected, int units) {
        double tolerance = units * Math.ulp((float) expected);
        if (Double.compare(actual, expected) != 0 && !(Math.abs(actual - expected) <= tolerance)) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    static Stream<Arguments> places() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(SHAPES)
                        .flatMap(shape -> Stream.of(Place.values()).map(place -> Arguments.of(type, shape, place))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("places")
    void functionsOfOneNumber(DataType type, long[] shape, Place place) {
        INDArray x = place.array(type, shape, 1);
        double[] elements = expanded(x, shape);
        for (Unary f : unary()) {
            INDArray result = Memory.allocate(type, shape);
            if (result.isEmpty()) {
                continue;
            }
            Blockwise.map(x, result, f);

            double[] actual = Copy.toDoubles(result);
            double[] values = new double[actual.length];
            Arrays.parallelSetAll(values, i -> f.applyAsDouble(elements[i]));
            int units = type == DataType.FLOAT && APPROXIMATE.contains(f) ? 2 : 0;
            for (int i = 0; i < actual.length; i++) {
                assertSame(actual[i], rounded(type, values[i]), units);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("places")
    void functionsOfTwoNumbers(DataType type, long[] shape, Place place) {
        INDArray x = Place.PLAIN.array(type, shape, 1);
        INDArray y = place.array(type, shape, 2);
        double[] first = expanded(x, shape);
        double[] second = expanded(y, shape);
        for (Binary f : binary()) {
            double[] values = new double[first.length];
            double[] swapped = new double[first.length];
            Arrays.parallelSetAll(values, i -> f.applyAsDouble(first[i], second[i]));
            Arrays.parallelSetAll(swapped, i -> f.applyAsDouble(second[i], first[i]));
            for (DataType stored : List.of(type, DataType.BOOL)) {
                INDArray result = Memory.allocate(stored, shape);
                INDArray turned = Memory.allocate(stored, shape);
                if (result.isEmpty()) {
                    continue;
                }
                Blockwise.zip(x, y, result, f);
                Blockwise.zip(y, x, turned, f);

                double[] actual = Copy.toDoubles(result);
                double[] other = Copy.toDoubles(turned);
                int few = f == Binary.TANH_BACKWARD ? 4 : f == Binary.POWER ? 1 : 0; // pow is off by 0.51 at most
                int units = type == DataType.FLOAT ? few : 0;
                for (int i = 0; i < actual.length; i++) {
                    if (fits(f, second[i])) {
                        assertSame(actual[i], held(type, stored, values[i]), units);
                    }
                    if (fits(f, first[i])) {
                        assertSame(other[i], held(type, stored, swapped[i]), units);
                    }
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
                    assertSame(after[i], rounded(type, before[i] + added[i]), 0);
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
                    assertSame(chosen[i], which[i] != 0 ? first[i] : second[i], 0);
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
