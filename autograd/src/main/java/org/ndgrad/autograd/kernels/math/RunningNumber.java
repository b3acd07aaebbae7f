package org.ndgrad.autograd.kernels.math;

/** A number that is multiplied and added to, with its exponent apart as long as it is beyond the range of doubles. */
public final class RunningNumber {

    /** Up to it, a product of two numbers keeps all digits, and so does one more factor. */
    private static final int SAFE = 900;

    /** From here on, products have kept all digits. */
    public static final double LEAST = 0x1p-900;

    /** Up to here, products have kept all digits. */
    public static final double MOST = 0x1p900;

    /** So far apart, the range of doubles counts for nothing. */
    private static final int FAR = 5000;

    /** So far below 1, a number is 0 as a double. */
    private static final int LOST = 1100;

    private double value;
    private long exponent;

    /** Begins with a number. */
    public RunningNumber(double start) {
        value = start;
    }

    /** Returns the number, or what it is in the range of doubles: 0 or ∞. */
    public double get() {
        if (exponent == 0) {
            return value;
        }
        long size = exponent + Math.getExponent(value);
        return size < -LOST ? value * 0 : scaled(value, exponent);
    }

    /** Whether the number is in the range of doubles by itself. */
    public boolean isPlain() {
        return exponent == 0;
    }

    /** Sets it to a number. */
    public void set(double number) {
        value = number;
        exponent = 0;
    }

    /** Sets it to another one. */
    public void set(RunningNumber other) {
        value = other.value;
        exponent = other.exponent;
    }

    /** Multiplies it by a number. */
    public void multiply(double factor) {
        double next = value * factor;
        if (exponent == 0 && isExact(next, factor)) {
            value = next;
        } else if (exponent != 0 && isInside(next)) {
            value = next;
            if (Math.abs(exponent + Math.getExponent(next)) < SAFE) {
                normalize();
            }
        } else {
            int own = Math.getExponent(factor);
            multiply(Math.scalb(factor, -own), own);
        }
    }

    /** Multiplies it by another one. */
    public void multiply(RunningNumber other) {
        if (other.exponent == 0) {
            multiply(other.value);
        } else {
            multiply(other.value, other.exponent);
        }
    }

    private void multiply(double factor, long own) {
        int left = Math.getExponent(value);
        value = Math.scalb(value, -left) * factor;
        exponent += own + left;
        normalize();
    }

    /** Adds a number. */
    public void add(double term) {
        double sum = value + term;
        if (exponent == 0 && (Math.abs(sum) <= Double.MAX_VALUE || value * 0 != 0 || term * 0 != 0)) {
            value = sum;
        } else if (value == 0 || term * 0 != 0) {
            set(term);
        } else if (term != 0) {
            long larger =
                    Math.max(exponent + Math.getExponent(value), Math.getExponent(term)) + 1; // so that the sum fits
            value = scaled(value, exponent - larger) + scaled(term, -larger);
            exponent = larger;
            normalize();
        }
    }

    /** Adds another one. */
    public void add(RunningNumber other) {
        if (other.exponent == 0) {
            add(other.value);
        } else if (value == 0) {
            set(other);
        } else if (value * 0 == 0) {
            long larger =
                    Math.max(exponent + Math.getExponent(value), other.exponent + Math.getExponent(other.value)) + 1;
            value = scaled(value, exponent - larger) + scaled(other.value, other.exponent - larger);
            exponent = larger;
            normalize();
        }
    }

    /** Divides it by a number other than 0, ∞ and NaN. */
    public void divide(double divisor) {
        double next = value / divisor;
        if (exponent == 0 && isExact(next, 1)) {
            value = next;
        } else {
            int own = Math.getExponent(divisor);
            int left = Math.getExponent(value);
            value = Math.scalb(value, -left) / Math.scalb(divisor, -own);
            exponent += left - own;
            normalize();
        }
    }

    /** Multiplies it by a power of two. */
    public void scale(long power) {
        exponent += power;
        normalize();
    }

    /** Whether a product is so far from both ends of the range that it has kept all digits, and is no end itself. */
    public static boolean isInside(double product) {
        double size = Math.abs(product);
        return size >= LEAST && size <= MOST;
    }

    /** Whether the product has not left the range: an end of it is exact if a factor is one. */
    private boolean isExact(double product, double factor) {
        return isInside(product) || value * 0 != 0 || factor * 0 != 0 || value == 0 || factor == 0;
    }

    private void normalize() {
        if (value == 0 || value * 0 != 0) {
            exponent = 0;
            return;
        }
        int left = Math.getExponent(value);
        value = Math.scalb(value, -left);
        exponent += left;
        if (Math.abs(exponent) < SAFE) {
            value = Math.scalb(value, (int) exponent);
            exponent = 0;
        }
    }

    private static double scaled(double x, long exponent) {
        return Math.scalb(x, (int) Math.max(-FAR, Math.min(exponent, FAR)));
    }
}
