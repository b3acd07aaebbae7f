package org.ndgrad.autograd.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/**
 * Functions of one number and their slopes at 0, ±∞, NaN, the ends of the range, every power of two, random bit
 * patterns and random numbers, against {@link DoubleDouble}. {@code -Dndgrad.ulp.samples=1000000} tries more and prints
 * what it found. The promised units are the table in {@code docs/numerics.md}, which is written where it is stale.
 */
class UlpTest {

    private static final int FEW = 2000;
    private static final int SAMPLES = Integer.getInteger("ndgrad.ulp.samples", FEW);
    private static final String HEAD = "| | float32 | slope | float64 | slope |\n|---|--:|--:|--:|--:|\n";

    static Stream<Accuracy> rows() {
        return Accuracies.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void float32IsExactToThePromisedUnits(Accuracy row) {
        check(
                row,
                DataType.FLOAT,
                singles(row),
                row.bounds().single(),
                row.bounds().singleSlope());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void float64IsExactToThePromisedUnits(Accuracy row) {
        check(
                row,
                DataType.DOUBLE,
                doubles(row),
                row.bounds().wide(),
                row.bounds().wideSlope());
    }

    /** They were found among a million patterns. */
    @ParameterizedTest
    @CsvSource({
        "expm1, 0.372298423637331",
        "expm1, 37.222290984530204",
        "elu, -0.27496720023508203",
        "log2, 8.676984454475635E-309",
        "log10, 2.781342323134002E-309",
        "asinh, 7.973333487536397",
        "acosh, 1.0267305893833882",
        "logit, 0.38507886784056927",
        "sigmoid, -36.75095082210713",
        "logsigmoid, 4.1486900349671885",
        "softplus, -3.447129079021778",
        "gelu by tanh, -19.862380963673143",
        "gelu by tanh, -21.21391470374617",
        "silu, -728.3",
        "mish, -728.3",
        "sinc, 4.9E-324",
        "x^2.5, 3.080259194348892E-206"
    })
    void numbersThatLostDigitsKeepThem(String name, double x) {
        Accuracy row = rows().filter(r -> r.toString().equals(name)).findFirst().orElseThrow();
        check(
                row,
                DataType.DOUBLE,
                new double[] {x},
                row.bounds().wide(),
                row.bounds().wideSlope());
    }

    private static void check(Accuracy row, DataType type, double[] points, double most, double mostOfSlope) {
        Tensor x = Tensor.of(type, points).requiresGrad(true);
        Tensor y = row.function().apply(x);
        y.sum().backward();
        Accuracy.Units units = row.units();
        boolean single = type == DataType.FLOAT;
        DoubleUnaryOperator ofX = at -> single && units.singleOfX() && Math.abs(at) < 100 ? at : 0;
        double one = (single ? units.singleSlopeOfOne() : units.wideSlopeOfOne()) ? 1 : 0;
        Greatest value = Greatest.of(type, points, y.toDoubleArray(), row.value(), ofX);
        Greatest slope = Greatest.of(
                type,
                points,
                x.grad().toDoubleArray(),
                at -> Double.isNaN(row.value().apply(at).hi())
                        ? null
                        : row.slope().apply(at),
                at -> one);
        if (SAMPLES != FEW || Boolean.getBoolean("ndgrad.ulp.print")) {
            System.out.printf("%s %s: %s; slope %s%n", row, type, value, slope);
        }

        assertThat(value.units).as("%s: %s", row, value).isLessThanOrEqualTo(most);
        assertThat(slope.units).as("slope of %s: %s", row, slope).isLessThanOrEqualTo(mostOfSlope);
    }

    /** The greatest error and where it is. */
    private record Greatest(double units, double at, double is, DoubleDouble exact) {

        static Greatest of(
                DataType type,
                double[] points,
                double[] is,
                DoubleFunction<@Nullable DoubleDouble> exact,
                DoubleUnaryOperator scaleAt) {
            Greatest greatest = new Greatest(0, 0, 0, DoubleDouble.ZERO);
            for (int i = 0; i < points.length; i++) {
                DoubleDouble value = exact.apply(points[i]);
                if (value == null) { // outside the function's domain, slopes mean nothing
                    continue;
                }
                double scale = Math.abs(scaleAt.applyAsDouble(points[i]));
                double units = UlpDistance.of(type, is[i], value, scale);
                greatest = units > greatest.units ? new Greatest(units, points[i], is[i], value) : greatest;
            }
            return greatest;
        }

        @Override
        public String toString() {
            return String.format("%.3f units at %s, where %s should be %s", units, at, is, exact.hi());
        }
    }

    private static double[] singles(Accuracy row) {
        if (!row.points().isEmpty()) {
            return row.points().stream()
                    .mapToDouble(x -> x)
                    .filter(x -> (float) x == x)
                    .toArray();
        }
        Random random = new Random(1);
        DoubleStream powers = IntStream.rangeClosed(Float.MIN_EXPONENT - 23, Float.MAX_EXPONENT)
                .mapToDouble(k -> Math.scalb(1f, k));
        DoubleStream ends =
                DoubleStream.of(0, Double.POSITIVE_INFINITY, Float.MAX_VALUE, Math.nextUp(1f), Math.nextDown(1f));
        DoubleStream bits = IntStream.range(0, SAMPLES).mapToDouble(i -> Float.intBitsToFloat(random.nextInt()));
        DoubleStream numbers =
                IntStream.range(0, SAMPLES).mapToDouble(i -> (float) random.nextDouble(row.low(), row.high()));
        return points(powers, ends, bits, numbers);
    }

    private static double[] doubles(Accuracy row) {
        if (!row.points().isEmpty()) {
            return row.points().stream().mapToDouble(x -> x).toArray();
        }
        Random random = new Random(2);
        DoubleStream powers = IntStream.rangeClosed(Double.MIN_EXPONENT - 52, Double.MAX_EXPONENT)
                .mapToDouble(k -> Math.scalb(1.0, k));
        DoubleStream ends =
                DoubleStream.of(0, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Math.nextUp(1.0), Math.nextDown(1.0));
        DoubleStream bits = IntStream.range(0, SAMPLES).mapToDouble(i -> Double.longBitsToDouble(random.nextLong()));
        DoubleStream numbers = IntStream.range(0, SAMPLES).mapToDouble(i -> random.nextDouble(row.low(), row.high()));
        return points(powers, ends, bits, numbers);
    }

    private static double[] points(DoubleStream powers, DoubleStream ends, DoubleStream bits, DoubleStream numbers) {
        DoubleStream both = DoubleStream.concat(powers, ends).flatMap(x -> DoubleStream.of(x, -x));
        double[] all =
                DoubleStream.concat(both, DoubleStream.concat(bits, numbers)).toArray();
        double[] points = Arrays.copyOf(all, all.length + 1);
        points[all.length] = Double.NaN;
        return points;
    }

    @Test
    void theTableIsUpToDate() throws IOException {
        NumericsPage.assertTable(HEAD, Accuracies.all().map(UlpTest::row).collect(Collectors.joining()));
    }

    private static String row(Accuracy row) {
        Accuracy.Bounds bounds = row.bounds();
        Accuracy.Units units = row.units();
        return String.format(
                "| %s | %s%s | %s%s | %s | %s%s |%n",
                row.name(),
                bounds.single(),
                units.singleOfX() ? "†" : "",
                bounds.singleSlope(),
                units.singleSlopeOfOne() ? "*" : "",
                bounds.wide(),
                bounds.wideSlope(),
                units.wideSlopeOfOne() ? "*" : "");
    }
}
