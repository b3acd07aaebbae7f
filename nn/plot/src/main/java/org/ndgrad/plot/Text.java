package org.ndgrad.plot;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/** The fonts of all figures, and how much room text takes. */
final class Text {

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private static final double SMALLEST = 9.5;

    /** More characters than any picture has room for. */
    private static final int LONGEST = 2000;

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, false);

    private Text() {}

    /** Returns the width of {@code text} in pixels. */
    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : font.getStringBounds(text, CONTEXT).getWidth();
    }

    /** Returns the height of a digit in pixels. */
    static double digitHeight(Font font) {
        return font.createGlyphVector(CONTEXT, "0").getVisualBounds().getHeight();
    }

    /**
     * Returns {@code font}, or a smaller one, down to {@link #SMALLEST}, if {@code text} is wider than {@code width}.
     */
    static Font shrink(String text, Font font, double width) {
        String line = line(text);
        double size = font.getSize2D() * Math.min(1, width / Math.max(1, width(line, font)));
        Font small = font.deriveFont((float) Math.max(SMALLEST, size));
        while (small.getSize2D() > SMALLEST && width(line, small) > width) { // widths of letters are whole pixels
            small = font.deriveFont((float) Math.max(SMALLEST, small.getSize2D() - 0.25));
        }
        return small;
    }

    /** Returns {@code text} in one line, its end replaced by … if it is wider than {@code width} pixels. */
    static String fit(String text, Font font, double width) {
        String line = line(text);
        if (width(line, font) <= width) {
            return line;
        }
        int fits = 0;
        int cut = line.length();
        while (cut - fits > 1) {
            int middle = (fits + cut) >>> 1;
            if (width(start(line, middle) + "…", font) <= width) {
                fits = middle;
            } else {
                cut = middle;
            }
        }
        return start(line, fits) + "…";
    }

    /**
     * Returns {@code text} with spaces for line breaks and other control characters, and without those that turn the
     * direction of what follows.
     */
    private static String line(String text) {
        return start(text, Math.min(text.length(), LONGEST))
                .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")
                .replaceAll("[\u202A-\u202E\u2066-\u2069]", "")
                .strip();
    }

    /** Returns the first characters of {@code text}, and no half of a pair. */
    private static String start(String text, int length) {
        boolean half = length > 0 && length < text.length() && Character.isLowSurrogate(text.charAt(length));
        return text.substring(0, half ? length - 1 : length);
    }

    /** Returns {@code text} as a shape that begins at x, with its base line at y. */
    static Shape outline(String text, Font font, double x, double y) {
        char[] chars = text.toCharArray();
        if (Font.textRequiresLayout(chars, 0, chars.length)) {
            return new TextLayout(text, font, CONTEXT).getOutline(AffineTransform.getTranslateInstance(x, y));
        }
        return font.createGlyphVector(CONTEXT, chars).getOutline((float) x, (float) y);
    }
}
