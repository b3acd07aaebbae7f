package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** What figures are drawn with: all that they need of pixels and of SVG, and no more. */
sealed interface Ink permits PixelInk, SvgInk {

    /** For frames and grids. */
    BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    /** Fills a shape with a color. */
    void fill(Shape shape, Color color);

    /** Draws the outline of a shape, or a line. */
    void draw(Shape shape, Color color, BasicStroke stroke);

    /** Fills a shape and draws a border around it. */
    void fill(Shape shape, Color color, Color border, BasicStroke stroke);

    /**
     * Writes text with its base line at {@code y}; {@code anchor} is the part of its width left of {@code x}: 0 starts
     * it there, 0.5 centers it, 1 ends it there.
     */
    void text(String text, Font font, Color color, double x, double y, double anchor);

    /** Draws an image into a rectangle; its pixels are {@code smooth}, or squares with edges. */
    void image(BufferedImage image, Rectangle2D place, boolean smooth);

    /** Draws something that is not seen outside of a rectangle. */
    void inside(Rectangle2D clip, Runnable drawing);

    /** Draws something moved, scaled or turned. */
    void moved(AffineTransform transform, Runnable drawing);
}
