package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function of one number as polynomials, one for each of many short pieces of its domain, as exact as the function
 * from which they are made. Outside these pieces that function itself is used.
 *
 * <p>An element takes a dozen cycles, whatever the function: there is neither a division nor a branch. The leading bits
 * of a key, which is x or |x| plus an offset, are the number of the piece: with the offset 0, pieces have equal widths
 * in relation to x; with a power of two above all x, they are equally wide; and with 1 − |x| as the key, they get
 * shorter towards ±1.
 *
 * <p>The table of an odd function has a second half for numbers below 0, which have the piece of |x| there.
 *
 * <p>The polynomials are made when the first element is asked for, which takes some milliseconds.
 */
final class PiecewisePolynomial implements DoubleUnaryOperator {

    /** What pieces are made of: the center and the coefficients of the powers of the distance from it. */
    private static final int TERMS = 8;

    private static final int STRIDE = TERMS + 1;

    /** In so many places a function is looked at for a polynomial. More than there are coefficients average errors. */
    private static final int NODES = 16;

    private static final int PASSES = 3;

    private static final int WORTH_A_LOOP = 32; // elements

    /** The {@link Unary#cost}. */
    static final int COST = 8;

    private final DoubleUnaryOperator exact;
    private final DoubleLoops.One beyond;
    private final boolean odd;
    private final double offset;
    private final double scale;
    private final int shift;
    private final int first;
    private final int count;
    private final Zero[] zeros;
    private volatile double @Nullable [] table;

    /**
     * Where the pieces are.
     *
     * @param odd whether f(−x) = −f(x)
     * @param offset what is added to the key
     * @param scale 1, or −1 if the key falls where |x| grows
     * @param from the least key
     * @param to beyond the largest key
     * @param bits how many bits of the mantissa count: there are 2^bits pieces from one power of two to the next
     */
    record Pieces(boolean odd, double offset, double scale, double from, double to, int bits) {

        /** Pieces between two positive x, 64 of them from each power of two to the next. */
        static Pieces relative(double from, double to) {
            return new Pieces(false, 0, 1, from, to, 6);
        }

        /** Pieces between two x of a width of 1/64. */
        static Pieces wide(double from, double to) {
            double above = Double.longBitsToDouble(
                    Double.doubleToRawLongBits(2 * (to - from)) & (-1L << 52)); // a power of two
            return new Pieces(false, above - from, 1, above, above + (to - from), Math.getExponent(above) + 6);
        }

        /** Pieces of an odd function of x from −1 to 1 but for a distance from both, and shorter towards them. */
        static Pieces towardsOne(double distance) {
            return new Pieces(true, 1, -1, distance, 1 + 0x1p-6, 6);
        }

        /** The same pieces for a function with f(−x) = −f(x). */
        Pieces ofOdd() {
            return new Pieces(true, offset, scale, from, to, bits);
        }
    }

    /** A number at which a function is 0, or would be if it were not rounded, and the function's value there. */
    record Zero(double at, double value) {}

    /**
     * Creates the polynomials of a function.
     *
     * @param exact as the function is computed elsewhere, and from which the polynomials are made
     * @param zeros where the function is 0, so that its digits do not get lost there
     */
    PiecewisePolynomial(DoubleUnaryOperator exact, Pieces pieces, Zero... zeros) {
        this(exact, DoubleLoops.each(exact), pieces, zeros);
    }

    /**
     * Creates the polynomials of a function that is often used where there are none.
     *
     * @param beyond the function of many numbers, each with the value of {@code exact}
     */
    PiecewisePolynomial(DoubleUnaryOperator exact, DoubleLoops.One beyond, Pieces pieces, Zero... zeros) {
        this.exact = exact;
        this.beyond = beyond;
        this.odd = pieces.odd;
        this.offset = pieces.offset;
        this.scale = pieces.scale;
        this.shift = 52 - pieces.bits;
        this.first = number(pieces.from);
        this.count = number(pieces.to) - first;
        this.zeros = zeros;
    }

    /** Returns the function with these polynomials for float32 and float64. */
    Unary unary() {
        return new Unary(this, this::floats, this::doubles, COST);
    }

    private int number(double key) {
        return (int) (Double.doubleToRawLongBits(key) >>> shift);
    }

