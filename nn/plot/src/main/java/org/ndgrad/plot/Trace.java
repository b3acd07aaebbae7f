package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A series in pixels, with no more points than a picture can show: of neighbors in one column of pixels a line keeps
 * the first, the lowest, the highest and the last; of many points in one pixel the last is kept.
 */
final class Trace {

    static final BasicStroke LINE = new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHES =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);

    /** The strokes of the first series, the second, and so on, which differ in gray, too. */
    private static final List<BasicStroke> LINES =
            List.of(LINE, pattern(9, 4), pattern(2.6f, 3), pattern(11, 3.5f, 2.6f, 3.5f), pattern(18, 5));

    /** Longer lines, in pixels, are noise, in which no pattern is seen. */
    private static final double PATTERNED = 30_000;

    private static final BasicStroke DOT = new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** A joint takes the time of so many pixels of a line. */
    private static final double JOINT = 10;

    /** No position is farther away than this, so that clipping has digits enough. */
    private static final double FAR = 1e9;

    /** How far beyond the area something is drawn, in pixels, so that round ends and joints are out of sight. */
    private static final double BEYOND = 8;

    private final Series series;
    private final Rectangle2D area;
    private final Crowd crowd;
    private double[] x;
    private double[] y;
    private final Band band;

    Trace(Series series, Axis xAxis, Axis yAxis, Rectangle2D area, Crowd crowd) {
        this.series = series;
        this.area = area;
        this.crowd = crowd;
        band = new Band(series, xAxis, yAxis, area);
        x = series.x().clone();
        y = series.y().clone();
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(y[i])) {
                x[i] = series.style() == Series.Style.HORIZONTAL
                        ? area.getX()
                        : area.getX() + area.getWidth() * near(xAxis.position(x[i]));
                y[i] = series.style() == Series.Style.VERTICAL
                        ? area.getMaxY()
                        : area.getMaxY() - area.getHeight() * near(yAxis.position(y[i]));
            }
        }
        if (series.isLine()) {
            mergeColumns();
        } else if (crowd.isDense()) {
            mergePixels();
        }
    }

    private static BasicStroke pattern(float... lengths) {
        return new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
    }

    /** How many points and lines a plot has in all. */
    record Crowd(long points, int lines) {

        /** How many pixels of lines are drawn smoothly; Java takes half a second for them. */
        private static final double SMOOTH = 2e6;

        /** From so many points on, those in one pixel are one. */
        private static final int MANY_POINTS = 5000;

        static Crowd of(List<Series> series) {
            long points = 0;
            int lines = 0;
            for (Series s : series) {
                points += s.style() == Series.Style.POINTS ? s.x().length : 0;
                lines += s.isLine() ? 1 : 0;
            }
            return new Crowd(points, lines);
        }

        double markerSize() {
            return points > 2000 ? 5 : points > 500 ? 7 : 9.5;
        }

        boolean isDense() {
            return points > MANY_POINTS;
        }

        /** Returns how long one line may be, in pixels, to be drawn smoothly. */
        double smooth() {
            return SMOOTH / Math.max(1, lines);
        }
    }

    private static double near(double position) {
        return Math.max(-FAR, Math.min(FAR, position));
    }

    private void mergeColumns() {
        int kept = 0;
        int start = 0;
        while (start < x.length) {
            int low = start;
            int high = start;
            int end = start + 1;
            for (; end < x.length && column(end) == column(start) && !Double.isNaN(y[end]); end++) {
                low = y[end] < y[low] ? end : low;
                high = y[end] > y[high] ? end : high;
            }
            int before = -1;
            for (int i : new int[] {start, Math.min(low, high), Math.max(low, high), end - 1}) {
                if (i != before) {
                    x[kept] = x[i];
                    y[kept++] = y[i];
                }
                before = i;
            }
            start = end;
        }
        x = Arrays.copyOf(x, kept);
        y = Arrays.copyOf(y, kept);
    }

    /** Returns the column of a point; all columns on the left of the area are one, and so are those on the right. */
    private int column(int i) {
        return Double.isNaN(y[i]) ? -1 : (int) Math.max(area.getX() - BEYOND, Math.min(area.getMaxX() + BEYOND, x[i]));
    }

    private void mergePixels() {
        Rectangle2D near = wider(area);
        int width = (int) near.getWidth() + 1;
        var taken = new BitSet();
        int kept = x.length;
        for (int i = x.length - 1; i >= 0; i--) {
            if (near.contains(x[i], y[i])) {
                int pixel = (int) Math.rint(y[i] - near.getY()) * width + (int) Math.rint(x[i] - near.getX());
                if (!taken.get(pixel)) {
                    taken.set(pixel);
                    x[--kept] = x[i];
                    y[kept] = y[i];
                }
            }
        }
        x = Arrays.copyOfRange(x, kept, x.length);
        y = Arrays.copyOfRange(y, kept, y.length);
    }

    private static Rectangle2D wider(Rectangle2D area) {
        return new Rectangle2D.Double(
                area.getX() - BEYOND,
                area.getY() - BEYOND,
                area.getWidth() + 2 * BEYOND,
                area.getHeight() + 2 * BEYOND);
    }

    /** Returns whether a legend at {@code box} would hide something of this series. */
    boolean touches(Rectangle2D box) {
        if (band.touches(box)) {
            return true;
        }
        for (int i = 0; i < x.length; i++) {
            boolean hit = switch (series.style()) {
                case POINTS -> box.contains(x[i], y[i]);
                case VERTICAL -> x[i] >= box.getMinX() && x[i] <= box.getMaxX();
                case HORIZONTAL -> y[i] >= box.getMinY() && y[i] <= box.getMaxY();
                case LINE, DASHES -> isPoint(i) && box.intersectsLine(x[from(i)], y[from(i)], x[i], y[i]);
            };
            if (hit) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the line to point i comes from: the point before, or if there is none, the point itself. */
    private int from(int i) {
        return isPoint(i - 1) ? i - 1 : i;
    }

    private boolean isPoint(int i) {
        return i >= 0 && i < y.length && !Double.isNaN(y[i]);
    }

    /** Paints the series with ink, or as pixels of the raster, which is put below what ink paints after it. */
    void paint(Ink ink, Raster raster, Theme theme) {
        Color color = series.color(theme);
        if (series.low().length > 0) {
            band.paint(raster.below(ink), color);
        }
        switch (series.style()) {
            case VERTICAL ->
                drawRule(raster.below(ink), color, new Line2D.Double(x[0], area.getMaxY(), x[0], area.getMinY()));
            case HORIZONTAL ->
                drawRule(raster.below(ink), color, new Line2D.Double(area.getX(), y[0], area.getMaxX(), y[0]));
            case POINTS -> {
                if (crowd.isDense()) {
                    stampMarkers(raster, theme);
                } else {
                    paintMarkers(raster.below(ink), theme);
                }
            }
            case LINE, DASHES -> {
                if (series.finite() == 1) {
                    paintMarkers(raster.below(ink), theme);
                } else {
                    paintLine(ink, raster, color);
                }
            }
        }
    }

    private void drawRule(Ink ink, Color color, Line2D line) {
        if (isPoint(0)) {
            ink.draw(line, color, DASHES);
        }
    }

    /** Paints what stands for the series in a legend, around a point and {@code width} pixels wide. */
    void paintSign(Ink ink, Theme theme, double centerX, double centerY, double width) {
        if (series.style() == Series.Style.POINTS) {
            series.marker().paint(ink, theme, centerX, centerY, crowd.markerSize(), series.color(theme));
        } else {
            if (series.low().length > 0) {
                var box = new Rectangle2D.Double(centerX - width / 2, centerY - 7, width, 14);
                ink.fill(box, Band.faint(series.color(theme)));
            }
            var line = new Line2D.Double(centerX - width / 2, centerY, centerX + width / 2, centerY);
            ink.draw(line, series.color(theme), stroke());
        }
    }

    /** Returns the stroke of the line, which differs from those of the next lines in more than its color. */
    private BasicStroke stroke() {
        return series.isRule() ? DASHES : LINES.get(series.marker().index() % LINES.size());
    }

    String name() {
        return series.name();
    }

    String note() {
        return series.note();
    }

    private void paintMarkers(Ink ink, Theme theme) {
        Rectangle2D near = wider(area);
        for (int i = 0; i < x.length; i++) {
            if (near.contains(x[i], y[i])) {
                series.marker().paint(ink, theme, x[i], y[i], crowd.markerSize(), series.color(theme));
            }
        }
    }

    /** Paints copies of one picture of the marker, each at a whole pixel. */
    private void stampMarkers(Raster raster, Theme theme) {
        int center = (int) Math.ceil(crowd.markerSize());
        var stamp = new BufferedImage(2 * center + 1, 2 * center + 1, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D one = stamp.createGraphics();
        series.marker()
                .paint(new PixelInk(one), theme, center + 0.5, center + 0.5, crowd.markerSize(), series.color(theme));
        one.dispose();
        raster.draw(g -> {
            for (int i = 0; i < x.length; i++) {
                g.drawImage(stamp, (int) x[i] - center, (int) y[i] - center, null);
            }
        });
    }

    private void paintLine(Ink ink, Raster raster, Color color) {
        double[] length = new double[1];
        drawLine((x0, y0, x1, y1) -> length[0] += JOINT + Math.hypot(x1 - x0, y1 - y0));
        if (length[0] > crowd.smooth()) {
            var scribble = new Scribble(area);
            drawLine(scribble);
            scribble.paint(raster, color);
            return;
        }
        var path = new Path2D.Double();
        drawLine((x0, y0, x1, y1) -> {
            Point2D end = path.getCurrentPoint();
            if (end == null || end.getX() != x0 || end.getY() != y0) {
                path.moveTo(x0, y0);
            }
            path.lineTo(x1, y1);
        });
        raster.below(ink).draw(path, color, series.isRule() || length[0] < PATTERNED ? stroke() : LINE);
        var dots = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (isPoint(i) && !isPoint(i - 1) && !isPoint(i + 1)) {
                dots.moveTo(x[i], y[i]);
                dots.lineTo(x[i], y[i]);
            }
        }
        if (dots.getCurrentPoint() != null) {
            ink.draw(dots, color, DOT);
        }
    }

    /** Takes the parts of a line, one after the other. */
    interface Pen {
        void draw(double x0, double y0, double x1, double y1);
    }

    /** Draws the line as far as it can be seen, and a point without neighbors as a line of no length. */
    private void drawLine(Pen pen) {
        Rectangle2D near = wider(area);
        for (int i = 0; i < x.length; i++) {
            if (isPoint(i) && (isPoint(i - 1) || !isPoint(i + 1))) {
                drawInside(near, x[from(i)], y[from(i)], x[i], y[i], pen);
            }
        }
    }

    /** Draws the part of a line that is inside of {@code box}, by the method of Liang and Barsky. */
    private static void drawInside(Rectangle2D box, double x0, double y0, double x1, double y1, Pen pen) {
        double from = 0;
        double to = 1;
        double[] moves = {x0 - x1, x1 - x0, y0 - y1, y1 - y0};
        double[] rooms = {x0 - box.getMinX(), box.getMaxX() - x0, y0 - box.getMinY(), box.getMaxY() - y0};
        for (int side = 0; side < 4; side++) {
            if (moves[side] < 0) {
                from = Math.max(from, rooms[side] / moves[side]);
            } else if (moves[side] > 0) {
                to = Math.min(to, rooms[side] / moves[side]);
            } else if (rooms[side] < 0) {
                return;
            }
        }
        if (from <= to) {
            pen.draw(
                    from == 0 ? x0 : x0 + from * (x1 - x0),
                    from == 0 ? y0 : y0 + from * (y1 - y0),
                    to == 1 ? x1 : x0 + to * (x1 - x0),
                    to == 1 ? y1 : y0 + to * (y1 - y0));
        }
    }
}
