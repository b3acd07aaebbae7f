package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Of short and long lines, few and many side by side, and more than a band or a block has. */
class TrapezoidsTest {

    @ParameterizedTest
    @CsvSource({
        "7, 0",
        "1009, 0",
        "65538, 0",
        "2 3 2, 1",
        "300 5, 0",
        "300 5, 1",
        "41 4 3, 1",
        "3 2 504, 1",
        "3 700 2, 1",
        "2 3 1300, 1",
        "2 9 257, 1",
        "70 1009, 0",
        "2 32770 2, 1",
        "3 40000, 0"
    })
    void areasAreThoseOfEachLine(String sizes, int dim) {
        long[] shape =
                Splitter.on(' ').splitToStream(sizes).mapToLong(Long::parseLong).toArray();
        int numel = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
        int points = (int) shape[dim];
        int inner = (int) LongStream.of(shape).skip(dim + 1).reduce(1, (a, b) -> a * b);
        long[] y = new Random(3).longs(numel).map(v -> v >> v % 64).toArray(); // of all magnitudes
        long[] x = new Random(4).longs(numel, -1000, 1000).toArray();
        long[] shared = new Random(5).longs(points, -1000, 1000).toArray();
        INDArray heights = array(y, shape);
        INDArray own = array(x, shape);
        INDArray forAll = array(shared, points);

        double slack = 0x1p63 * points * 0x1p-52; // rounding of so large numbers
        double[] apart = numbers(Trapezoids.areas(DataType.DOUBLE, heights, dim, null, -0.5));
        double[] between = numbers(Trapezoids.areas(DataType.DOUBLE, heights, dim, own, 1));
        double[] common = numbers(Trapezoids.areas(DataType.DOUBLE, heights, dim, forAll, 1));
        double[] running = numbers(Trapezoids.running(DataType.DOUBLE, heights, dim, null, -0.5));
        double[] runningBetween = numbers(Trapezoids.running(DataType.DOUBLE, heights, dim, own, 1));
        double[] runningCommon = numbers(Trapezoids.running(DataType.DOUBLE, heights, dim, forAll, 1));
        for (int line = 0; line < numel / points; line++) {
            int first = line / inner * points * inner + line % inner;
            int firstArea = line / inner * (points - 1) * inner + line % inner;
            BigInteger sum = BigInteger.ZERO;
            BigInteger ofOwn = BigInteger.ZERO;
            BigInteger ofCommon = BigInteger.ZERO;
            for (int i = 1; i < points; i++) {
                int at = first + i * inner;
                BigInteger pair = BigInteger.valueOf(y[at - inner]).add(BigInteger.valueOf(y[at]));
                sum = sum.add(pair);
                ofOwn = ofOwn.add(pair.multiply(BigInteger.valueOf(x[at] - x[at - inner])));
                ofCommon = ofCommon.add(pair.multiply(BigInteger.valueOf(shared[i] - shared[i - 1])));
                int area = firstArea + (i - 1) * inner;
                assertClose(running[area], sum, -0.25, slack);
                assertClose(runningBetween[area], ofOwn, 0.5, 2000 * slack);
                assertClose(runningCommon[area], ofCommon, 0.5, 2000 * slack);
            }
            assertClose(apart[line], sum, -0.25, numel <= 1 << 16 ? 0 : slack);
            assertClose(between[line], ofOwn, 0.5, 2000 * slack);
            assertClose(common[line], ofCommon, 0.5, 2000 * slack);
        }
    }

    /** Where sums of small heights stop to fit, and where those of larger ones need their upper halves. */
    @ParameterizedTest
    @CsvSource({"65537, 1", "200003, 1", "1301, 240", "70001, 3", "1009, 1009"})
    void sumsOfHeightsAreExactAroundPowersOfTwo(int points, int inner) {
        int parts = 1 + points * Math.min(inner, HeightSums.WIDTH) / (1 << 16); // each rounded, and added
        for (int bits : new int[] {0, 20, 43, 44, 45, 46, 47, 62, 63}) {
            for (int sign : new int[] {-1, 1}) {
                long border = sign * (bits == 63 ? Long.MAX_VALUE - 3 : 1L << bits);
                long[] y = new Random(6)
                        .longs((long) points * inner, border - 2, border + 3)
                        .toArray();

                double[] areas = numbers(Trapezoids.areas(DataType.DOUBLE, array(y, points, inner), 0, null, 1));

                for (int column = 0; column < inner; column += 7) {
                    BigInteger twice = BigInteger.ZERO;
                    for (int i = column; i < y.length; i += inner) {
                        BigInteger height = BigInteger.valueOf(y[i]);
                        boolean isEnd = i == column || i + inner >= y.length;
                        twice = twice.add(isEnd ? height : height.shiftLeft(1));
                    }
                    double exact = twice.doubleValue() / 2;
                    assertThat(areas[column]).as("2^%d", bits).isCloseTo(exact, within(parts * Math.ulp(exact)));
                }
            }
        }
    }

    private static void assertClose(double area, BigInteger expected, double factor, double slack) {
        double exact = factor * expected.doubleValue(); // a power of two
        assertThat(area).isCloseTo(exact, within(2 * Math.ulp(exact) + slack));
    }

    private static INDArray array(long[] values, long... shape) {
        return Memory.array(Tensor.of(values).reshape(shape));
    }

    private static double[] numbers(INDArray x) {
        return Tensor.of(x).toDoubleArray();
    }
}
