package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;

/** A square of cells with a count in each; row 0 is at the top. The shade is the share of the row. */
final class MatrixLayer implements Layer {

    private static final double DARK = 0.55;

    private final int[][] counts;
    private final List<String> names;

    /** The array is not copied. */
    MatrixLayer(int[][] counts, List<String> names) {
        this.counts = counts;
        this.names = names;
    }

    /** Returns the names of the classes, those of the first row and column first. */
    List<String> names() {
        return names;
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Axis x, Axis y) {
        int n = counts.length;
        double width = area.getWidth() / n;
        double height = area.getHeight() / n;
        Font font = font(width, height);
        for (int row = 0; row < n; row++) {
            long total = Math.max(1, Arrays.stream(counts[row]).asLongStream().sum());
            for (int column = 0; column < n; column++) {
                double left = area.getX() + column * width;
                double top = area.getY() + row * height;
                double share = (double) counts[row][column] / total;
                g.setColor(Palette.tint(Palette.of(0), share));
                g.fill(new Rectangle2D.Double(left, top, width, height));
                Text.draw(
                        g,
                        String.valueOf(counts[row][column]),
                        font,
                        share > DARK ? Color.WHITE : Palette.TEXT,
                        left + width / 2,
                        top + height / 2 + Text.digitHeight(font) / 2,
                        0.5);
            }
        }
        g.setColor(Palette.GRID);
        for (int i = 1; i < n; i++) {
            g.fill(new Rectangle2D.Double(area.getX() + i * width - 0.5, area.getY(), 1, area.getHeight()));
            g.fill(new Rectangle2D.Double(area.getX(), area.getY() + i * height - 0.5, area.getWidth(), 1));
        }
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        return true;
    }

    /** Returns the largest font in which the widest count fits its cell. */
    private Font font(double width, double height) {
        int longest = Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(0);
        Font font = Text.LABEL.deriveFont((float) Math.min(22, 0.45 * height));
        double fit = 0.85 * width / Text.width(String.valueOf(longest), font);
        return fit < 1 ? font.deriveFont((float) (font.getSize2D() * fit)) : font;
    }
}
