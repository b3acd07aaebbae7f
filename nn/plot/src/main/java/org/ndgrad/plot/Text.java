package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;

/** The fonts of all figures, and text drawn as shapes, so that it looks the same as XChart's. */
final class Text {

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private static final double SMALLEST = 9.5;

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, false);

    private Text() {}

    /** Returns the width of {@code text} in pixels. */
    static double width(String text, Font font) {
        return font.getStringBounds(text, CONTEXT).getWidth();
    }

    /** Returns the height of a digit in pixels. */
    static double digitHeight(Font font) {
        return font.createGlyphVector(CONTEXT, "0").getVisualBounds().getHeight();
    }

    /**
     * Returns {@code font}, or a smaller one, down to {@link #SMALLEST}, if {@code text} is wider than {@code width}.
     */
    static Font shrink(String text, Font font, double width) {
        double fit = Math.min(1, width / Math.max(1, width(text, font)));
        return font.deriveFont((float) Math.max(SMALLEST, fit * font.getSize2D()));
    }

    /** Returns {@code text}, its end replaced by … if it is wider than {@code width} pixels. */
    static String fit(String text, Font font, double width) {
        String shorter = text;
        while (shorter.length() > 1 && width(shorter, font) > width) {
            shorter = shorter.substring(0, shorter.length() - (shorter.endsWith("…") ? 2 : 1)) + "…";
        }
        return shorter;
    }

    /**
     * Draws {@code text} with its base line at {@code y}; {@code anchor} is the part of its width left of {@code x}: 0
     * starts it there, 0.5 centers it, 1 ends it there.
     */
    static void draw(Graphics2D g, String text, Font font, Color color, double x, double y, double anchor) {
        g.setColor(color);
        var glyphs = font.createGlyphVector(CONTEXT, text);
        g.fill(glyphs.getOutline((float) (x - anchor * width(text, font)), (float) y));
    }
}