    /** Returns 0 if there is a polynomial of this number, else −1; NaN and negative keys have large numbers. */
    private static int outside(int piece, int count) {
        return (piece | (count - 1 - piece)) >> (Integer.SIZE - 1);
    }

    @Override
    public double applyAsDouble(double x) {
        double place = odd ? Math.abs(x) : x;
        int piece = number(offset + scale * place) - first;
        if (outside(piece, count) != 0) {
            return exact.applyAsDouble(x);
        }
        double y = polynomial(table(), piece, place);
        return odd ? Math.copySign(y, x) : y;
    }

    /** Computes n elements. */
    void doubles(double[] x, double[] z, int n) {
        double[] arguments = x == z ? Arrays.copyOf(x, n) : x;
        int[] others = Scratch.ofThread().places(n);
        int count = doubles(arguments, z, table(), others, n);
        if (count == 0) {
            return;
        }
        int[] places = Arrays.copyOf(others, count); // the loop may list others, too
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = arguments[places[k]];
        }
        replace(values);
        for (int k = 0; k < count; k++) {
            z[places[k]] = values[k];
        }
    }

    /** Computes n elements. */
    void floats(float[] x, float[] z, int n) {
        float[] arguments = x == z ? Arrays.copyOf(x, n) : x;
        int[] others = Scratch.ofThread().places(n);
        int count = floats(arguments, z, table(), others, n);
        if (count == 0) {
            return;
        }
        int[] places = Arrays.copyOf(others, count);
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = arguments[places[k]];
        }
        replace(values);
        for (int k = 0; k < count; k++) {
            z[places[k]] = (float) values[k];
        }
    }

    /** Replaces arguments by the function itself. */
    private void replace(double[] values) {
        if (values.length < WORTH_A_LOOP) {
            Arrays.setAll(values, k -> exact.applyAsDouble(values[k]));
        } else {
            beyond.run(values, values, values.length);
        }
    }

    /**
     * Computes what there are polynomials for. The others get some number and are listed, so that they can be computed
     * at last: at random places they would make branches slow.
     *
     * @return how many others there are
     */
    private int doubles(double[] x, double[] z, double[] pieces, int[] others, int n) {
        boolean odd = this.odd;
        double offset = this.offset;
        double scale = this.scale;
        int shift = this.shift;
        int first = this.first;
        int count = this.count;
        int listed = 0;
        for (int i = 0; i < n; i++) {
            double v = x[i];
            double place = odd ? Math.abs(v) : v;
            int piece = (int) (Double.doubleToRawLongBits(offset + scale * place) >>> shift) - first;
            int outside = outside(piece, count);
            others[listed] = i;
            listed -= outside;
            int mirrored = odd ? (int) (Double.doubleToRawLongBits(v) >> (Long.SIZE - 1)) & count : 0;
            z[i] = polynomial(pieces, (piece & ~outside) + mirrored, v);
        }
        return listed;
    }

    /** The same with fewer powers: digits beyond those of floats do not matter. */
    private int floats(float[] x, float[] z, double[] pieces, int[] others, int n) {
        boolean odd = this.odd;
        double offset = this.offset;
        double scale = this.scale;
        int shift = this.shift;
        int first = this.first;
        int count = this.count;
        int listed = 0;
        for (int i = 0; i < n; i++) {
            double v = x[i];
            double place = odd ? Math.abs(v) : v;
            int piece = (int) (Double.doubleToRawLongBits(offset + scale * place) >>> shift) - first;
            int outside = outside(piece, count);
            others[listed] = i;
            listed -= outside;
            int mirrored = odd ? (int) (Double.doubleToRawLongBits(v) >> (Long.SIZE - 1)) & count : 0;
            int at = ((piece & ~outside) + mirrored) * STRIDE;
            double t = v - pieces[at];
            double sum = (pieces[at + 2] + t * pieces[at + 3])
                    + t * t * ((pieces[at + 4] + t * pieces[at + 5]) + t * t * pieces[at + 6]);
            z[i] = (float) (pieces[at + 1] + t * sum);
        }
        return listed;
    }

    private static double polynomial(double[] pieces, int piece, double place) {
        int at = piece * STRIDE;
        double t = place - pieces[at];
        double square = t * t;
        double sum = (pieces[at + 2] + t * pieces[at + 3])
                + square
                        * ((pieces[at + 4] + t * pieces[at + 5])
                                + square * ((pieces[at + 6] + t * pieces[at + 7]) + square * pieces[at + 8]));
        return pieces[at + 1] + t * sum;
    }

    private double[] table() {
        double[] known = table;
        return known == null ? make() : known;
    }

    private synchronized double[] make() {
        double[] made = table;
        if (made == null) {
            made = new double[(odd ? 2 : 1) * count * STRIDE];
            for (int piece = 0; piece < count; piece++) {
                fit(begin(piece), begin(piece + 1), made, piece);
            }
            if (odd) {
                mirror(made);
            }
            table = made;
        }
        return made;
    }

    /** Makes the second half of the table that of numbers below 0. There −0 is not 0, and so of value −0. */
    private void mirror(double[] pieces) {
        for (int from = 0; from < count * STRIDE; from += STRIDE) {
            int to = count * STRIDE + from;
            pieces[to] = 0 - pieces[from];
            for (int power = 0; power < TERMS; power++) {
                double coefficient = pieces[from + 1 + power];
                pieces[to + 1 + power] = power % 2 == 0 ? -coefficient : coefficient;
            }
        }
    }

    /** Returns where a piece begins. */
    private double begin(int piece) {
        return (Double.longBitsToDouble((long) (first + piece) << shift) - offset) * scale;
    }

    /** Stores the polynomial of a piece, around its middle or the zero in it or at its edge. */
    private void fit(double from, double to, double[] pieces, int piece) {
        double middle = 0.5 * (from + to);
        double half = 0.5 * (to - from);
        Zero zero = zeroIn(middle, Math.abs(half));
        int terms = zero == null ? TERMS : TERMS - 1;
        int at = piece * STRIDE;
        pieces[at] = zero == null ? middle : zero.at;
        pieces[at + 1] = zero == null ? 0 : zero.value;
        double[] places = new double[NODES];
        double[] values = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            places[k] = middle + half * rounded(Math.cos(angle(k)));
            values[k] = exact.applyAsDouble(places[k]);
        }
        for (int pass = 0; pass < PASSES; pass++) { // each takes the rest of the one before, and so its rounding errors
            double[] series = new double[terms]; // Chebyshev's, of f, or of f / t, which keeps the digits of f
            for (int k = 0; k < NODES; k++) {
                double rest = values[k] - polynomial(pieces, piece, places[k]);
                double y = zero == null ? rest : rest / (places[k] - zero.at);
                for (int n = 0; n < terms; n++) {
                    series[n] += y * Math.cos(n * angle(k)) * (n == 0 ? 1 : 2) / NODES;
                }
            }
            double[] powers = powers(series, half, pieces[at] - middle);
            for (int n = 0; n < terms; n++) {
                pieces[at + STRIDE - terms + n] += powers[n];
            }
        }
    }

    private static double angle(int node) {
        return Math.PI * (node + 0.5) / NODES;
    }

    /** Returns the number with so few digits that places in a piece are exact. */
    private static double rounded(double cosine) {
        return Math.rint(cosine * 0x1p20) * 0x1p-20;
    }

    private @Nullable Zero zeroIn(double middle, double half) {
        for (Zero zero : zeros) {
            if (Math.abs(zero.at - middle) <= half) {
                return zero;
            }
        }
        return null;
    }

    /** Returns the coefficients of the powers of t of a Chebyshev series in (t + distance) / half. */
    private static double[] powers(double[] series, double half, double distance) {
        int terms = series.length;
        double[] sum = new double[terms];
        double[] before = new double[terms];
        for (int n = terms - 1; n >= 0; n--) { // Clenshaw's recurrence, of polynomials
            double[] next = new double[terms];
            double factor = n == 0 ? 1 : 2;
            for (int k = 0; k < terms; k++) {
                double product = (distance * sum[k] + (k == 0 ? 0 : sum[k - 1])) / half;
                next[k] = factor * product - before[k] + (k == 0 ? series[n] : 0);
            }
            before = sum;
            sum = next;
        }
        return sum;
    }
}
