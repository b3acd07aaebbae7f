package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Points under one name, drawn as a line or one by one. Points that are not finite, or have no place on a logarithmic
 * axis, are kept as NaN, which breaks a line.
 */
final class Series {

    /** How a series is drawn. */
    enum Style {
        LINE,
        /** A line to compare others with, gray and dashed. */
        DASHES,
        POINTS,
        /** A line from the bottom to the top, at x[0]. */
        VERTICAL,
        /** A line from the left to the right, at y[0]. */
        HORIZONTAL
    }

    private static final int FUNCTION_POINTS = 401;

    private final String name;
    private final Style style;
    private final double[] x;
    private final double[] y;
    private final Color color;
    private final Marker marker;
    private final String value;
    private final double[] low;
    private final double[] high;
    private final int notPositive;

    private Series(
            String name,
            Style style,
            double[] x,
            double[] y,
            Color color,
            Marker marker,
            String value,
            double[] low,
            double[] high,
            int notPositive) {
        this.name = name;
        this.style = style;
        this.x = x;
        this.y = y;
        this.color = color;
        this.marker = marker;
        this.value = value;
        this.low = low;
        this.high = high;
        this.notPositive = notPositive;
    }

    /** Checks and copies the data of a series; {@code who} is the caller's method. */
    static Series of(String who, String name, Style style, double[] x, double[] y, Color color, Marker marker) {
        checkNotNull(name, "%s: expected a name for the legend; got null. Name the series.", who);
        checkArgument(!name.isBlank(), "%s: expected a name for the legend; got an empty one. Name the series.", who);
        checkArgument(
                x.length == y.length,
                "%s: expected as many x as y values; got %s and %s in '%s'. Cut the longer one.",
                who,
                x.length,
                y.length,
                name);
        double[] cleanX = x.clone();
        double[] cleanY = y.clone();
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                cleanX[i] = Double.NaN;
                cleanY[i] = Double.NaN;
            }
        }
        return new Series(name, style, cleanX, cleanY, color, marker, "", new double[0], new double[0], 0);
    }

    /** Returns the line through these values at 1, 2, …. */
    static Series ofValues(String who, String name, double[] y, int index) {
        return line(who, name, counts(y.length), y, index);
    }

    /** Returns a line in the color and with the pattern of line {@code index} of a plot. */
    static Series line(String who, String name, double[] x, double[] y, int index) {
        return of(who, name, Style.LINE, x, y, Palette.of(index), Marker.of(index));
    }

    /** Returns 1, 2, …. */
    static double[] counts(int count) {
        return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    }

    /** Returns the line through {@link #FUNCTION_POINTS} points of a function. */
    static Series ofFunction(String name, double from, double to, DoubleUnaryOperator function, int index) {
        Axes.checkRange("function", from, to);
        double[] x = IntStream.range(0, FUNCTION_POINTS)
                .mapToDouble(i -> Axis.between(from, to, i / (FUNCTION_POINTS - 1.0)))
                .toArray();
        double[] y = Arrays.stream(x).map(function).toArray();
        return line("function", name, x, y, index);
    }

    /** Returns a dashed line at {@code x}. */
    static Series vertical(String name, double x) {
        checkFinite("verticalLine", "x", x);
        return rule("verticalLine", name, Style.VERTICAL, x, 0);
    }

    /** Returns a dashed line at {@code y}. */
    static Series horizontal(String name, double y) {
        checkFinite("horizontalLine", "y", y);
        return rule("horizontalLine", name, Style.HORIZONTAL, 0, y);
    }

    private static void checkFinite(String who, String axis, double at) {
        checkArgument(Double.isFinite(at), "%s: expected a finite %s; got %s. Look how it is made.", who, axis, at);
    }

    private static Series rule(String who, String name, Style style, double x, double y) {
        return of(who, name, style, new double[] {x}, new double[] {y}, Theme.LIGHT.rule(), Marker.CIRCLE);
    }

    /** Returns a dashed line through these points. */
    static Series dashes(String name, double[] x, double[] y) {
        return of("line", name, Style.DASHES, x, y, Theme.LIGHT.rule(), Marker.CIRCLE);
    }

    /** Returns this series with a number such as {@code AUC 0.981} behind its name, which is never cut. */
    Series withValue(String shown) {
        return withNote(" (" + shown + ")");
    }

    /** Returns this series with a note behind its name, which is never cut. */
    Series withNote(String note) {
        return new Series(name, style, x, y, color, marker, note, low, high, notPositive);
    }

    /** Returns this series with a band around it, from low to high at each x; the arrays are not copied. */
    Series withBand(double[] lowest, double[] highest) {
        return new Series(name, style, x, y, color, marker, value, lowest, highest, notPositive);
    }

    /** Returns one series of points per class that occurs. */
    static List<Series> byClass(double[][] points, int[] classes, String... names) {
        ClassifierPlots.checkSameLength("scatter", "points", points.length, classes);
        List<String> shown = ClassifierPlots.names("scatter", classes, names);
        if (points.length == 0) {
            return List.of(
                    of("scatter", "points", Style.POINTS, new double[0], new double[0], Palette.of(0), Marker.of(0)));
        }
        double[][] x = ClassifierPlots.split(Numbers.column(points, 0), classes, shown.size());
        double[][] y = ClassifierPlots.split(Numbers.column(points, 1), classes, shown.size());
        return IntStream.range(0, shown.size())
                .filter(c -> x[c].length > 0)
                .mapToObj(c -> of("scatter", shown.get(c), Style.POINTS, x[c], y[c], Palette.of(c), Marker.of(c)))
                .toList();
    }

    String name() {
        return name;
    }

    Style style() {
        return style;
    }

    /** Returns whether a line goes through the points. */
    boolean isLine() {
        return style == Style.LINE || style == Style.DASHES;
    }

    /** Returns whether it only helps to read the others, and takes no color of the palette. */
    boolean isRule() {
        return style == Style.VERTICAL || style == Style.HORIZONTAL || style == Style.DASHES;
    }

    /** Returns the x values, NaN where a point is not finite; not to be changed. */
    double[] x() {
        return x;
    }

    /** Returns the y values, NaN where a point is not finite; not to be changed. */
    double[] y() {
        return y;
    }

    /** Returns the lower ends of a band, or none; not to be changed. */
    double[] low() {
        return low;
    }

    /** Returns the upper ends of a band, or none; not to be changed. */
    double[] high() {
        return high;
    }

    Color color(Theme theme) {
        return isRule() ? theme.rule() : theme.ink(color);
    }

    Marker marker() {
        return marker;
    }

    /** Returns how many points can be drawn. */
    int finite() {
        return (int)
                IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).count();
    }

    /** Returns what the legend says behind the name, if anything: a value, and how many points are left out. */
    String note() {
        return value + note(y.length, finite() + notPositive, notPositive);
    }

    /** Returns what a legend says of numbers that are not all finite, or none. */
    static String note(int count, int finite) {
        return note(count, finite, 0);
    }

    /** Returns what a legend says of numbers that are not all finite or positive, or none. */
    private static String note(int count, int finite, int notPositive) {
        if (count == 0) {
            return " (no points)";
        }
        var left = new ArrayList<String>();
        if (finite < count) {
            left.add("%d of %d not finite".formatted(count - finite, count));
        }
        if (notPositive > 0) {
            left.add("%d of %d not positive".formatted(notPositive, count));
        }
        return left.isEmpty() ? "" : " (" + String.join(", ", left) + ")";
    }

    /** Returns this series as it is on its axes: logarithmic ones have no place for what is not positive. */
    Series on(boolean logX, boolean logY) {
        boolean needsX = logX && style != Style.HORIZONTAL;
        boolean needsY = logY && style != Style.VERTICAL;
        double[] ownX = x.clone();
        double[] ownY = y.clone();
        int left = 0;
        for (int i = 0; i < x.length; i++) {
            if ((needsX && x[i] <= 0) || (needsY && y[i] <= 0)) {
                ownX[i] = Double.NaN;
                ownY[i] = Double.NaN;
                left++;
            }
        }
        return left == 0 ? this : new Series(name, style, ownX, ownY, color, marker, value, low, high, left);
    }
}
