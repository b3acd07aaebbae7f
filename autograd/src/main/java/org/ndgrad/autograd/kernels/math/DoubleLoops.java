package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of the first n elements of double arrays, z of x and y, which may be the same. Each is a loop of its own,
 * without an offset to the index, since that is what the just-in-time compiler turns into vector instructions. Choices
 * are made between whole numbers: of these it makes no branch, which would be taken at random and cost ten times as
 * much.
 */
public final class DoubleLoops {

    /** A function of one array. */
    public interface One {
        /** Computes n elements. */
        void run(double[] x, double[] z, int n);
    }

    /** A function of two arrays. */
    public interface Two {
        /** Computes n elements. */
        void run(double[] x, double[] y, double[] z, int n);
    }

    /** A function of three arrays. */
    public interface Three {
        /** Computes n elements. */
        void run(double[] x, double[] y, double[] z, double[] w, int n);
    }

    private DoubleLoops() {}

    /** Returns the loop over a function of one number. */
    public static One each(DoubleUnaryOperator f) {
        return (x, z, n) -> {
            for (int i = 0; i < n; i++) {
                z[i] = f.applyAsDouble(x[i]);
            }
        };
    }

    /** Returns the loop over a function of two numbers. */
    public static Two each(DoubleBinaryOperator f) {
        return (x, y, z, n) -> {
            for (int i = 0; i < n; i++) {
                z[i] = f.applyAsDouble(x[i], y[i]);
            }
        };
    }

    static void negate(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = -x[i];
        }
    }

    static void abs(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]);
        }
    }

    /** x · x. */
    public static void square(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i];
        }
    }

    static void reciprocal(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = 1 / x[i];
        }
    }

    static void sqrt(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.sqrt(x[i]);
        }
    }

    static void reciprocalSqrt(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = 1 / Math.sqrt(x[i]);
        }
    }

    static void sign(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            int sign = (x[i] > 0 ? 1 : 0) - (x[i] < 0 ? 1 : 0);
            z[i] = sign;
        }
    }

    static void relu(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], 0);
        }
    }

    static void floor(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.floor(x[i]);
        }
    }

    static void ceil(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.ceil(x[i]);
        }
    }

    static void round(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.rint(x[i]);
        }
    }

    /** The sign is put back, also of −0. */
    static void trunc(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double abs = Math.floor(Math.abs(x[i]));
            z[i] = Math.min(Math.max(x[i], -abs), abs);
        }
    }

    /** x / y without its fraction. */
    static void truncDivide(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double quotient = x[i] / y[i];
            double abs = Math.floor(Math.abs(quotient));
            z[i] = Math.min(Math.max(quotient, -abs), abs);
        }
    }

    /** x − trunc x; 0 is positive, and what is infinite has none. */
    static void fraction(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double half = 0.5 * x[i];
            double abs = 0.5 * Math.abs(x[i]); // added to the half or not, it makes one of two sides 0
            z[i] = (x[i] - (Math.floor(abs + half) - Math.floor(abs - half))) + 0.0;
        }
    }

    /** |x| with the sign of y. */
    static void copySign(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.copySign(x[i], y[i]);
        }
    }

    /** x + factor · y. */
    static void addScaled(double[] x, double[] y, double factor, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (x[i] + factor * y[i]);
        }
    }

    /** min(max(x, low), high); NaN stays. */
    static void clamp(double[] x, double low, double high, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low), high);
        }
    }

    /** x + y. */
    public static void add(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] + y[i];
        }
    }

    /** x − y. */
    public static void subtract(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - y[i];
        }
    }

    /** x · y. */
    public static void multiply(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * y[i];
        }
    }

    /** (x − y) · factor. */
    public static void scale(double[] x, double[] y, double[] factor, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (x[i] - y[i]) * factor[i];
        }
    }

    /** x − y. */
    public static void subtract(double[] x, double y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - y;
        }
    }

    /** x · y. */
    public static void multiply(double[] x, double y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * y;
        }
    }

    /** Adds x · y to z. */
    public static void addProducts(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += x[i] * y[i];
        }
    }

    /** x · y for a y that is 0 or more than 1: what is infinite is cut to a number, of which 0 makes 0, another y ∞. */
    static void drop(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], -Double.MAX_VALUE), Double.MAX_VALUE) * y[i];
        }
    }

    /** x / y. */
    public static void divide(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] / y[i];
        }
    }

    /** The larger of x and y; NaN wins. */
    public static void max(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], y[i]);
        }
    }

    /** The smaller of x and y; NaN wins. */
    public static void min(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(x[i], y[i]);
        }
    }

    static void any(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = (x[i] != 0 ? 1 : 0) | (y[i] != 0 ? 1 : 0);
            z[i] = bit;
        }
    }

    static void all(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = (x[i] != 0 ? 1 : 0) & (y[i] != 0 ? 1 : 0);
            z[i] = bit;
        }
    }

    /** min(max(x, low), high); NaN stays. */
    public static void clamp(double[] x, double[] low, double[] high, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low[i]), high[i]);
        }
    }

    /** x where the condition is not 0, else y. */
    public static void choose(double[] condition, double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            long mask = condition[i] == 0 ? 0 : -1;
            long other = Double.doubleToRawLongBits(y[i]);
            z[i] = Double.longBitsToDouble(other ^ ((Double.doubleToRawLongBits(x[i]) ^ other) & mask));
        }
    }

    /** x. */
    public static void copy(double[] x, double[] z, int n) {
        System.arraycopy(x, 0, z, 0, n);
    }
}
