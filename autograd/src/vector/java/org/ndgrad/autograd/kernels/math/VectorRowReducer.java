package org.ndgrad.autograd.kernels.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowReducer} with vector instructions, for JVMs with the module {@code jdk.incubator.vector}. It is compiled
 * apart, since the compiler can offer that module only without checking against the API of an older release.
 *
 * <p>Sums are made in the same order as without the module: eight of them, in one vector of eight or two of four
 * numbers.
 */
final class VectorRowReducer extends RowReducer {

    private static final VectorSpecies<Float> LONGEST = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> EIGHT = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
    private static final int DOUBLES = DoubleVector.SPECIES_PREFERRED.length();

    /** JDK 17 calls a method to convert four floats to doubles. */
    private static final boolean CONVERTS_FOUR = Runtime.version().feature() >= 25;

    /** With fewer elements, it takes longer to add up the lanes than is gained. */
    private static final int FEW = 32;

    @Override
    public double sum(float[] x, int at, int n) {
        if (n < FEW || DOUBLES < 4 || (DOUBLES == 4 && !CONVERTS_FOUR)) {
            return super.sum(x, at, n);
        }
        int whole = n - n % SUMS;
        double sum = DOUBLES == 4 ? sumOfFours(x, at, whole) : sumOfEights(x, at, whole);
        for (int i = at + whole; i < at + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static double sumOfEights(float[] x, int at, int n) {
        DoubleVector sums = DoubleVector.zero(EIGHT);
        for (int i = at; i < at + n; i += SUMS) {
            sums = sums.add(FloatVector.fromArray(FloatVector.SPECIES_256, x, i).castShape(EIGHT, 0));
        }
        return total(sums, 0) + total(sums, 4);
    }

    private static double sumOfFours(float[] x, int at, int n) {
        DoubleVector first = DoubleVector.zero(FOUR);
        DoubleVector second = first;
        for (int i = at; i < at + n; i += SUMS) {
            first = first.add(
                    FloatVector.fromArray(FloatVector.SPECIES_128, x, i).castShape(FOUR, 0));
            second = second.add(
                    FloatVector.fromArray(FloatVector.SPECIES_128, x, i + 4).castShape(FOUR, 0));
        }
        return total(first, 0) + total(second, 0);
    }

    @Override
    public double sum(double[] x, int at, int n) {
        if (n < FEW || DOUBLES < 4) {
            return super.sum(x, at, n);
        }
        int whole = n - n % SUMS;
        double sum = DOUBLES == 4 ? sumOfFours(x, at, whole) : sumOfEights(x, at, whole);
        for (int i = at + whole; i < at + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static double sumOfEights(double[] x, int at, int n) {
        DoubleVector sums = DoubleVector.zero(EIGHT);
        for (int i = at; i < at + n; i += SUMS) {
            sums = sums.add(DoubleVector.fromArray(EIGHT, x, i));
        }
        return total(sums, 0) + total(sums, 4);
    }

    private static double sumOfFours(double[] x, int at, int n) {
        DoubleVector first = DoubleVector.zero(FOUR);
        DoubleVector second = first;
        for (int i = at; i < at + n; i += SUMS) {
            first = first.add(DoubleVector.fromArray(FOUR, x, i));
            second = second.add(DoubleVector.fromArray(FOUR, x, i + 4));
        }
        return total(first, 0) + total(second, 0);
    }

    private static double total(DoubleVector sums, int lane) {
        return (sums.lane(lane) + sums.lane(lane + 1)) + (sums.lane(lane + 2) + sums.lane(lane + 3));
    }

    @Override
    public float largest(float[] x, int at, int n) {
        int whole = n - n % LONGEST.length();
        FloatVector largest = FloatVector.broadcast(LONGEST, Float.NEGATIVE_INFINITY);
        for (int i = at; i < at + whole; i += LONGEST.length()) {
            largest = largest.max(FloatVector.fromArray(LONGEST, x, i));
        }
        float result = largest.reduceLanes(VectorOperators.MAX);
        for (int i = at + whole; i < at + n; i++) {
            result = Math.max(result, x[i]);
        }
        return result;
    }

    @Override
    public float smallest(float[] x, int at, int n) {
        int whole = n - n % LONGEST.length();
        FloatVector smallest = FloatVector.broadcast(LONGEST, Float.POSITIVE_INFINITY);
        for (int i = at; i < at + whole; i += LONGEST.length()) {
            smallest = smallest.min(FloatVector.fromArray(LONGEST, x, i));
        }
        float result = smallest.reduceLanes(VectorOperators.MIN);
        for (int i = at + whole; i < at + n; i++) {
            result = Math.min(result, x[i]);
        }
        return result;
    }

    @Override
    public void extremes(float[] x, int n, float[] z, int rows, Reducer.Extreme extreme) {
        each(x, n, z, rows, extreme);
    }
}
