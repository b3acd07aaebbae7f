package org.ndgrad.autograd.numerics;

import org.nd4j.linalg.api.buffer.DataType;

/** How many units in the last place a result is away from the exact one. */
final class UlpDistance {

    private UlpDistance() {}

    /**
     * Returns the distance in units of the exact result or of a scale, whichever is larger. What is infinite, or must
     * be, counts as the next number beyond the largest.
     */
    static double of(DataType type, double is, DoubleDouble exact, double scale) {
        return type == DataType.FLOAT ? singles(is, exact, scale) : doubles(is, exact, scale);
    }

    private static double singles(double is, DoubleDouble exact, double scale) {
        if (Double.isNaN(exact.hi()) || Double.isNaN(is)) {
            return Double.isNaN(exact.hi()) && Double.isNaN(is) ? 0 : Double.POSITIVE_INFINITY;
        }
        double end = 2 * 0x1p127;
        double value = Math.min(Math.max(is, -end), end);
        double near = Math.min(Math.max(exact.hi(), -end), end);
        double unit = Math.ulp((float) Math.min(Math.max(Math.abs(near), scale), Float.MAX_VALUE));
        return Math.abs(value - near - (near == exact.hi() ? exact.lo() : 0)) / unit;
    }

    private static double doubles(double is, DoubleDouble exact, double scale) {
        if (Double.compare(is, exact.hi()) == 0 && Math.abs(is) < 1) {
            return Math.abs(exact.lo()) / Math.ulp(Math.max(Math.abs(is), scale));
        }
        if (Double.isNaN(exact.hi()) || Double.isNaN(is)) {
            return Double.isNaN(exact.hi()) && Double.isNaN(is) ? 0 : Double.POSITIVE_INFINITY;
        }
        double value = Math.min(Math.max(is, -Double.MAX_VALUE), Double.MAX_VALUE);
        double near = Math.min(Math.max(exact.hi(), -Double.MAX_VALUE), Double.MAX_VALUE);
        double unit = Math.ulp(Math.max(Math.abs(near), scale));
        double units = Math.abs(value - near - (near == exact.hi() ? exact.lo() : 0)) / unit;
        return Math.abs(near) < 1e-290 ? Math.max(0, units - 0.5) : units; // the exact one is rounded, too
    }
}
