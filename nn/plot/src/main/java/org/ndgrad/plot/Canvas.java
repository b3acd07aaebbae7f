package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.None;

/**
 * Draws one plot. XChart lays it out and draws the title, the axis titles and the series; the layers, the grid,
 * the ticks and the legend are drawn here, because XChart has no fields, puts ticks at arbitrary data points, and lets
 * entries of a legend touch.
 *
 * <p>XChart sees positions in [0, 1] only, and invisible tick labels as wide as the real ones. A first, discarded
 * painting tells where it puts the axes.
 */
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

    private static final Color CLEAR = new Color(0, 0, 0, 0);
    private static final BasicStroke LINE = new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHES =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);
    private static final int PADDING = 14;
    private static final int TICK_GAP = 7;

    BufferedImage image() {
        List<Axis.Tick> xTicks = x.ticks(Math.max(2, (width - 100) / 80));
        List<Axis.Tick> yTicks = y.ticks(Math.max(2, (height - 100) / 50));
        XYChart chart = chart(yTicks);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setClip(0, 0, width, height);
        chart.paint(g, width, height);
        Legend legend = legend();
        Optional<Rectangle2D> corner = legend.size() == 0 ? Optional.empty() : freeCorner(legend, area(chart));
        double below = 0;
        double beside = 0;
        if (legend.size() > 0 && corner.isEmpty()) {
            boolean fitsBelow = legend.row().getWidth() < width;
            below = fitsBelow ? legend.row().getHeight() : 0;
            beside = fitsBelow ? 0 : legend.column().getWidth();
            chart.paint(g, (int) (width - beside), (int) (height - below));
        }
        Rectangle2D area = area(chart);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        boolean grid = layers.stream().allMatch(BarLayer.class::isInstance);
        if (grid) {
            drawGrid(g, area, xTicks, yTicks);
        }
        g.setClip(area);
        layers.forEach(layer -> layer.paint(g, area, x, y));
        g.setClip(0, 0, width, height);
        chart.paint(g, (int) (width - beside), (int) (height - below));
        drawTicks(g, area, xTicks, yTicks);
        if (legend.size() > 0) {
            Rectangle2D box = below > 0 ? legend.row() : legend.column();
            double left = below > 0 ? area.getCenterX() - box.getWidth() / 2 : width - box.getWidth();
            double top = below > 0 ? height - box.getHeight() : area.getCenterY() - box.getHeight() / 2;
            left = Math.max(0, Math.min(left, width - box.getWidth()));
            box.setRect(left, top, box.getWidth(), box.getHeight());
            legend.paint(g, corner.orElse(box));
        }
        g.dispose();
        return image;
    }

    private XYChart chart(List<Axis.Tick> yTicks) {
        var chart = new XYChart(width, height);
        Font titleFont = Text.shrink(title, Text.TITLE, width - 4 * PADDING);
        chart.setTitle(Text.fit(title, titleFont, width - 4 * PADDING));
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(CLEAR);
        styler.setChartFontColor(Palette.TEXT);
        styler.setChartPadding(PADDING);
        styler.setChartTitleFont(titleFont);
        styler.setChartTitlePadding(8);
        styler.setAxisTitleFont(Text.LABEL);
        styler.setAxisTickLabelsFont(Text.TICK);
        styler.setAxisTickLabelsColor(CLEAR);
        styler.setXAxisTickLabelsColor(CLEAR);
        styler.setYAxisTickLabelsColor(CLEAR);
        styler.setAxisTicksMarksVisible(false);
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTickPadding(TICK_GAP);
        styler.setPlotMargin(0);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setPlotGridLinesVisible(false);
        styler.setPlotBorderVisible(true);
        styler.setPlotBorderColor(new Color(0x999999));
        styler.setPlotContentSize(1);
        styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        styler.setLegendVisible(false);
        // XChart wants the ends of an axis to read differently.
        String widest = yTicks.stream()
                .map(Axis.Tick::label)
                .reduce("", (a, b) -> Text.width(a, Text.TICK) >= Text.width(b, Text.TICK) ? a : b);
        styler.setYAxisTickLabelsFormattingFunction(position -> position < 0.5 ? widest : widest + " ");
        styler.setXAxisTickLabelsFormattingFunction(position -> position < 0.5 ? "0" : "8");
        addSeries(chart);
        return chart;
    }

    private void addSeries(XYChart chart) {
        // XChart needs at least one series.
        chart.addSeries("none", new double[] {0.5}, new double[] {Double.NaN}).setMarker(new None());
        int id = 0;
        for (Series s : series) {
            double[] xs = s.x().clone();
            double[] ys = s.y().clone();
            for (int i = 0; i < xs.length; i++) {
                xs[i] = Double.isNaN(xs[i]) ? 0 : x.position(xs[i]);
                ys[i] = y.position(ys[i]);
            }
            id++;
            boolean vertical = s.style() == Series.Style.VERTICAL;
            XYSeries drawn = vertical
                    ? chart.addSeries("series " + id, new double[] {xs[0], xs[0]}, new double[] {0, 1})
                    : chart.addSeries("series " + id, xs, ys);
            boolean points = s.style() == Series.Style.POINTS;
            drawn.setXYSeriesRenderStyle(points ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
            drawn.setLineColor(s.color());
            drawn.setMarkerColor(s.color());
            drawn.setLineStyle(points ? SeriesLines.NONE : vertical ? DASHES : LINE);
            drawn.setMarker(points || (s.finite() == 1 && !vertical) ? new Sign(s.marker(), markerSize()) : new None());
        }
    }

    private double markerSize() {
        int points = series.stream()
                .filter(s -> s.style() == Series.Style.POINTS)
                .mapToInt(s -> s.x().length)
                .sum();
        return points > 2000 ? 5 : points > 500 ? 7 : 9.5;
    }

    private List<BarLayer.Histogram> histograms() {
        return layers.stream()
                .filter(BarLayer.class::isInstance)
                .flatMap(layer -> ((BarLayer) layer).histograms().stream())
                .toList();
    }

    /** Returns the legend; it is empty if one name would say no more than the title. */
    private Legend legend() {
        var legend = new Legend(0.4 * width);
        List<BarLayer.Histogram> histograms = histograms();
        if (histograms.size() + series.size() > 1 || series.stream().anyMatch(s -> s.finite() < s.y().length)) {
            histograms.forEach(legend::add);
            series.forEach(s -> legend.add(s, s.style() == Series.Style.VERTICAL ? DASHES : LINE, markerSize()));
        }
        return legend;
    }

    private static Rectangle2D area(XYChart chart) {
        double left = Math.rint(chart.getScreenXFromChart(0));
        double top = Math.rint(chart.getScreenYFromChart(1));
        double right = Math.rint(chart.getScreenXFromChart(1));
        double bottom = Math.rint(chart.getScreenYFromChart(0));
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    /** Returns a corner where the legend hides no data. */
    private Optional<Rectangle2D> freeCorner(Legend legend, Rectangle2D area) {
        double boxWidth = legend.column().getWidth();
        double boxHeight = legend.column().getHeight();
        for (double top : new double[] {area.getY(), area.getMaxY() - boxHeight}) {
            for (double left : new double[] {area.getMaxX() - boxWidth, area.getX()}) {
                var box = new Rectangle2D.Double(left, top, boxWidth, boxHeight);
                if (area.contains(box) && free(box, area)) {
                    return Optional.of(box);
                }
            }
        }
        return Optional.empty();
    }

    private boolean free(Rectangle2D box, Rectangle2D area) {
        return layers.stream().noneMatch(layer -> layer.hasSomethingAt(box, area, x, y))
                && series.stream().noneMatch(s -> touches(s, box, area));
    }

    private boolean touches(Series s, Rectangle2D box, Rectangle2D area) {
        for (int i = 0; i < s.x().length; i++) {
            double px = area.getX() + area.getWidth() * x.position(s.x()[i]);
            double py = area.getMaxY() - area.getHeight() * y.position(s.y()[i]);
            boolean hit = s.style() == Series.Style.VERTICAL
                    ? px >= box.getMinX() && px <= box.getMaxX()
                    : box.contains(px, py);
            if (s.style() == Series.Style.LINE && i > 0 && !Double.isNaN(py) && !Double.isNaN(s.y()[i - 1])) {
                double beforeX = area.getX() + area.getWidth() * x.position(s.x()[i - 1]);
                double beforeY = area.getMaxY() - area.getHeight() * y.position(s.y()[i - 1]);
                hit |= box.intersectsLine(beforeX, beforeY, px, py);
            }
            if (hit) {
                return true;
            }
        }
        return false;
    }

    private static void drawGrid(Graphics2D g, Rectangle2D area, List<Axis.Tick> xTicks, List<Axis.Tick> yTicks) {
        g.setStroke(new BasicStroke(1));
        for (Axis.Tick tick : xTicks) {
            double at = Math.rint(area.getX() + tick.position() * area.getWidth());
            g.setColor(tick.label().isEmpty() ? Palette.FAINT_GRID : Palette.GRID);
            g.draw(new Line2D.Double(at, area.getY(), at, area.getMaxY()));
        }
        for (Axis.Tick tick : yTicks) {
            double at = Math.rint(area.getMaxY() - tick.position() * area.getHeight());
            g.setColor(tick.label().isEmpty() ? Palette.FAINT_GRID : Palette.GRID);
            g.draw(new Line2D.Double(area.getX(), at, area.getMaxX(), at));
        }
    }

    private void drawTicks(Graphics2D g, Rectangle2D area, List<Axis.Tick> xTicks, List<Axis.Tick> yTicks) {
        double digit = Text.digitHeight(Text.TICK);
        double cell = x instanceof Axis.Categories ? area.getWidth() / xTicks.size() - 6 : width;
        for (Axis.Tick tick : xTicks) {
            double at = area.getX() + tick.position() * area.getWidth();
            Font font = Text.shrink(tick.label(), Text.TICK, cell);
            String label = Text.fit(tick.label(), font, cell);
            Text.draw(g, label, font, Palette.TEXT, at, area.getMaxY() + TICK_GAP + digit, 0.5);
        }
        for (Axis.Tick tick : yTicks) {
            double at = area.getMaxY() - tick.position() * area.getHeight();
            Text.draw(g, tick.label(), Text.TICK, Palette.TEXT, area.getX() - TICK_GAP, at + digit / 2, 1);
        }
    }

    /** A marker in XChart's terms. */
    private static final class Sign extends org.knowm.xchart.style.markers.Marker {

        private final Marker marker;
        private final double size;

        Sign(Marker marker, double size) {
            this.marker = marker;
            this.size = size;
        }

        @Override
        public void paint(Graphics2D g, double x, double y, int ignored) {
            marker.paint(g, x, y, size, g.getColor());
        }
    }
}
