package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * A square of cells with a count in each; row 0 is at the top. The shade is the share of the row. Cells that are too
 * small for their counts have the shade alone.
 */
final class MatrixLayer implements Layer {

    private static final double DARK = 0.55;
    private static final double SMALLEST_FONT = 6;

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
        double[][] shares = new double[n][n];
        var shades = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < n; row++) {
            long total = Math.max(1, Arrays.stream(counts[row]).asLongStream().sum());
            for (int column = 0; column < n; column++) {
                shares[row][column] = (double) counts[row][column] / total;
                Color shade = Palette.tint(Palette.of(0), shares[row][column]);
                shades.setRGB(column, row, shade.getRGB());
            }
        }
        g.drawImage(shades, (int) area.getX(), (int) area.getY(), (int) area.getWidth(), (int) area.getHeight(), null);
        Font font = font(area.getWidth() / n, area.getHeight() / n);
        if (font.getSize2D() >= SMALLEST_FONT) {
            paintGrid(g, area);
            paintCounts(g, area, font, shares);
        }
    }

    private void paintGrid(Graphics2D g, Rectangle2D area) {
        int n = counts.length;
        g.setColor(Palette.GRID);
        for (int i = 1; i < n; i++) {
            double left = area.getX() + i * area.getWidth() / n;
            double top = area.getY() + i * area.getHeight() / n;
            g.fill(new Rectangle2D.Double(left - 0.5, area.getY(), 1, area.getHeight()));
            g.fill(new Rectangle2D.Double(area.getX(), top - 0.5, area.getWidth(), 1));
        }
    }

    private void paintCounts(Graphics2D g, Rectangle2D area, Font font, double[][] shares) {
        int n = counts.length;
        double half = Text.digitHeight(font) / 2;
        for (int row = 0; row < n; row++) {
            double middle = area.getY() + (row + 0.5) * area.getHeight() / n;
            for (int column = 0; column < n; column++) {
                double center = area.getX() + (column + 0.5) * area.getWidth() / n;
                Color color = shares[row][column] > DARK ? Color.WHITE : Palette.TEXT;
                Text.draw(g, String.valueOf(counts[row][column]), font, color, center, middle + half, 0.5);
            }
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
