package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

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
    private final boolean[] marked;

    Scribble(Rectangle2D area) {
        left = (int) Math.floor(area.getX());
        top = (int) Math.floor(area.getY());
        width = (int) Math.ceil(area.getMaxX()) - left;
        height = (int) Math.ceil(area.getMaxY()) - top;
        marked = new boolean[width * height];
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
                marked[((int) y) * width + (int) x] = true;
            }
            x += stepX;
            y += stepY;
        }
    }

    void paint(Raster raster, Color color) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[width];
        int rgb = color.getRGB() & 0xffffff;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = (alpha(x, y) << 24) | rgb;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        raster.draw(g -> g.drawImage(image, left, top, null));
    }

    private int alpha(int x, int y) {
        if (marked(x, y)) {
            return 255;
        }
        boolean beside = marked(x - 1, y) || marked(x + 1, y) || marked(x, y - 1) || marked(x, y + 1);
        return beside ? SOFT : 0;
    }

    private boolean marked(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height && marked[y * width + x];
    }
}
