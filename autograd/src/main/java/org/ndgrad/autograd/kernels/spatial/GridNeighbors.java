package org.ndgrad.autograd.kernels.spatial;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Where the positions of a sampling grid lie among the elements of the sampled array, for {@link GridSample} to read
 * there.
 */
public final class GridNeighbors {

    /** What stands beyond the borders. */
    public enum Outside {
        /** Nothing but zeros. */
        ZEROS,
        /** The outermost elements, again and again. */
        BORDER,
        /** The elements as in a mirror, and in the mirror's mirror. */
        REFLECTION
    }

    /**
     * What a grid says.
     *
     * @param fractions how far each coordinate lies above the element below it, in [0, 1], of the grid's shape
     * @param slopes their derivative by the grid's numbers
     * @param indices per position, the elements around it as {@link GridSample} wants them
     */
    public record Neighbors(INDArray fractions, INDArray slopes, ImmutableIntArray indices) {}

    /** Beyond this, coordinates have no fractions, and infinite ones end here. */
    private static final double FAR = 1e15;

    /** Per number of taps, the weights' coefficients by rising powers of the fraction. */
    private static final ImmutableMap<Integer, double[][]> POLYNOMIALS = ImmutableMap.of(
            1, new double[][] {{1}},
            2, new double[][] {{1, -1}, {0, 1}},
            4,
                    new double[][] {
                        {0, -0.75, 1.5, -0.75}, {1, 0, -2.25, 1.25}, {0, 0.75, 1.5, -1.25}, {0, 0, -0.75, 0.75},
                    });

    private final long[] sizes;
    private final int taps;
    private final Outside outside;
    private final boolean aligned;

    /**
     * Makes a rule.
     *
     * @param sizes of the sampled dimensions, the last first, as the grid counts them
     * @param taps how many elements along each of them belong to a position: 1, 2 or 4
     * @param aligned whether −1 and 1 are the middles of the outermost elements, not their edges
     */
    public GridNeighbors(long[] sizes, int taps, Outside outside, boolean aligned) {
        this.sizes = sizes.clone();
        Shapes.toInt("gridSample", Shapes.numel("gridSample", sizes));
        this.taps = taps;
        this.outside = outside;
        this.aligned = aligned;
    }

    /**
     * Returns what the grid says.
     *
     * @param grid shape (N, O, dimensions)
     */
    public Neighbors of(INDArray grid) {
        int dims = sizes.length;
        int around = (int) Math.pow(taps, dims);
        int[] indices = Memory.ints("gridSample", Shapes.numel("gridSample", grid.size(0), grid.size(1), around));
        INDArray fractions = Memory.allocate(grid.dataType(), grid.shape());
        INDArray slopes = Memory.allocate(grid.dataType(), grid.shape());
        if (!grid.isEmpty()) {
            double[] numbers = Copy.toDoubles(grid);
            Elements fraction = Elements.into(fractions);
            Elements slope = Elements.into(slopes);
            long[][] neighbors = new long[dims][taps];
            int before = (taps - 1) / 2;
            for (int i = 0; i < numbers.length; i++) {
                int d = i % dims;
                Coordinate coordinate = locate(numbers[i], sizes[d]);
                double below = below(coordinate.value);
                fraction.set(i, taps == 1 ? 0 : coordinate.value - below);
                slope.set(i, taps == 1 ? 0 : coordinate.slope);
                for (int k = 0; k < taps; k++) {
                    neighbors[d][k] = index(below - before + k, sizes[d]);
                }
                if (d == dims - 1) {
                    join(neighbors, indices, i / dims * around, around);
                }
            }
        }
        return new Neighbors(fractions, slopes, ImmutableIntArray.copyOf(indices));
    }

