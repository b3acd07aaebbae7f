package org.ndgrad.autograd.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Arithmetic;

/** As {@link UlpTest}, of functions of two numbers: pairs of special values, of random bit patterns and numbers. */
class PairUlpTest {

    private static final int FEW = 2000;
    private static final int SAMPLES = Integer.getInteger("ndgrad.ulp.samples", FEW);
    private static final String HEAD = "| of two | float32 | slopes | float64 | slopes |\n|---|--:|--:|--:|--:|\n";

    static Stream<PairAccuracy> rows() {
        return PairAccuracies.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void float32IsExactToThePromisedUnits(PairAccuracy row) {
        check(row, DataType.FLOAT, row.bounds().single(), row.bounds().singleSlope());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void float64IsExactToThePromisedUnits(PairAccuracy row) {
        check(row, DataType.DOUBLE, row.bounds().wide(), row.bounds().wideSlope());
    }

    /** They were found among a million patterns. */
    @ParameterizedTest
    @CsvSource({
        "logaddexp, -3.9476682898842714, -0.004279264246603978",
        "logaddexp, 3.4409763858399622, -2.458618299244664E-12",
        "logaddexp2, -0.0033280712788443315, -7.644262011507456",
        "logaddexp2, 3.965274912259498, 1.9391104946506863E-13",
        "atan2, -4.506344002823877E220, 1.4759970066197965E222"
    })
    void pairsThatLostDigitsKeepThem(String name, double a, double b) {
        PairAccuracy row = rows().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
        check(row, DataType.DOUBLE, row.bounds().wide(), row.bounds().wideSlope(), new double[][] {
            new double[] {a}, new double[] {b}
        });
    }

    /** The sign bit of NaN counts, as in PyTorch. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void copysignTakesTheSignBitOfNan(DataType type) {
        double minusNan = Double.longBitsToDouble(Double.doubleToRawLongBits(Double.NaN) | Long.MIN_VALUE);
        Tensor size = Tensor.of(type, 1, 1);

        assertThat(Arithmetic.copysign(size, Tensor.of(type, minusNan, Double.NaN))
                        .toDoubleArray())
                .containsExactly(-1, 1);
    }

    private static void check(PairAccuracy row, DataType type, double most, double mostOfSlopes) {
        check(row, type, most, mostOfSlopes, points(row, type == DataType.FLOAT));
    }

    private static void check(PairAccuracy row, DataType type, double most, double mostOfSlopes, double[][] points) {
        Tensor a = Tensor.of(type, points[0]).requiresGrad(true);
        Tensor b = Tensor.of(type, points[1]).requiresGrad(true);
        Tensor y = row.function().apply(a, b);
        y.sum().backward();
        Worst value = new Worst();
        Worst slope = new Worst();
        double[] values = y.toDoubleArray();
        double[] first = a.grad().toDoubleArray();
        double[] second = b.grad().toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double p = points[0][i];
            double q = points[1][i];
            value.look(type, p, q, values[i], row.value(), row.scale().applyAsDouble(p, q));
            if (!Double.isNaN(values[i])) {
                slope.look(type, p, q, first[i], row.ofFirst(), 0);
                slope.look(type, p, q, second[i], row.ofSecond(), 0);
            }
        }
        if (SAMPLES != FEW || Boolean.getBoolean("ndgrad.ulp.print")) {
            System.out.printf("%s %s: %s; slopes %s%n", row, type, value.where, slope.where);
        }

        assertThat(value.units).as("%s: %s", row, value.where).isLessThanOrEqualTo(most);
        assertThat(slope.units).as("slopes of %s: %s", row, slope.where).isLessThanOrEqualTo(mostOfSlopes);
    }

    /** The greatest error and where it is. */
    private static final class Worst {
        private double units;
        private String where = "exact";

        void look(DataType type, double p, double q, double is, PairAccuracy.Exact exact, double scale) {
            DoubleDouble should = exact.at(p, q);
            double off = should == null ? 0 : UlpDistance.of(type, is, should, Double.isFinite(scale) ? scale : 0);
            if (should != null && off > units) {
                units = off;
                where = String.format("%.3f units at (%s, %s), where %s should be %s", off, p, q, is, should.hi());
            }
        }
    }

    private static double[][] points(PairAccuracy row, boolean single) {
        Random random = new Random(3);
        double least = single ? Float.MIN_VALUE : Double.MIN_VALUE;
        double normal = single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        double most = single ? Float.MAX_VALUE : Double.MAX_VALUE;
        double above = single ? Math.nextUp(1f) : Math.nextUp(1.0);
        double[] ends = {0, least, normal, 0.5, 1, above, 2, 3, 1e10, most, Double.POSITIVE_INFINITY};
        int pairs = 4 * ends.length * ends.length;
        double[][] points = new double[2][pairs + 3 * SAMPLES + 2];
        for (int i = 0; i < pairs; i++) {
            points[0][i] = ends[i / 4 / ends.length] * (i % 2 == 0 ? 1 : -1);
            points[1][i] = ends[i / 4 % ends.length] * (i / 2 % 2 == 0 ? 1 : -1);
        }
        for (int i = pairs; i < points[0].length - 2; i++) {
            for (int k = 0; k < 2; k++) {
                int kind = i % 3;
                PairAccuracy.Range range = k == 0 ? row.first() : row.second();
                double number = random.nextDouble(range.low(), range.high());
                double bits =
                        single ? Float.intBitsToFloat(random.nextInt()) : Double.longBitsToDouble(random.nextLong());
                double power = Math.scalb(random.nextBoolean() ? 1.0 : -1.0, random.nextInt(-60, 60));
                points[k][i] = kind == 0 ? number : kind == 1 ? bits : power * random.nextDouble(1, 2);
                points[k][i] = single ? (float) points[k][i] : points[k][i];
            }
        }
        points[0][points[0].length - 1] = Double.NaN;
        points[1][points[0].length - 2] = Double.NaN;
        return points;
    }

    @Test
    void theTableIsUpToDate() throws IOException {
        NumericsPage.assertTable(
                HEAD, PairAccuracies.all().map(PairUlpTest::row).collect(Collectors.joining()));
    }

    private static String row(PairAccuracy row) {
        Accuracy.Bounds bounds = row.bounds();
        return String.format(
                "| %s%s | %s | %s | %s | %s |%n",
                row.name(),
                row.scale().applyAsDouble(1, 1) == 0 ? "" : " ‡",
                bounds.single(),
                bounds.singleSlope(),
                bounds.wide(),
                bounds.wideSlope());
    }
}
