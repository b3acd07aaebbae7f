package org.ndgrad.autograd.kernels.math;

/** The numbers between two bounds, or all others. NaN does not belong to an interval, but to what lies outside. */
public final class Interval {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    final double low;
    final double high;
    final boolean closed;
    final boolean inside;
    final boolean nan;

    private Interval(double low, double high, boolean closed, boolean inside, boolean nan) {
        this.low = low;
        this.high = high;
        this.closed = closed;
        this.inside = inside;
        this.nan = nan;
    }

    /** Returns low ≤ x ≤ high. */
    public static Interval closed(double low, double high) {
        return new Interval(low, high, true, true, false);
    }

    /** Returns low &lt; x &lt; high. */
    public static Interval open(double low, double high) {
        return new Interval(low, high, false, true, false);
    }

    /** Returns x ≥ low. */
    public static Interval atLeast(double low) {
        return closed(low, INFINITY);
    }

    /** Returns x ≤ high. */
    public static Interval atMost(double high) {
        return closed(-INFINITY, high);
    }

    /** Returns x &gt; low. */
    public static Interval above(double low) {
        return new Interval(-INFINITY, low, true, false, false);
    }

    /** Returns x &lt; high. */
    public static Interval below(double high) {
        return new Interval(high, INFINITY, true, false, false);
    }

    /** Returns all numbers that do not belong to this one. */
    public Interval not() {
        return new Interval(low, high, closed, !inside, !nan);
    }

    /** Returns this one and NaN. */
    public Interval orNan() {
        return new Interval(low, high, closed, inside, true);
    }

    /** Whether x belongs to the interval. */
    boolean test(double x) {
        if (Double.isNaN(x)) {
            return nan;
        }
        return inside == (closed ? low <= x && x <= high : low < x && x < high);
    }
}
