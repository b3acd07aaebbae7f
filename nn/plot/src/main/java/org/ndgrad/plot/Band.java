package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What lies between the lower and the upper values of a series, in pixels; values that are no numbers break it. */
final class Band {

    /** Lets through grid, lines and other bands. */
    private static final int OPACITY = 56;

    /** No edge is farther away than this, in heights of the area. */
    private static final double FAR = 1000;

    private final List<Path2D> parts = new ArrayList<>();

    /** The points of the part that is being made: x, upper and lower y, at most one for each column of pixels. */
    private final List<double[]> open = new ArrayList<>();

    Band(Series series, Axis xAxis, Axis yAxis, Rectangle2D area) {
        double[] x = series.x();
        double[] low = series.low();
        double[] high = series.high();
        for (int i = 0; i < low.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(low[i]) || Double.isNaN(high[i])) {
                finish();
                continue;
            }
            double at = area.getX() + area.getWidth() * near(xAxis.position(x[i]));
            double top = area.getMaxY() - area.getHeight() * near(yAxis.position(high[i]));
            double bottom = area.getMaxY() - area.getHeight() * near(yAxis.position(low[i]));
            double[] last = open.isEmpty() ? new double[] {Double.NaN} : open.get(open.size() - 1);
            if (Math.floor(last[0]) == Math.floor(at)) {
                last[1] = Math.min(last[1], top);
                last[2] = Math.max(last[2], bottom);
            } else {
                open.add(new double[] {at, top, bottom});
            }
        }
        finish();
    }

    /** What is not positive is far below a logarithmic axis. */
    private static double near(double position) {
        return Double.isNaN(position) ? -FAR : Math.max(-FAR, Math.min(FAR, position));
    }

    private void finish() {
        if (open.size() > 1) {
            var path = new Path2D.Double();
            path.moveTo(open.get(0)[0], open.get(0)[1]);
            for (int i = 1; i < open.size(); i++) {
                path.lineTo(open.get(i)[0], open.get(i)[1]);
            }
            for (int i = open.size() - 1; i >= 0; i--) {
                path.lineTo(open.get(i)[0], open.get(i)[2]);
            }
            path.closePath();
            parts.add(path);
        }
        open.clear();
    }

    boolean touches(Rectangle2D box) {
        return parts.stream().anyMatch(part -> part.intersects(box));
    }

    void paint(Ink ink, Color color) {
        parts.forEach(part -> ink.fill(part, faint(color)));
    }

    /** Returns the color of a band around a line of this color. */
    static Color faint(Color color) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), OPACITY);
    }
}
