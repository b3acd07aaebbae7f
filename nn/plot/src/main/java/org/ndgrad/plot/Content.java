package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkState;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** What a plot shows, and whether it fits together. */
final class Content {

    /** A smaller picture is one of this size, scaled down, so that names and a legend have room. */
    private static final double LEAST_WIDTH = 320;

    private static final double LEAST_HEIGHT = 240;

    private final List<Series> series = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Axes axes = new Axes();

    Axes axes() {
        return axes;
    }

    void add(Series added) {
        checkNoMatrix();
        series.add(added);
    }

    /** Adds a layer; bars are put beside the bars that are already there. */
    void add(Layer added) {
        checkNoMatrix();
        if (added instanceof MatrixLayer matrix) {
            axes.matrix(matrix);
        }
        if (added instanceof BarLayer bars) {
            checkLinear(axes.isLogX(), "logX");
            checkLinear(axes.isLogY(), "logY");
            BarLayer all = BarLayer.in(layers).map(others -> others.with(bars)).orElse(bars);
            layers.removeIf(BarLayer.class::isInstance);
            layers.add(all);
        } else if (added instanceof ColumnLayer columns) {
            checkLinear(axes.isLogX(), "logX");
            checkLinear(axes.isLogY(), "logY");
            ColumnLayer all =
                    ColumnLayer.in(layers).map(others -> others.with(columns)).orElse(columns);
            layers.removeIf(ColumnLayer.class::isInstance);
            layers.add(all);
        } else {
            layers.add(added);
        }
    }

    private boolean hasBars() {
        return BarLayer.in(layers).isPresent() || ColumnLayer.in(layers).isPresent();
    }

    void logX() {
        checkLinear(hasBars(), "logX");
        axes.logX();
    }

    void logY() {
        checkLinear(hasBars(), "logY");
        axes.logY();
    }

    /** Returns how many series and histograms take a color of the palette. */
    int size() {
        int bars = BarLayer.in(layers).map(layer -> layer.histograms().size()).orElse(0);
        int columns = ColumnLayer.in(layers).map(layer -> layer.groups().size()).orElse(0);
        return bars + columns + (int) series.stream().filter(s -> !s.isRule()).count();
    }

    Color nextColor() {
        return Palette.of(size());
    }

    Canvas canvas(String title, String xLabel, String yLabel, Theme theme, int width, int height) {
        boolean onlyFields = series.isEmpty() && layers.stream().allMatch(FieldLayer.class::isInstance);
        checkState(
                !onlyFields || (axes.areSet() && !layers.isEmpty()),
                "image: expected something to draw; got an empty plot. Add a line, points or a histogram;"
                        + " a field alone needs xRange and yRange.");
        List<Series> shown =
                series.stream().map(s -> s.on(axes.isLogX(), axes.isLogY())).toList();
        Axis x = axes.x(shown, layers);
        Axis y = axes.y(shown, layers);
        double scale = Math.max(1, Math.max(LEAST_WIDTH / width, LEAST_HEIGHT / height));
        int canvasWidth = (int) Math.ceil(scale * width);
        int canvasHeight = (int) Math.ceil(scale * height);
        var canvas =
                new Canvas(title, xLabel, yLabel, theme, canvasWidth, canvasHeight, x, y, List.copyOf(layers), shown);
        return axes.areEqual() ? canvas.equal() : canvas;
    }

    private void checkNoMatrix() {
        checkState(
                layers.stream().noneMatch(MatrixLayer.class::isInstance),
                "Plot: expected a matrix to stand alone; got more to draw."
                        + " Put a second plot beside it with Figure.row.");
    }

    private static void checkLinear(boolean both, String who) {
        checkState(!both, "%s: expected no bars on a logarithmic axis; got both. Leave out %s().", who, who);
    }
}
