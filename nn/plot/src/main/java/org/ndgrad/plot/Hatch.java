package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Bars of several groups differ in gray, too: all but the first group have lines across them. */
final class Hatch {

    private static final BasicStroke LINE = new BasicStroke(1.3f);
    private static final double STEP = 8;

    /** The next groups lean to the right, to the left, and lie flat; then they begin anew. */
    private static final double[][] DIRECTIONS = {{}, {1, -1}, {1, 1}, {1, 0}};

    private Hatch() {}

    /** Fills the bars of a group, which has this index, as far as they are inside of {@code area}. */
    static void fill(Ink ink, Rectangle2D area, List<Rectangle2D> all, int group, Color color, Theme theme) {
        List<Rectangle2D> bars = all.stream()
                .map(area::createIntersection)
                .filter(bar -> bar.getWidth() > 0 && bar.getHeight() > 0)
                .toList();
        bars.forEach(bar -> ink.fill(bar, color));
        double[] direction = DIRECTIONS[group % DIRECTIONS.length];
        if (direction.length > 0) {
            bars.forEach(bar -> ink.draw(lines(bar, direction), theme.tint(color, 0.35), LINE));
        }
    }

    /** Returns parallel lines from edge to edge of a bar; their places are those of the picture, not of the bar. */
    private static Path2D lines(Rectangle2D bar, double... direction) {
        var path = new Path2D.Double();
        double slope = direction[1] / direction[0];
        double reach = Math.abs(slope) * bar.getWidth();
        double first = Math.floor((bar.getMinY() - reach) / STEP) * STEP;
        for (double y = first - bar.getMinX() * slope % STEP; y < bar.getMaxY() + reach; y += STEP) {
            double left = bar.getMinX();
            double right = bar.getMaxX();
            double top = bar.getMinY();
            double bottom = bar.getMaxY();
            if (slope != 0) {
                double atTop = left + (top - y) / slope;
                double atBottom = left + (bottom - y) / slope;
                left = Math.max(left, Math.min(atTop, atBottom));
                right = Math.min(right, Math.max(atTop, atBottom));
            } else if (y < top || y > bottom) {
                continue;
            }
            if (left < right) {
                path.moveTo(left, y + (left - bar.getMinX()) * slope);
                path.lineTo(right, y + (right - bar.getMinX()) * slope);
            }
        }
        return path;
    }
}
