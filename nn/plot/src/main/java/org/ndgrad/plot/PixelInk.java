package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws pixels. Text is drawn as shapes, so that it looks the same everywhere. */
final class PixelInk implements Ink {

    private final Graphics2D g;

    PixelInk(Graphics2D g) {
        this.g = g;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    @Override
    public void fill(Shape shape, Color color) {
        g.setColor(color);
        g.fill(shape);
    }

    @Override
    public void draw(Shape shape, Color color, BasicStroke stroke) {
        g.setColor(color);
        g.setStroke(stroke);
        g.draw(shape);
    }

    @Override
    public void fill(Shape shape, Color color, Color border, BasicStroke stroke) {
        fill(shape, color);
        draw(shape, border, stroke);
    }

    @Override
    public void text(String text, Font font, Color color, double x, double y, double anchor) {
        if (!text.isEmpty()) {
            fill(Text.outline(text, font, x - anchor * Text.width(text, font), y), color);
        }
    }

    @Override
    public void image(BufferedImage image, Rectangle2D place, boolean smooth) {
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                smooth
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(
                image,
                (int) place.getX(),
                (int) place.getY(),
                (int) Math.ceil(place.getWidth()),
                (int) Math.ceil(place.getHeight()),
                null);
    }

    @Override
    public void inside(Rectangle2D clip, Runnable drawing) {
        Shape before = g.getClip();
        g.clip(clip);
        drawing.run();
        g.setClip(before);
    }

    @Override
    public void moved(AffineTransform transform, Runnable drawing) {
        AffineTransform before = g.getTransform();
        g.transform(transform);
        drawing.run();
        g.setTransform(before);
    }
}
