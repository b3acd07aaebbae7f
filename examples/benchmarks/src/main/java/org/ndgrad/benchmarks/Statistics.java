package org.ndgrad.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/** What is made of repeated measurements. */
final class Statistics {

    /**
     * The line that fits points best.
     *
     * @param slope by which y grows where x grows by 1
     * @param standardError of the slope, 0 if the points lie on the line
     */
    record Trend(double slope, double standardError) {}

    private Statistics() {}

    /** Returns the middle value, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        checkArgument(!values.isEmpty(), "median: expected at least one value; got none.");
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Returns the least-squares line through the points (x, y). */
    static Trend trend(List<Double> x, List<Double> y) {
        int count = x.size();
        checkArgument(
                count >= 3 && y.size() == count,
                "trend: expected as many x as y, at least 3; got %s and %s.",
                count,
                y.size());
        double meanX = mean(x);
        double meanY = mean(y);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < count; i++) {
            squares += (x.get(i) - meanX) * (x.get(i) - meanX);
            products += (x.get(i) - meanX) * (y.get(i) - meanY);
        }
        checkArgument(squares > 0, "trend: expected different x; got only %s.", meanX);
        double slope = products / squares;
        double rest = 0;
        for (int i = 0; i < count; i++) {
            double error = y.get(i) - meanY - slope * (x.get(i) - meanX);
            rest += error * error;
        }
        return new Trend(slope, Math.sqrt(rest / (count - 2) / squares));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
