package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The names of the series and histograms beside their signs, below one another or in one row. */
final class Legend {

    private static final int PADDING = 10;
    private static final int SIGN = 28;
    private static final int SIGN_GAP = 8;
    private static final int LINE = 24;
    private static final int ENTRY_GAP = 18;
    private static final int MARGIN = 8;
    private static final double BAR = 15;

    private record Entry(String label, Sign sign) {

        double width() {
            return SIGN + SIGN_GAP + Text.width(label, Text.LEGEND);
        }
    }

    /** Paints the sign of a series around a point. */
    private interface Sign {
        void paint(Graphics2D g, double x, double y);
    }

    private final List<Entry> entries = new ArrayList<>();
    private final double widestLabel;

    /** Longer labels than {@code widestLabel}, in pixels, are cut. */
    Legend(double widestLabel) {
        this.widestLabel = widestLabel;
    }

    void add(BarLayer.Histogram histogram) {
        entries.add(
                new Entry(label(histogram.name()), (g, x, y) -> Marker.SQUARE.paint(g, x, y, BAR, histogram.color())));
    }

    void add(Series series, BasicStroke stroke, double markerSize) {
        boolean points = series.style() == Series.Style.POINTS;
        entries.add(new Entry(
                label(series.label()),
                points
                        ? (g, x, y) -> series.marker().paint(g, x, y, markerSize, series.color())
                        : (g, x, y) -> line(g, x, y, stroke, series.color())));
    }

    int size() {
        return entries.size();
    }

    /** Returns the size of the legend with its entries below one another, and the margin around it. */
    Rectangle2D column() {
        double width = entries.stream().mapToDouble(Entry::width).max().orElse(0);
        return new Rectangle2D.Double(0, 0, width + 2 * (PADDING + MARGIN), LINE * size() + PADDING + 2 * MARGIN);
    }

    /** Returns the size of the legend with its entries side by side, and the margin around it. */
    Rectangle2D row() {
        double width = entries.stream().mapToDouble(Entry::width).sum() + ENTRY_GAP * (size() - 1);
        return new Rectangle2D.Double(0, 0, width + 2 * (PADDING + MARGIN), LINE + PADDING + 2 * MARGIN);
    }

    /** Paints the legend into {@code box}, which is as large as {@link #row()} or {@link #column()}. */
    void paint(Graphics2D g, Rectangle2D box) {
        var frame = new Rectangle2D.Double(
                Math.rint(box.getX() + MARGIN),
                Math.rint(box.getY() + MARGIN),
                Math.rint(box.getWidth() - 2 * MARGIN),
                Math.rint(box.getHeight() - 2 * MARGIN));
        g.setColor(Color.WHITE);
        g.fill(frame);
        g.setColor(Palette.FRAME);
        g.setStroke(new BasicStroke(1));
        g.draw(frame);
        boolean inRow = box.getHeight() < column().getHeight();
        double x = frame.getX() + PADDING;
        double y = frame.getY() + PADDING / 2.0 + LINE / 2.0;
        for (Entry entry : entries) {
            entry.sign().paint(g, x + SIGN / 2.0, y);
            double baseline = y + Text.digitHeight(Text.LEGEND) / 2;
            Text.draw(g, entry.label(), Text.LEGEND, Palette.TEXT, x + SIGN + SIGN_GAP, baseline, 0);
            if (inRow) {
                x += entry.width() + ENTRY_GAP;
            } else {
                y += LINE;
            }
        }
    }

    private String label(String text) {
        return Text.fit(text, Text.LEGEND, widestLabel);
    }

    private static void line(Graphics2D g, double x, double y, BasicStroke stroke, Color color) {
        g.setColor(color);
        g.setStroke(stroke);
        g.draw(new Line2D.Double(x - SIGN / 2.0, y, x + SIGN / 2.0, y));
    }
}
