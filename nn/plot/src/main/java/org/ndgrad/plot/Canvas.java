package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkState;

import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws one plot: layers, grid, series, the frame with ticks and names, and the legend, in this order. */
record Canvas(
        String title,
        String xLabel,
        String yLabel,
        Theme theme,
        int width,
        int height,
        Axis x,
        Axis y,
        List<Layer> layers,
        List<Series> series) {

    /** The part of the height that a legend below may take, and the least height of the area it leaves. */
    private static final double LEGEND_PART = 0.4;

    private static final int LEAST_HEIGHT = 60;

    /** Returns this with more of one axis, so that a unit is as long on both. */
    Canvas equal() {
        checkState(
                x instanceof Axis.Linear && y instanceof Axis.Linear,
                "equalAspect: expected two axes of numbers that are not logarithmic; got others. Leave it out.");
        Rectangle2D area = layout(height).area();
        double across = (x.value(1) - x.value(0)) / area.getWidth();
        double up = (y.value(1) - y.value(0)) / area.getHeight();
        if (!Double.isFinite(up / across) || !Double.isFinite(across / up)) {
            return this;
        }
        return across < up
                ? withAxes(Axis.stretched((Axis.Linear) x, up / across), y)
                : withAxes(x, Axis.stretched((Axis.Linear) y, across / up));
    }

    private Canvas withAxes(Axis newX, Axis newY) {
        return new Canvas(title, xLabel, yLabel, theme, width, height, newX, newY, layers, series);
    }

    /** Draws the plot into a picture of another size, which makes everything smaller. */
    void draw(Ink ink, int imageWidth, int imageHeight) {
        var scale = AffineTransform.getScaleInstance((double) imageWidth / width, (double) imageHeight / height);
        if (scale.isIdentity()) {
            draw(ink);
        } else {
            ink.moved(scale, () -> draw(ink));
        }
    }

    private void draw(Ink ink) {
        Layout layout = layout(height);
        List<Trace> traces = traces(layout.area());
        Legend legend = legend(traces);
        Optional<Rectangle2D> corner = freeCorner(legend, layout.area(), traces);
        Rectangle2D box = corner.orElse(layout.area());
        if (corner.isEmpty() && !legend.isEmpty()) {
            Legend below = legend.within(width, LEGEND_PART * height);
            Layout above = layout(height - below.height());
            if (above.area().getHeight() >= LEAST_HEIGHT) {
                legend = below;
                layout = above;
                traces = traces(layout.area());
                double left = inside(layout.area().getCenterX(), legend.width(), width) - legend.width() / 2;
                box = legend.at(left, height - legend.height());
            } else {
                legend = legend.within(layout.area().getWidth(), layout.area().getHeight());
                box = legend.at(
                        layout.area().getMaxX() - legend.width(), layout.area().getY());
            }
        }
        paint(ink, layout, traces);
        if (!legend.isEmpty()) {
            legend.paint(ink, theme, box);
        }
    }

    private void paint(Ink ink, Layout layout, List<Trace> traces) {
        Rectangle2D area = layout.area();
        ink.fill(new Rectangle2D.Double(0, 0, width, height), theme.paper());
        if (layers.stream().allMatch(layer -> layer instanceof BarLayer || layer instanceof ColumnLayer)) {
            drawGrid(ink, layout);
        }
        ink.inside(area, () -> {
            layers.forEach(layer -> layer.paint(ink, theme, area, x, y));
            var raster = new Raster(area);
            traces.forEach(trace -> trace.paint(ink, raster, theme));
            raster.below(ink);
        });
        ink.draw(area, theme.border(), Ink.THIN);
        scale().ifPresent(scale -> scale.paint(ink, theme, area));
        drawTicks(ink, layout);
        drawNames(ink, layout);
    }

    private Optional<Scale> scale() {
        return layers.stream().flatMap(layer -> layer.scale().stream()).findFirst();
    }

    private Layout layout(double bottom) {
        double beside = scale().map(Scale::width).orElse(0.0);
        return Layout.of((int) (width - beside), bottom, !title.isBlank(), !xLabel.isBlank(), !yLabel.isBlank(), x, y);
    }

    private List<Trace> traces(Rectangle2D area) {
        var crowd = Trace.Crowd.of(series);
        return series.stream().map(s -> new Trace(s, x, y, area, crowd)).toList();
    }

    /** Returns the legend; it is empty if one name would say no more than the title. */
    private Legend legend(List<Trace> traces) {
        List<Legend.Box> boxes = new ArrayList<>();
        BarLayer.in(layers)
                .ifPresent(bars -> bars.histograms()
                        .forEach(h ->
                                boxes.add(new Legend.Box(h.name(), h.note(), theme.ink(h.color()), boxes.size()))));
        ColumnLayer.in(layers)
                .ifPresent(bars -> bars.groups()
                        .forEach(g ->
                                boxes.add(new Legend.Box(g.name(), g.note(), theme.ink(g.color()), boxes.size()))));
        layers.stream()
                .filter(layer -> layer.notFinite() > 0)
                .forEach(layer ->
                        boxes.add(new Legend.Box("not finite", " (" + layer.notFinite() + ")", theme.frame(), 0)));
        boolean needed = boxes.size() + series.size() > 1
                || series.stream().anyMatch(s -> !s.note().isEmpty())
                || boxes.stream().anyMatch(h -> !h.note().isEmpty());
        return needed ? Legend.of(boxes, traces, width) : Legend.of(List.of(), List.of(), width);
    }

    /** Returns a corner where the legend hides no data. */
    private Optional<Rectangle2D> freeCorner(Legend legend, Rectangle2D area, List<Trace> traces) {
        for (double top : new double[] {area.getY(), area.getMaxY() - legend.height()}) {
            for (double left : new double[] {area.getMaxX() - legend.width(), area.getX()}) {
                Rectangle2D box = legend.at(left, top);
                if (area.contains(box)
                        && layers.stream().noneMatch(layer -> layer.hasSomethingAt(box, area, x, y))
                        && traces.stream().noneMatch(trace -> trace.touches(box))) {
                    return Optional.of(box);
                }
            }
        }
        return Optional.empty();
    }

    private void drawGrid(Ink ink, Layout layout) {
        Rectangle2D area = layout.area();
        for (Axis.Tick tick : layout.xTicks()) {
            double at = Math.rint(area.getX() + tick.position() * area.getWidth());
            drawGridLine(ink, tick, new Line2D.Double(at, area.getY(), at, area.getMaxY()));
        }
        for (Axis.Tick tick : layout.yTicks()) {
            double at = Math.rint(area.getMaxY() - tick.position() * area.getHeight());
            drawGridLine(ink, tick, new Line2D.Double(area.getX(), at, area.getMaxX(), at));
        }
    }

    private void drawGridLine(Ink ink, Axis.Tick tick, Line2D line) {
        ink.draw(line, tick.label().isEmpty() ? theme.faintGrid() : theme.grid(), Ink.THIN);
    }

    private void drawTicks(Ink ink, Layout layout) {
        Rectangle2D area = layout.area();
        double digit = Text.digitHeight(Text.TICK);
        for (Axis.Tick tick : layout.xTicks()) {
            double at = area.getX() + tick.position() * area.getWidth();
            ink.text(tick.label(), layout.xFont(), theme.text(), at, area.getMaxY() + Layout.TICK_GAP + digit, 0.5);
        }
        for (Axis.Tick tick : layout.yTicks()) {
            double at = area.getMaxY() - tick.position() * area.getHeight();
            ink.text(tick.label(), Text.TICK, theme.text(), area.getX() - Layout.TICK_GAP, at + digit / 2, 1);
        }
    }

    private void drawNames(Ink ink, Layout layout) {
        Rectangle2D area = layout.area();
        double room = width - 2 * Layout.PADDING;
        drawName(ink, title, Text.TITLE, room, area.getCenterX(), layout.titleLine(), width);
        drawName(ink, xLabel, Text.LABEL, room, area.getCenterX(), layout.xNameLine(), width);
        var upright = new AffineTransform(0, -1, 1, 0, 0, height);
        double center = height - area.getCenterY();
        double length = area.getHeight() + Layout.PADDING;
        if (!yLabel.isBlank()) {
            ink.moved(upright, () -> drawName(ink, yLabel, Text.LABEL, length, center, layout.yNameLine(), height));
        }
    }

    /** Draws a name around {@code center}, no longer than {@code room}, inside of a picture of this length. */
    private void drawName(Ink ink, String name, Font large, double room, double center, double line, double length) {
        Font font = Text.shrink(name, large, room);
        String label = Text.fit(name, font, room);
        double size = Text.width(label, font) + 2 * Layout.PADDING;
        ink.text(label, font, theme.text(), inside(center, size, length), line, 0.5);
    }

    /** Returns the center, moved so far that what is {@code size} long around it is inside of [0, length]. */
    private static double inside(double center, double size, double length) {
        return Math.max(size / 2, Math.min(length - size / 2, center));
    }
}
