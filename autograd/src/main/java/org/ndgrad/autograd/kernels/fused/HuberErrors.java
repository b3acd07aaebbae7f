package org.ndgrad.autograd.kernels.fused;

import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.FloatLoops;
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
                fitsFloats()
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
        FloatLoops.Three floats = (g, x, t, z, n) -> slopes(g, x, t, single, bound, z, n);
        FloatLoops.Three wide = (g, x, t, z, n) -> {
            for (int i = 0; i < n; i++) {
                z[i] = (float) (g[i] * share((double) x[i] - t[i]));
            }
        };
        DoubleLoops.Three doubles = this::slopes;
        return new Ternary(fitsFloats() ? floats : wide, doubles);
    }

    /** Whether s and m are as exact as floats can be. */
    private boolean fitsFloats() {
        return fitsFloat(unit) && fitsFloat(most);
    }

    private static boolean fitsFloat(double x) {
        return x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE;
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
