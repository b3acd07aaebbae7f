package org.ndgrad.autograd.kernels.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Distances between all rows of two stacks of matrices, without an array of all differences. */
public final class Distances {

    private interface Differences {
        /** Returns the norm of the differences of two rows of so many elements. */
        double norm(double[] a, int startA, double[] b, int startB, int count);
    }

    private Distances() {}

    /**
     * Returns ‖aᵢ − bⱼ‖ₚ for a finite p of at least 0.
     *
     * @param a shape (*, rows, size)
     * @param b shape (*, others, size), the dims in front equal
     * @return shape (*, rows, others)
     */
    public static INDArray norms(INDArray a, INDArray b, double p) {
        Differences differences = ofOrder(p);
        Sizes sizes = Sizes.of(a, b);
        INDArray result = Memory.allocate(a.dataType(), Shapes.with(a.shape(), a.rank() - 1, sizes.others));
        if (result.isEmpty()) {
            return result;
        }
        double[] left = Copy.toDoubles(a);
        double[] right = Copy.toDoubles(b);
        DoubleElements out = DoubleElements.into(result);
        double[] block = Scratch.ofThread().doubles(0);
        long at = 0;
        for (int stack = 0; stack < sizes.stacks; stack++) {
            for (int i = 0; i < sizes.rows; i++) {
                int startA = (stack * sizes.rows + i) * sizes.size;
                for (int j = 0; j < sizes.others; j += block.length) {
                    int n = Math.min(block.length, sizes.others - j);
                    for (int k = 0; k < n; k++) {
                        int startB = (stack * sizes.others + j + k) * sizes.size;
                        block[k] = differences.norm(left, startA, right, startB, sizes.size);
                    }
                    out.put(at, 1, block, 0, n);
                    at += n;
                }
            }
        }
        return result;
    }

    private static Differences ofOrder(double p) {
        if (p == 2) {
            return (a, startA, b, startB, count) -> {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    double difference = a[startA + k] - b[startB + k];
                    sum += difference * difference;
                }
                return isSafe(sum) ? Math.sqrt(sum) : scaled(a, startA, b, startB, count, p);
            };
        }
        return (a, startA, b, startB, count) -> {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                double size = Math.abs(a[startA + k] - b[startB + k]);
                sum += p == 1 ? size : p == 0 && size == 0 ? 0 : Math.pow(size, p);
            }
            return p == 0 || p == 1 ? sum : isSafe(sum) ? Math.pow(sum, 1 / p) : scaled(a, startA, b, startB, count, p);
        };
    }

    /** Whether no power has left the range of doubles. */
    private static boolean isSafe(double sum) {
        return sum >= 0x1p-900 && sum < Double.POSITIVE_INFINITY;
    }

    /** Returns the norm by way of the differences divided by the largest. */
    private static double scaled(double[] a, int startA, double[] b, int startB, int count, double p) {
        double largest = 0;
        for (int k = 0; k < count; k++) {
            largest = Math.max(largest, Math.abs(a[startA + k] - b[startB + k]));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.pow(Math.abs(a[startA + k] - b[startB + k]) / largest, p);
        }
        return largest * Math.pow(sum, 1 / p);
    }

    /**
     * Returns Σⱼ gᵢⱼ · sign dᵢⱼ · (|dᵢⱼ| / yᵢⱼ)ᵖ⁻¹ with dᵢⱼ = aᵢ − bⱼ, and 0 for d = 0.
     *
     * @param g shape (*, rows, others)
     * @param y the distances, of g's shape
     * @param a shape (*, rows, size)
     * @param b shape (*, others, size)
     * @param p finite and more than 0
     * @return a's shape
     */
    public static INDArray pull(INDArray g, INDArray y, INDArray a, INDArray b, double p) {
        Sizes sizes = Sizes.of(a, b);
        if (g.isEmpty() || a.isEmpty()) {
            return Fill.filled(a.dataType(), 0, a.shape());
        }
        Elements weights = Elements.of(Copy.contiguous(g));
        Elements distances = Elements.of(Copy.contiguous(y));
        double[] left = Copy.toDoubles(a);
        double[] right = Copy.toDoubles(b);
        double[] sums = Memory.doubles("cdist", left.length);
        for (int stack = 0; stack < sizes.stacks; stack++) {
            for (int i = 0; i < sizes.rows; i++) {
                int row = stack * sizes.rows + i;
                for (int j = 0; j < sizes.others; j++) {
                    double weight = weights.get((long) row * sizes.others + j);
                    double distance = distances.get((long) row * sizes.others + j);
                    int startB = (stack * sizes.others + j) * sizes.size;
                    for (int k = 0; k < sizes.size; k++) {
                        int at = row * sizes.size + k;
                        sums[at] += weight * slope(left[at] - right[startB + k], distance, p);
                    }
                }
            }
        }
        return Copy.of(a.dataType(), sums, a.shape());
    }

    private static double slope(double difference, double distance, double p) {
        if (difference == 0 || distance == 0) {
            return 0;
        }
        double sign = Math.signum(difference);
        return p == 2 ? difference / distance : p == 1 ? sign : sign * Math.pow(Math.abs(difference) / distance, p - 1);
    }

    private record Sizes(int stacks, int rows, int others, int size) {
        static Sizes of(INDArray a, INDArray b) {
            int ndim = a.rank();
            long stacks = 1;
            for (int d = 0; d < ndim - 2; d++) {
                stacks *= a.size(d);
            }
            Shapes.toInt("cdist", a.length());
            Shapes.toInt("cdist", b.length());
            return new Sizes(
                    Shapes.toInt("cdist", stacks),
                    Shapes.toInt("cdist", a.size(ndim - 2)),
                    Shapes.toInt("cdist", b.size(ndim - 2)),
                    Shapes.toInt("cdist", a.size(ndim - 1)));
        }
    }
}
