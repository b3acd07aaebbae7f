package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The sign that stands for a point of a scatter plot. Filled signs and strokes have a thin white border. */
public enum Marker {
    /** A filled circle. */
    CIRCLE,
    /** A filled square. */
    SQUARE,
    /** A filled triangle that points up. */
    TRIANGLE,
    /** A filled square that stands on a corner. */
    DIAMOND,
    /** A filled triangle that points down. */
    TRIANGLE_DOWN,
    /** The strokes of an ×. */
    CROSS,
    /** The strokes of a +. */
    PLUS;

    /** Returns the marker of class {@code index}; the markers repeat after the last. */
    static Marker of(int index) {
        return values()[index % values().length];
    }

    /** Paints this marker around (x, y), {@code size} pixels wide. */
    void paint(Graphics2D g, double x, double y, double size, Color color) {
        double r = size / 2;
        switch (this) {
            case CIRCLE -> fill(g, new Ellipse2D.Double(x - r, y - r, size, size), color);
            case SQUARE -> fill(g, new Rectangle2D.Double(x - 0.9 * r, y - 0.9 * r, 0.9 * size, 0.9 * size), color);
            case TRIANGLE ->
                fill(g, polygon(x, y - 1.15 * r, x + 1.1 * r, y + 0.8 * r, x - 1.1 * r, y + 0.8 * r), color);
            case DIAMOND -> fill(g, polygon(x, y - 1.2 * r, x + 1.2 * r, y, x, y + 1.2 * r, x - 1.2 * r, y), color);
            case TRIANGLE_DOWN ->
                fill(g, polygon(x, y + 1.15 * r, x + 1.1 * r, y - 0.8 * r, x - 1.1 * r, y - 0.8 * r), color);
            case CROSS -> stroke(g, strokes(x - r, y - r, x + r, y + r, x - r, y + r, x + r, y - r), color);
            case PLUS -> stroke(g, strokes(x - 1.2 * r, y, x + 1.2 * r, y, x, y - 1.2 * r, x, y + 1.2 * r), color);
        }
    }

    private static void fill(Graphics2D g, Shape shape, Color color) {
        g.setColor(color);
        g.fill(shape);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(shape);
    }

    private static void stroke(Graphics2D g, Path2D path, Color color) {
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(3.2f, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
        g.draw(path);
        g.setColor(color);
        g.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g.draw(path);
    }

    private static Path2D polygon(double... xy) {
        var path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static Path2D strokes(double... xy) {
        var path = new Path2D.Double();
        for (int i = 0; i < xy.length; i += 4) {
            path.moveTo(xy[i], xy[i + 1]);
            path.lineTo(xy[i + 2], xy[i + 3]);
        }
        return path;
    }
}
