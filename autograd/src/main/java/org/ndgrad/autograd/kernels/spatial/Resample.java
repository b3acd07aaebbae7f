package org.ndgrad.autograd.kernels.spatial;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Weighted sums of neighbors along a dimension, and PyTorch's weights for changing its size.
 *
 * <p>Result i lies at the position (i + ½) · ratio − ½ among the elements, or at i · ratio if the corners are aligned.
 * Positions are float64, whatever the type of the data; which element is nearest is decided in whole numbers where the
 * ratio is one of sizes.
 */
public final class Resample {

    /** The shape of the bump that is centered at each position to weight the elements under it. */
    public enum Filter {
        /** 1 − |t|. */
        TRIANGLE(1),
        /** Keys's cubic with a = −½. */
        CUBIC(2),
        /** sinc(t) · sinc(t / 3). */
        LANCZOS(3);

        private final double radius;

        Filter(double radius) {
            this.radius = radius;
        }

        private double at(double t) {
            double x = Math.abs(t);
            if (x >= radius) {
                return 0;
            }
            return switch (this) {
                case TRIANGLE -> 1 - x;
                case CUBIC -> cubic(x, -0.5);
                case LANCZOS -> sinc(x) * sinc(x / 3);
            };
        }
    }

    /**
     * Where results lie among elements.
     *
     * @param elements fewer than 2³¹
     * @param results fewer than 2³¹
     * @param factor how many results there are for an element, if that is not told by the sizes
     */
    public record Positions(long elements, long results, OptionalDouble factor, boolean aligned) {

        /** Returns how far neighboring results are apart. */
        private double ratio() {
            if (aligned) {
                return results > 1 ? (elements - 1.0) / (results - 1) : 0;
            }
            return factor.isPresent() ? 1 / factor.getAsDouble() : (double) elements / results;
        }

        private double of(long result) {
            return aligned ? result * ratio() : (result + 0.5) * ratio() - 0.5;
        }

        /** Returns the element that covers the point at so many halves of the distance of results from the start. */
        private long covering(long halves) {
            long element =
                    factor.isPresent() ? floor(0.5 * halves / factor.getAsDouble()) : halves * elements / (2 * results);
            return Math.min(element, elements - 1);
        }
    }

    private Resample() {}

    /** Returns x multiplied by the matrix along a dimension, whose size is that of its elements. */
    public static INDArray apply(INDArray x, int dim, ResamplingMatrix matrix) {
        INDArray result = Memory.allocate(x.dataType(), Shapes.with(x.shape(), dim, matrix.results()));
        if (x.isEmpty()) {
            Fill.fill(result, 0);
        } else if (!result.isEmpty()) {
            Elements in = Elements.of(x);
            Elements out = Elements.into(result);
            RowLoop.of(
                    x, dim, result, dim, (n, from, step, to, stride) -> matrix.apply(in, from, step, out, to, stride));
        }
        return result;
    }

    /** Returns the element below i · ratio for each result i. */
    public static ResamplingMatrix below(Positions positions) {
        ResamplingMatrix.Builder matrix =
                new ResamplingMatrix.Builder("interpolate", positions.elements, positions.results);
        for (long i = 0; i < positions.results; i++) {
            matrix.add(positions.covering(2 * i), 1);
            matrix.next();
        }
        return matrix.build();
    }

    /** Returns the element nearest to each position. */
    public static ResamplingMatrix nearest(Positions positions) {
        ResamplingMatrix.Builder matrix =
                new ResamplingMatrix.Builder("interpolate", positions.elements, positions.results);
        for (long i = 0; i < positions.results; i++) {
            matrix.add(positions.covering(2 * i + 1), 1);
            matrix.next();
        }
        return matrix.build();
    }

    /**
     * Returns the two elements around each position, weighted by nearness; the elements themselves for an equal size.
     */
    public static ResamplingMatrix linear(Positions positions) {
        ResamplingMatrix.Builder matrix =
                new ResamplingMatrix.Builder("interpolate", positions.elements, positions.results);
        long last = positions.elements - 1;
        for (long i = 0; i < positions.results; i++) {
            double position = positions.elements == positions.results ? i : Math.max(positions.of(i), 0);
            long below = Math.min(floor(position), last);
            double part = Math.min(Math.max(position - below, 0), 1);
            matrix.add(below, 1 - part);
            matrix.add(Math.min(below + 1, last), part);
            matrix.next();
        }
        return matrix.build();
    }

    /** Returns the four elements around each position, weighted by Keys's cubic with a = −¾; the last ones go on. */
    public static ResamplingMatrix cubic(Positions positions) {
        ResamplingMatrix.Builder matrix =
                new ResamplingMatrix.Builder("interpolate", positions.elements, positions.results);
        long last = positions.elements - 1;
        for (long i = 0; i < positions.results; i++) {
            double position = positions.of(i);
            long below = Math.min(floor(position), last);
            double part = Math.min(Math.max(position - below, 0), 1);
            for (long k = -1; k <= 2; k++) {
                matrix.add(Math.min(Math.max(below + k, 0), last), cubic(Math.abs(part - k), -0.75));
            }
            matrix.next();
        }
        return matrix.build();
    }

    /** Returns the mean of all elements that each result covers, in whole or in part. */
    public static ResamplingMatrix area(long elements, long results) {
        ResamplingMatrix.Builder matrix = new ResamplingMatrix.Builder("interpolate", elements, results);
        for (long i = 0; i < results; i++) {
            long from = i * elements / results;
            long to = ((i + 1) * elements + results - 1) / results;
            for (long j = from; j < to; j++) {
                matrix.add(j, 1.0 / (to - from));
            }
            matrix.next();
        }
        return matrix.build();
    }

    /** Returns all elements under a filter as wide as the distance of the results, so that shrinking averages. */
    public static ResamplingMatrix filtered(Positions positions, Filter filter) {
        ResamplingMatrix.Builder matrix =
                new ResamplingMatrix.Builder("interpolate", positions.elements, positions.results);
        double ratio = positions.ratio();
        double width = Math.max(ratio, 1);
        double radius = filter.radius * width;
        for (long i = 0; i < positions.results; i++) {
            double center = ratio * (i + 0.5);
            long from = Math.max((long) (center - radius + 0.5), 0);
            long to = Math.min((long) (center + radius + 0.5), positions.elements);
            double total = 0;
            for (long j = from; j < to; j++) {
                total += filter.at((j - center + 0.5) / width);
            }
            for (long j = from; j < to; j++) {
                matrix.add(j, filter.at((j - center + 0.5) / width) / (total == 0 ? 1 : total));
            }
            matrix.next();
        }
        return matrix.build();
    }

    private static long floor(double position) {
        return (long) Math.floor(position);
    }

    /** Returns Keys's cubic convolution kernel at 0 ≤ x ≤ 2. */
    private static double cubic(double x, double a) {
        return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
