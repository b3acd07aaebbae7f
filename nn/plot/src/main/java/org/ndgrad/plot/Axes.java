package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What is asked of the axes of a plot, and the axes that follow from it and the data. */
final class Axes {

    /** The empty part beside the data, in parts of the axis. */
    private static final double LINE_MARGIN = 0.02;

    private static final double POINT_MARGIN = 0.05;
    private static final double FIELD_MARGIN = 0.1;

    private double[] xRange = {};
    private double[] yRange = {};
    private List<String> categories = List.of();
    private List<String> xNames = List.of();
    private boolean logX;
    private boolean logY;

    static void checkRange(String who, double low, double high) {
        checkArgument(
                low < high && Double.isFinite(low) && Double.isFinite(high),
                "%s: expected a finite range, low before high; got [%s, %s]. Swap or correct the ends.",
                who,
                low,
                high);
    }

    void xRange(double low, double high) {
        checkRange("xRange", low, high);
        checkLogRange(logX, "x", low);
        xRange = new double[] {low, high};
    }

    void yRange(double low, double high) {
        checkRange("yRange", low, high);
        checkLogRange(logY, "y", low);
        yRange = new double[] {low, high};
    }

    void logX() {
        checkLogRange(xRange.length > 0, "x", xRange.length > 0 ? xRange[0] : 1);
        logX = true;
    }

    void logY() {
        checkLogRange(yRange.length > 0, "y", yRange.length > 0 ? yRange[0] : 1);
        logY = true;
    }

    /** Names the places 0, 1, … of the x axis, instead of numbers. */
    void xNames(List<String> names) {
        xNames = names;
    }

    void categories(List<String> names) {
        categories = names;
    }

    boolean isLogX() {
        return logX;
    }

    boolean isLogY() {
        return logY;
    }

    /** Returns whether both ranges are given. */
    boolean areSet() {
        return xRange.length > 0 && yRange.length > 0;
    }

    /** Returns the x axis for these data. */
    Axis x(List<Series> series, List<Layer> layers) {
        if (!categories.isEmpty()) {
            return new Axis.Categories(categories);
        }
        if (!xNames.isEmpty()) {
            return new Axis.Categories(xNames);
        }
        double step = countsOnly(series) ? 1 : 0;
        if (xRange.length > 0) {
            double least = xRange[1] - xRange[0] < 2 ? 0 : step; // two ticks would be too few
            return logX ? Axis.log(xRange[0], xRange[1]) : Axis.linear(xRange[0], xRange[1], least);
        }
        var bars = BarLayer.in(layers);
        if (bars.isPresent()) {
            return Axis.linear(bars.get().from(), bars.get().to(), 0);
        }
        double[] ends = ends(logX, series.stream(), Series::x);
        return padded(ends, logX, margin(series, layers, LINE_MARGIN), step);
    }

    /** Returns the y axis for these data. */
    Axis y(List<Series> series, List<Layer> layers) {
        if (!categories.isEmpty()) {
            var topDown = new ArrayList<>(categories);
            Collections.reverse(topDown);
            return new Axis.Categories(topDown);
        }
        if (yRange.length > 0) {
            return logY ? Axis.log(yRange[0], yRange[1]) : Axis.linear(yRange[0], yRange[1], 0);
        }
        var bars = BarLayer.in(layers);
        if (bars.isPresent()) {
            return Axis.linear(0, 1.06 * bars.get().highest(), 1);
        }
        double[] ends = ends(logY, series.stream().filter(s -> s.style() != Series.Style.VERTICAL), Series::y);
        return padded(ends, logY, margin(series, layers, POINT_MARGIN), 0);
    }

    /** Returns an axis for these ends with an empty part beside them. */
    private static Axis padded(double[] ends, boolean log, double part, double step) {
        return log ? Axis.log(ends[0], ends[1], part) : Axis.linear(ends[0], ends[1], part, step);
    }

    private static double[] ends(boolean log, Stream<Series> series, Function<Series, double[]> coordinate) {
        var statistics = series.flatMapToDouble(s -> DoubleStream.of(coordinate.apply(s)))
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
        return statistics.getCount() == 0
                ? new double[] {log ? 0.1 : 0, 1}
                : new double[] {statistics.getMin(), statistics.getMax()};
    }

    private static double margin(List<Series> series, List<Layer> layers, double lineMargin) {
        boolean points = series.stream().anyMatch(s -> s.style() == Series.Style.POINTS);
        return layers.stream().anyMatch(FieldLayer.class::isInstance)
                ? FIELD_MARGIN
                : points ? POINT_MARGIN : lineMargin;
    }

    /** Returns whether the x values are counts, such as epochs. */
    private static boolean countsOnly(List<Series> series) {
        return !series.isEmpty()
                && series.stream()
                        .allMatch(s -> s.isLine()
                                && DoubleStream.of(s.x()).allMatch(x -> Double.isNaN(x) || x == Math.rint(x)));
    }

    private static void checkLogRange(boolean relevant, String axis, double low) {
        checkArgument(
                !relevant || low > 0,
                "%sRange: expected a range above 0 on a logarithmic axis; got %s as its lower end. Raise it, or leave out log%s().",
                axis,
                low,
                Ascii.toUpperCase(axis));
    }
}
