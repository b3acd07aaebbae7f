package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** Draws one plot: layers, grid, series, the frame with ticks and names, and the legend, in this order. */
record Canvas(
        String title,
        String xLabel,
        String yLabel,
        int width,
        int height,
        Axis x,
        Axis y,
        List<Layer> layers,
        List<Series> series) {

    private static final Color BORDER = new Color(0x999999);

    /** The part of the height that a legend below may take, and the least height of the area it leaves. */
    private static final double LEGEND_PART = 0.4;

    private static final int LEAST_HEIGHT = 60;

    /** Draws the plot into a picture of another size, which makes everything smaller. */
    BufferedImage image(int imageWidth, int imageHeight) {
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
        var image = new BufferedImage(imageWidth, imageHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale((double) imageWidth / width, (double) imageHeight / height);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        paint(g, layout, traces);
        if (!legend.isEmpty()) {
            legend.paint(g, box);
        }
        g.dispose();
        return image;
    }

    private void paint(Graphics2D g, Layout layout, List<Trace> traces) {
        Rectangle2D area = layout.area();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        if (layers.stream().allMatch(BarLayer.class::isInstance)) {
            drawGrid(g, layout);
        }
        g.setClip(area);
        layers.forEach(layer -> layer.paint(g, area, x, y));
        traces.forEach(trace -> trace.paint(g));
        g.setClip(0, 0, width, height);
        g.setStroke(new BasicStroke(1));
        g.setColor(BORDER);
        g.draw(area);
        drawTicks(g, layout);
        drawNames(g, layout);
    }

    private Layout layout(double bottom) {
        return Layout.of(width, bottom, !title.isBlank(), !xLabel.isBlank(), !yLabel.isBlank(), x, y);
    }

    private List<Trace> traces(Rectangle2D area) {
        var crowd = Trace.Crowd.of(series);
        return series.stream().map(s -> new Trace(s, x, y, area, crowd)).toList();
    }

    /** Returns the legend; it is empty if one name would say no more than the title. */
    private Legend legend(List<Trace> traces) {
        List<BarLayer.Histogram> histograms =
                BarLayer.in(layers).map(BarLayer::histograms).orElse(List.of());
        boolean needed = histograms.size() + series.size() > 1
                || series.stream().anyMatch(s -> !s.note().isEmpty())
                || histograms.stream().anyMatch(h -> !h.note().isEmpty());
        return needed ? Legend.of(histograms, traces, width) : Legend.of(List.of(), List.of(), width);
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

    private static void drawGrid(Graphics2D g, Layout layout) {
        Rectangle2D area = layout.area();
        g.setStroke(new BasicStroke(1));
        for (Axis.Tick tick : layout.xTicks()) {
            double at = Math.rint(area.getX() + tick.position() * area.getWidth());
            g.setColor(tick.label().isEmpty() ? Palette.FAINT_GRID : Palette.GRID);
            g.draw(new Line2D.Double(at, area.getY(), at, area.getMaxY()));
        }
        for (Axis.Tick tick : layout.yTicks()) {
            double at = Math.rint(area.getMaxY() - tick.position() * area.getHeight());
            g.setColor(tick.label().isEmpty() ? Palette.FAINT_GRID : Palette.GRID);
            g.draw(new Line2D.Double(area.getX(), at, area.getMaxX(), at));
        }
    }

    private static void drawTicks(Graphics2D g, Layout layout) {
        Rectangle2D area = layout.area();
        double digit = Text.digitHeight(Text.TICK);
        Font font = Text.TICK; // one for all of them, so small that the longest has room
        for (Axis.Tick tick : layout.xTicks()) {
            Font small = Text.shrink(tick.label(), Text.TICK, layout.xRoom());
            font = small.getSize2D() < font.getSize2D() ? small : font;
        }
        for (Axis.Tick tick : layout.xTicks()) {
            double at = area.getX() + tick.position() * area.getWidth();
            String label = Text.fit(tick.label(), font, layout.xRoom());
            Text.draw(g, label, font, Palette.TEXT, at, area.getMaxY() + Layout.TICK_GAP + digit, 0.5);
        }
        for (Axis.Tick tick : layout.yTicks()) {
            double at = area.getMaxY() - tick.position() * area.getHeight();
            Text.draw(g, tick.label(), Text.TICK, Palette.TEXT, area.getX() - Layout.TICK_GAP, at + digit / 2, 1);
        }
    }

    private void drawNames(Graphics2D g, Layout layout) {
        Rectangle2D area = layout.area();
        double room = width - 2 * Layout.PADDING;
        drawName(g, title, Text.TITLE, room, area.getCenterX(), layout.titleLine(), width);
        drawName(g, xLabel, Text.LABEL, room, area.getCenterX(), layout.xNameLine(), width);
        AffineTransform upright = g.getTransform();
        g.translate(0, height);
        g.rotate(-Math.PI / 2);
        double center = height - area.getCenterY();
        drawName(g, yLabel, Text.LABEL, area.getHeight() + Layout.PADDING, center, layout.yNameLine(), height);
        g.setTransform(upright);
    }

    /** Draws a name around {@code center}, no longer than {@code room}, inside of a picture of this length. */
    private static void drawName(
            Graphics2D g, String name, Font large, double room, double center, double line, double length) {
        Font font = Text.shrink(name, large, room);
        String label = Text.fit(name, font, room);
        double size = Text.width(label, font) + 2 * Layout.PADDING;
        Text.draw(g, label, font, Palette.TEXT, inside(center, size, length), line, 0.5);
    }

    /** Returns the center, moved so far that what is {@code size} long around it is inside of [0, length]. */
    private static double inside(double center, double size, double length) {
        return Math.max(size / 2, Math.min(length - size / 2, center));
    }
}
