package org.ndgrad.plot;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What plots compute from numbers before they draw them. */
final class Statistics {

    /** Into how many bins values are counted before they are smoothed, and at how many points a density is drawn. */
    private static final int FINE = 2048;

    private static final int POINTS = 401;
    private static final int MOST_BINS = 100;

    private Statistics() {}

    /**
     * A function over an interval.
     *
     * @param x rising
     * @param y as many
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Curve(double[] x, double[] y) {}

    /** Mean and standard deviation of each column, of the numbers in it that are finite. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Spread(double[] mean, double[] low, double[] high) {}

    /**
     * Returns mean ± one standard deviation (dividing by N − 1) of each column; no spread where there is one number.
     */
    static Spread spread(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] mean = new double[columns];
        double[] low = new double[columns];
        double[] high = new double[columns];
        for (int c = 0; c < columns; c++) {
            double[] own = Arrays.stream(Numbers.column(rows, c))
                    .filter(Double::isFinite)
                    .toArray();
            // halves and their differences: the sum of two large doubles may be infinite
            mean[c] = own.length == 0
                    ? Double.NaN
                    : DoubleStream.of(own).map(v -> v / own.length).sum();
            double center = mean[c];
            double largest =
                    DoubleStream.of(own).map(v -> Math.abs(v - center)).max().orElse(0);
            double squares = largest == 0 || own.length < 2
                    ? 0
                    : DoubleStream.of(own)
                                    .map(v -> (v - center) / largest)
                                    .map(v -> v * v)
                                    .sum()
                            / (own.length - 1);
            double deviation = largest * Math.sqrt(squares);
            low[c] = center - deviation;
            high[c] = center + deviation;
        }
        return new Spread(mean, low, high);
    }

    /**
     * Returns how many bins a histogram from start to end needs for these values, which rise: the more of the rules of
     * Sturges and of Freedman and Diaconis, 1 to 100.
     */
    static int bins(double start, double end, double... sorted) {
        int n = sorted.length;
        if (n < 2 || sorted[0] == sorted[n - 1]) {
            return 1;
        }
        double sturges = Math.ceil(Math.log(n) / Math.log(2)) + 1;
        double middle = Axis.part(sorted[0], sorted[n - 1], sorted[3 * n / 4])
                - Axis.part(sorted[0], sorted[n - 1], sorted[n / 4]);
        double freedman = middle == 0 ? 0 : Math.ceil(Math.cbrt(n) / (2 * middle));
        double own = Axis.part(start, end, sorted[n - 1]) - Axis.part(start, end, sorted[0]);
        return (int) Math.min(MOST_BINS, Math.ceil(Math.max(sturges, freedman) / own));
    }

    /**
     * Returns the density that Gaussian kernels over these values add up to; their width is Scott's, σ·n^(−1/5). Values
     * are counted into fine bins first, so that a million take no longer than a thousand.
     */
    static Curve density(double... values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return new Curve(values, values);
        }
        double low = Arrays.stream(finite).min().getAsDouble();
        double high = Arrays.stream(finite).max().getAsDouble();
        // what is measured in halves, does not overflow
        double shrunk = Math.max(-low, high) > 0x1p1000 ? 0.5 : 1;
        double lonely = low == 0 ? 1 : Math.abs(low); // such a value is in the middle
        double unit = shrunk * (low == high ? lonely : high) - shrunk * (low == high ? 0 : low);
        double start = shrunk * low - (low == high ? unit / 2 : 0);
        double[] parts =
                DoubleStream.of(finite).map(v -> (shrunk * v - start) / unit).toArray();
        double mean = DoubleStream.of(parts).average().orElse(0);
        double variance =
                DoubleStream.of(parts).map(p -> (p - mean) * (p - mean)).sum() / Math.max(1, parts.length - 1);
        double width = Math.max(Math.sqrt(variance) * Math.pow(parts.length, -0.2), variance == 0 ? 0.1 : 1.0 / FINE);
        double[] counts = new double[FINE];
        for (double part : parts) {
            counts[Math.min(FINE - 1, (int) (part * FINE))]++;
        }
        // what is beyond all numbers is not drawn
        double[] x = IntStream.range(0, POINTS)
                .mapToDouble(i -> -3 * width + i * (1 + 6 * width) / (POINTS - 1))
                .filter(part -> Double.isFinite((start + part * unit) / shrunk))
                .toArray();
        double[] y = Arrays.stream(x)
                .map(at -> IntStream.range(0, FINE)
                                .filter(bin -> counts[bin] > 0)
                                .mapToDouble(bin -> {
                                    double far = (at - (bin + 0.5) / FINE) / width;
                                    return counts[bin] * Math.exp(-far * far / 2);
                                })
                                .sum()
                        / (parts.length * width * Math.sqrt(2 * Math.PI))
                        * shrunk
                        / unit)
                .map(density -> Math.min(Double.MAX_VALUE, density))
                .toArray();
        return new Curve(
                DoubleStream.of(x).map(part -> (start + part * unit) / shrunk).toArray(), y);
    }
}
