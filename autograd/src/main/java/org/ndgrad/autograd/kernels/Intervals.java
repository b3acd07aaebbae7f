package org.ndgrad.autograd.kernels;

/** Functions of numbers and a closed interval. */
public final class Intervals {

    private Intervals() {}

    /** Returns min(max(x, low), high); NaN stays. */
    public static Unary clamp(double low, double high) {
        float least = (float) low;
        float most = (float) high;
        return new Unary(
                x -> Math.min(Math.max(x, low), high),
                (x, z, n) -> clamp(x, least, most, z, n),
                (x, z, n) -> clamp(x, low, high, z, n));
    }

    /** Returns a where low ≤ b ≤ high, else 0, also for NaN. */
    public static Binary keepWithin(double low, double high) {
        boolean isEmpty = !(low <= high);
        long least = isEmpty ? 1L << 32 : order(low == 0 ? -0f : (float) low);
        long most = order(high == 0 ? 0f : (float) high);
        return new Binary(
                (a, b) -> b >= low && b <= high ? a : 0,
                (a, b) -> b >= low && b <= high ? a : 0,
                (a, b, z, n) -> keepWithin(a, b, least, most, z, n),
                (a, b, z, n) -> keepWithin(a, b, low, high, z, n));
    }

    private static void clamp(float[] x, float low, float high, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low), high);
        }
    }

    private static void clamp(double[] x, double low, double high, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low), high);
        }
    }

    /**
     * Compares whole numbers that are in the order of the floats. Of conditions the just-in-time compiler would make branches
     * again if they had mostly gone one way so far.
     */
    private static void keepWithin(float[] a, float[] b, long low, long high, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            long place = order(b[i]);
            long outside = (place - low) | (high - place); // one of the two is negative
            z[i] = Float.intBitsToFloat(Float.floatToRawIntBits(a[i]) & ~(int) (outside >> 63));
        }
    }

    /** Returns a whole number that is larger for a larger x. It is less for −0 than for 0, and beyond that of ±∞ for NaN. */
    private static int order(float x) {
        int bits = Float.floatToRawIntBits(x);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    private static void keepWithin(double[] a, double[] b, double low, double high, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = b[i] >= low && b[i] <= high ? a[i] : 0;
        }
    }
}