    /**
     * Returns the weights of the elements around positions: products of one polynomial in the fraction per dimension.
     *
     * @param fractions shape (N, O, dimensions)
     * @param taps 1, 2 for straight lines or 4 for Keys's cubic with a = −¾
     * @param orders which derivative of the polynomials to take, by dimension
     * @return shape (N, O, taps to the power of the dimensions)
     */
    public static INDArray weights(INDArray fractions, int taps, int[] orders) {
        int dims = orders.length;
        int around = (int) Math.pow(taps, dims);
        INDArray result = Memory.allocate(fractions.dataType(), fractions.size(0), fractions.size(1), around);
        if (result.isEmpty()) {
            return result;
        }
        double[][][] polynomials = new double[dims][][];
        for (int d = 0; d < dims; d++) {
            polynomials[d] = POLYNOMIALS.get(taps);
            for (int order = 0; order < orders[d]; order++) {
                polynomials[d] = derived(polynomials[d]);
            }
        }
        double[] given = Copy.toDoubles(fractions);
        double[] weights = new double[around];
        Elements out = Elements.into(result);
        for (int p = 0; p < given.length / dims; p++) {
            weights[0] = 1;
            int known = 1;
            for (int d = 0; d < dims; d++) {
                double t = given[p * dims + d];
                for (int k = taps - 1; k >= 0; k--) {
                    double weight = polynomial(polynomials[d][k], t);
                    for (int i = 0; i < known; i++) {
                        weights[k * known + i] = weights[i] * weight;
                    }
                }
                known *= taps;
            }
            for (int k = 0; k < around; k++) {
                out.set((long) p * around + k, weights[k]);
            }
        }
        return result;
    }

    private static double polynomial(double[] coefficients, double t) {
        double value = 0;
        for (int power = coefficients.length - 1; power >= 0; power--) {
            value = value * t + coefficients[power];
        }
        return value;
    }

    private static double[][] derived(double[][] polynomials) {
        double[][] result = new double[polynomials.length][];
        for (int k = 0; k < polynomials.length; k++) {
            result[k] = new double[Math.max(polynomials[k].length - 1, 0)];
            for (int power = 0; power < result[k].length; power++) {
                result[k][power] = (power + 1) * polynomials[k][power + 1];
            }
        }
        return result;
    }

    private record Coordinate(double value, double slope) {}

    /** Returns a position in elements, and its derivative. */
    private Coordinate locate(double number, long size) {
        double known = Double.isNaN(number) ? -1 : number;
        double slope = aligned ? (size - 1) / 2.0 : size / 2.0;
        double value = aligned ? (known + 1) / 2 * (size - 1) : ((known + 1) * size - 1) / 2;
        if (outside == Outside.ZEROS || taps == 4) {
            return Math.abs(value) < FAR ? new Coordinate(value, slope) : new Coordinate(Math.copySign(FAR, value), 0);
        }
        double inside = value;
        if (outside == Outside.REFLECTION) {
            double flips = flips(value, size);
            inside = reflect(value, size);
            slope = flips % 2 == 0 ? slope : -slope;
        }
        double last = size - 1;
        return inside <= 0
                ? new Coordinate(0, 0)
                : inside >= last ? new Coordinate(last, 0) : new Coordinate(inside, slope);
    }

    private double low() {
        return aligned ? 0 : -0.5;
    }

    private double span(long size) {
        return aligned ? size - 1 : size;
    }

    /** Returns how many mirrors stand between the value and the elements, odd if they show it the wrong way round. */
    private double flips(double value, long size) {
        double span = span(size);
        return span == 0 ? 0 : Math.floor((value - low()) / span);
    }

    private double reflect(double value, long size) {
        double span = span(size);
        if (span == 0 || Double.isInfinite(value)) {
            return 0;
        }
        double distance = Math.abs(value - low());
        double rest = distance % span;
        return Math.floor(distance / span) % 2 == 0 ? rest + low() : span - rest + low();
    }

    private double below(double value) {
        return taps == 1 ? Math.rint(value) : Math.floor(value);
    }

    /**
     * Returns the element that stands at a whole position, −1 for none. Beside a coordinate that was brought inside,
     * what stands beyond the border does not count.
     */
    private long index(double position, long size) {
        boolean inside = position >= 0 && position < size;
        if (inside) {
            return (long) position;
        }
        if (outside == Outside.ZEROS || taps < 4) {
            return -1;
        }
        double shown = outside == Outside.REFLECTION ? reflect(position, size) : position;
        return (long) Math.min(Math.max(shown, 0), size - 1.0);
    }

    /** Combines the neighbors along the dimensions, the last dimension (the first coordinate) fastest. */
    private void join(long[][] neighbors, int[] indices, int start, int around) {
        for (int k = 0; k < around; k++) {
            long index = 0;
            long step = 1;
            boolean inside = true;
            int rest = k;
            for (int d = 0; d < neighbors.length; d++) {
                long neighbor = neighbors[d][rest % taps];
                rest /= taps;
                inside &= neighbor >= 0;
                index += neighbor * step;
                step *= sizes[d];
            }
            indices[start + k] = inside ? (int) index : -1;
        }
    }
}
