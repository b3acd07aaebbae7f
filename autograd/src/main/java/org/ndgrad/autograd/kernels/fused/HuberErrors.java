package org.ndgrad.autograd.kernels.fused;

import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Ternary;

/**
 * Errors of two numbers x and t that are square where x − t is small and linear beyond: u (d − ½ s u) with d = x − t
 * and u = d / s clamped to [−m, m]. No branch is needed, and nothing leaves the range on the way that d fits into.
 *
 * @param unit s
 * @param most m
 */
public record HuberErrors(double unit, double most) {

    /** Returns u (d − ½ s u). */
    public Binary values() {
        float single = (float) unit;
        float bound = (float) most;
        return Binary.of(
                (x, t) -> value(x - t),
                Constants.fitFloats(unit, most)
                        ? (x, t, z, n) -> values(x, t, single, bound, z, n)
                        : (x, t, z, n) -> {
                            for (int i = 0; i < n; i++) {
                                z[i] = (float) value((double) x[i] - t[i]);
                            }
                        },
                this::values);
    }

    /** Returns g u, the slope of x for a gradient g. */
    public Ternary slopes() {
        float single = (float) unit;
        float bound = (float) most;
        return new Ternary(
                Constants.fitFloats(unit, most)
                        ? (g, x, t, z, n) -> slopes(g, x, t, single, bound, z, n)
                        : Ternary.each((g, x, t) -> g * share(x - t)).floats(),
                this::slopes);
    }

    private double share(double d) {
        return Math.min(Math.max(d / unit, -most), most);
    }

    private double value(double d) {
        double share = share(d);
        return share * (d - 0.5 * share * unit);
    }

    private static void values(float[] x, float[] t, float unit, float most, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float d = x[i] - t[i];
            float share = Math.min(Math.max(d / unit, -most), most);
            z[i] = share * (d - 0.5f * share * unit);
        }
    }

    private void values(double[] x, double[] t, double[] z, int n) {
        double s = unit;
        double m = most;
        for (int i = 0; i < n; i++) {
            double d = x[i] - t[i];
            double share = Math.min(Math.max(d / s, -m), m);
            z[i] = share * (d - 0.5 * share * s);
        }
    }

    private static void slopes(float[] g, float[] x, float[] t, float unit, float most, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * Math.min(Math.max((x[i] - t[i]) / unit, -most), most);
        }
    }

    private void slopes(double[] g, double[] x, double[] t, double[] z, int n) {
        double s = unit;
        double m = most;
        for (int i = 0; i < n; i++) {
            z[i] = g[i] * Math.min(Math.max((x[i] - t[i]) / s, -m), m);
        }
    }
}
