package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;

/** Looks for colors in images. */
final class Pixels {

    private Pixels() {}

    /** Returns how many pixels have exactly this color. */
    static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color.getRGB()) {
                    count++;
                }
            }
        }
        return count;
    }

    static Color at(BufferedImage image, double x, double y) {
        return new Color(image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())));
    }

    /** Returns in which of the {@code columns} equal vertical strips the color occurs. */
    static Set<Integer> strips(BufferedImage image, Color color, int columns) {
        var strips = new HashSet<Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color.getRGB()) {
                    strips.add(x * columns / image.getWidth());
                }
            }
        }
        return strips;
    }

    /** Returns the colors in a frame of this width at the edge of the picture. */
    static Set<Color> edge(BufferedImage image, int width) {
        var colors = new HashSet<Color>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int toEdge = Math.min(Math.min(x, image.getWidth() - 1 - x), Math.min(y, image.getHeight() - 1 - y));
                if (toEdge < width) {
                    colors.add(new Color(image.getRGB(x, y)));
                }
            }
        }
        return colors;
    }

    /** Returns how many columns and rows of pixels there are from the first to the last of this color. */
    static Dimension extent(BufferedImage image, Color color) {
        var box = new Rectangle(-1, -1);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color.getRGB()) {
                    box.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return box.getSize();
    }

    static boolean isReddish(Color color) {
        return color.getRed() > color.getBlue() + 20;
    }

    static boolean isBluish(Color color) {
        return color.getBlue() > color.getRed() + 20;
    }
}
