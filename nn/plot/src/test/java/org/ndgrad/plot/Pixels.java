package org.ndgrad.plot;

import java.awt.Color;
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

    static boolean isReddish(Color color) {
        return color.getRed() > color.getBlue() + 20;
    }

    static boolean isBluish(Color color) {
        return color.getBlue() > color.getRed() + 20;
    }
}
