package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A line with more turns than Java's strokes are made for, whose time grows faster than the number of turns: the pixels
 * it goes through are marked one by one, and get soft neighbors, so that it is about as thick as other lines.
 */
final class Scribble implements Trace.Pen {

    private static final int SOFT = (int) (255 * (Trace.LINE.getLineWidth() - 1) / 2);

    private final int left;
    private final int top;
    private final int width;
    private final int height;

    /** The pixels, with one more on each side, which are never marked. */
    private final boolean[] marked;

    Scribble(Rectangle2D area) {
        left = (int) Math.floor(area.getX());
        top = (int) Math.floor(area.getY());
        width = (int) Math.ceil(area.getMaxX()) - left;
        height = (int) Math.ceil(area.getMaxY()) - top;
        marked = new boolean[(width + 2) * (height + 2)];
    }

    @Override
    public void draw(double x0, double y0, double x1, double y1) {
        int steps = (int) Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
        double stepX = (x1 - x0) / Math.max(1, steps);
        double stepY = (y1 - y0) / Math.max(1, steps);
        double x = x0 - left;
        double y = y0 - top;
        for (int i = 0; i <= steps; i++) {
            if (x >= 0 && x < width && y >= 0 && y < height) {
                marked[place((int) x, (int) y)] = true;
            }
            x += stepX;
            y += stepY;
        }
    }

    private int place(int x, int y) {
        return (y + 1) * (width + 2) + x + 1;
    }

    void paint(Raster raster, Color color) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int rgb = color.getRGB() & 0xffffff;
        for (int y = 0; y < height; y++) {
            int at = place(0, y);
            for (int x = 0; x < width; x++, at++) {
                pixels[y * width + x] = (alpha(at) << 24) | rgb;
            }
        }
        raster.draw(g -> g.drawImage(image, left, top, null));
    }

    private int alpha(int at) {
        if (marked[at]) {
            return 255;
        }
        int below = at + width + 2;
        int above = at - width - 2;
        return marked[at - 1] || marked[at + 1] || marked[above] || marked[below] ? SOFT : 0;
    }
}
