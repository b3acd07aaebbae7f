package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** The sign that stands for a point of a scatter plot. Filled signs and strokes have a thin border of paper. */
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

    private static final BasicStroke BORDER = new BasicStroke(0.8f);
    private static final BasicStroke STROKE = new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    private static final BasicStroke STROKE_BORDER =
            new BasicStroke(3.2f, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER);

    /** Returns for which class, counted from 0, this is the marker. */
    int index() {
        return List.of(values()).indexOf(this);
    }

    /** Returns the marker of class {@code index}; the markers repeat after the last. */
    static Marker of(int index) {
        return values()[index % values().length];
    }

    /** Paints this marker around (x, y), {@code size} pixels wide. */
    void paint(Ink ink, Theme theme, double x, double y, double size, Color color) {
        double r = size / 2;
        Shape shape = switch (this) {
            case CIRCLE -> new Ellipse2D.Double(x - r, y - r, size, size);
            case SQUARE -> new Rectangle2D.Double(x - 0.9 * r, y - 0.9 * r, 0.9 * size, 0.9 * size);
            case TRIANGLE -> polygon(x, y - 1.15 * r, x + 1.1 * r, y + 0.8 * r, x - 1.1 * r, y + 0.8 * r);
            case DIAMOND -> polygon(x, y - 1.2 * r, x + 1.2 * r, y, x, y + 1.2 * r, x - 1.2 * r, y);
            case TRIANGLE_DOWN -> polygon(x, y + 1.15 * r, x + 1.1 * r, y - 0.8 * r, x - 1.1 * r, y - 0.8 * r);
            case CROSS -> strokes(x - r, y - r, x + r, y + r, x - r, y + r, x + r, y - r);
            case PLUS -> strokes(x - 1.2 * r, y, x + 1.2 * r, y, x, y - 1.2 * r, x, y + 1.2 * r);
        };
        if (this == CROSS || this == PLUS) {
            ink.draw(shape, theme.paper(), STROKE_BORDER);
            ink.draw(shape, color, STROKE);
        } else {
            ink.fill(shape, color, theme.paper(), BORDER);
        }
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
