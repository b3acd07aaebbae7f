package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.Lists;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is asked of the axes of a plot, and the axes that follow from it and the data. */
final class Axes {

    /** The empty part beside the data, in parts of the axis. */
    private static final double LINE_MARGIN = 0.02;

    private static final double POINT_MARGIN = 0.05;
    private static final double FIELD_MARGIN = 0.1;
    private static final double BAR_MARGIN = 0.06;

    private double[] xRange = {};
    private double[] yRange = {};
    private List<String> columnNames = List.of();
    private List<String> rowNames = List.of();
    private List<String> xNames = List.of();
    private List<String> yNames = List.of();
    private boolean equal;
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

    /** Names the columns and rows of a matrix, where no names are given. */
    void matrix(MatrixLayer added) {
        columnNames = added.columnNames();
        rowNames = added.rowNames();
    }

    void yNames(List<String> names) {
        yNames = names;
    }

    boolean isLogX() {
        return logX;
    }

    boolean isLogY() {
        return logY;
    }

    void equal() {
        equal = true;
    }

    /** Returns whether a unit is as long on both axes. */
    boolean areEqual() {
        return equal;
    }

    /** Returns whether both ranges are given. */
    boolean areSet() {
        return xRange.length > 0 && yRange.length > 0;
    }

    /** Returns the x axis for these data. */
    Axis x(List<Series> series, List<Layer> layers) {
        List<String> names = names("xNames", xNames, columnNames);
        if (!names.isEmpty()) {
            return new Axis.Categories(names);
        }
        double step = countsOnly(series) ? 1 : 0;
        if (xRange.length > 0) {
            double least = xRange[1] - xRange[0] < 2 ? 0 : step; // two ticks would be too few
            return logX ? Axis.log(xRange[0], xRange[1]) : Axis.linear(xRange[0], xRange[1], least);
        }
        var bars = BarLayer.in(layers);
        if (bars.isPresent()) {
            double[] ends = wider(bars.get().from(), bars.get().to(), series, Series::x);
            return Axis.linear(ends[0], ends[1], 0);
        }
        var columns = ColumnLayer.in(layers);
        if (columns.isPresent() && !logX) {
            return new Axis.Categories(
                    IntStream.rangeClosed(1, Math.max(1, columns.get().categories()))
                            .mapToObj(String::valueOf)
                            .toList());
        }
        var contours = contours(layers);
        if (contours.isPresent() && !logX) {
            double[] x = contours.get().x();
            return Axis.linear(x[0], x[x.length - 1], 0);
        }
        double[] ends = ends(logX, series.stream().filter(s -> s.style() != Series.Style.HORIZONTAL), Series::x);
        return padded(ends, logX, margin(series, layers, LINE_MARGIN), step);
    }

    private static Optional<ContourLayer> contours(List<Layer> layers) {
        return layers.stream()
                .filter(ContourLayer.class::isInstance)
                .map(ContourLayer.class::cast)
                .findFirst();
    }

    /** Returns the y axis for these data. */
    Axis y(List<Series> series, List<Layer> layers) {
        List<String> names = names("yNames", yNames, rowNames);
        if (!names.isEmpty()) {
            return new Axis.Categories(rowNames.isEmpty() ? names : Lists.reverse(names));
        }
        if (yRange.length > 0) {
            return logY ? Axis.log(yRange[0], yRange[1]) : Axis.linear(yRange[0], yRange[1], 0);
        }
        var bars = BarLayer.in(layers);
        if (bars.isPresent()) {
            double[] ends = wider(0, (double) bars.get().highest(), series, Series::y);
            return withMargin(ends, 1);
        }
        var columns = ColumnLayer.in(layers);
        if (columns.isPresent()) {
            double[] ends = columns.get().ends();
            return withMargin(wider(ends[0], ends[1], series, Series::y), 0);
        }
        var contours = contours(layers);
        if (contours.isPresent() && !logY) {
            double[] y = contours.get().y();
            return Axis.linear(y[0], y[y.length - 1], 0);
        }
        double[] ends = ends(
                logY,
                series.stream().filter(s -> s.style() != Series.Style.VERTICAL),
                s -> Doubles.concat(s.y(), s.low(), s.high()));
        return padded(ends, logY, margin(series, layers, POINT_MARGIN), 0);
    }

    /** Returns the names that are given, or else those of a matrix. */
    private static List<String> names(String who, List<String> given, List<String> ofMatrix) {
        checkArgument(
                given.isEmpty() || ofMatrix.isEmpty() || given.size() == ofMatrix.size(),
                "%s: expected %s names, as many as the matrix has; got %s. Name all of them or none.",
                who,
                ofMatrix.size(),
                given.size());
        return given.isEmpty() ? ofMatrix : given;
    }

    /** Returns the ends of bars, or of what is drawn over them if it is farther out. */
    private static double[] wider(double low, double high, List<Series> series, Function<Series, double[]> coordinate) {
        double[] all = series.stream()
                .filter(s -> !s.isRule())
                .flatMapToDouble(s -> DoubleStream.of(coordinate.apply(s)))
                .filter(Double::isFinite)
                .toArray();
        return new double[] {
            Math.min(low, Arrays.stream(all).min().orElse(low)),
            Math.max(high, Arrays.stream(all).max().orElse(high))
        };
    }

    /** Returns an axis with an empty part above what is above zero, and below what is below. */
    private static Axis withMargin(double[] ends, double step) {
        return Axis.linear(
                Axis.between(ends[1], ends[0], ends[0] < 0 ? 1 + BAR_MARGIN : 1),
                Axis.between(ends[0], ends[1], ends[1] > 0 ? 1 + BAR_MARGIN : 1),
                step);
    }

    /** Returns an axis for these ends with an empty part beside them. */
    private static Axis padded(double[] ends, boolean log, double part, double step) {
        return log ? Axis.log(ends[0], ends[1], part) : Axis.linear(ends[0], ends[1], part, step);
    }

    private static double[] ends(boolean log, Stream<Series> series, Function<Series, double[]> coordinate) {
        var statistics = series.flatMapToDouble(s -> DoubleStream.of(coordinate.apply(s)))
                .filter(value -> Double.isFinite(value) && (!log || value > 0))
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
