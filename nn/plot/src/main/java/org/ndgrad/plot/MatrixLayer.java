package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A square of cells with a number in each; row 0 is at the top. Cells that are too small for their numbers have the
 * shade alone.
 */
final class MatrixLayer implements Layer {

    /** From this shade on, white has enough contrast; up to it, dark text has more. */
    private static final double DARK = 0.7;

    private static final double SMALLEST_FONT = 6;

    private final double[][] shades;
    private final String[][] labels;
    private final List<String> names;

    /**
     * Makes a layer; the arrays are not copied.
     *
     * @param shades from 0, white, to 1
     * @param labels what is written into the cells
     */
    MatrixLayer(double[][] shades, String[][] labels, List<String> names) {
        this.shades = shades;
        this.labels = labels;
        this.names = names;
    }

    /** Returns the names of the classes, those of the first row and column first. */
    List<String> names() {
        return names;
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Axis x, Axis y) {
        int n = shades.length;
        var colors = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                Color shade = Palette.tint(Palette.of(0), shades[row][column]);
                colors.setRGB(column, row, shade.getRGB());
            }
        }
        g.drawImage(colors, (int) area.getX(), (int) area.getY(), (int) area.getWidth(), (int) area.getHeight(), null);
        Font font = font(area.getWidth() / n, area.getHeight() / n);
        if (font.getSize2D() >= SMALLEST_FONT) {
            paintGrid(g, area);
            paintLabels(g, area, font);
        }
    }

    private void paintGrid(Graphics2D g, Rectangle2D area) {
        int n = shades.length;
        g.setColor(Palette.GRID);
        for (int i = 1; i < n; i++) {
            double left = area.getX() + i * area.getWidth() / n;
            double top = area.getY() + i * area.getHeight() / n;
            g.fill(new Rectangle2D.Double(left - 0.5, area.getY(), 1, area.getHeight()));
            g.fill(new Rectangle2D.Double(area.getX(), top - 0.5, area.getWidth(), 1));
        }
    }

    private void paintLabels(Graphics2D g, Rectangle2D area, Font font) {
        int n = shades.length;
        double half = Text.digitHeight(font) / 2;
        for (int row = 0; row < n; row++) {
            double middle = area.getY() + (row + 0.5) * area.getHeight() / n;
            for (int column = 0; column < n; column++) {
                double center = area.getX() + (column + 0.5) * area.getWidth() / n;
                Color color = shades[row][column] > DARK ? Color.WHITE : Palette.TEXT;
                Text.draw(g, labels[row][column], font, color, center, middle + half, 0.5);
            }
        }
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        return true;
    }

    /** Returns the largest font in which the widest label fits its cell. */
    private Font font(double width, double height) {
        Font font = Text.LABEL.deriveFont((float) Math.min(22, 0.45 * height));
        String longest = Arrays.stream(labels)
                .flatMap(Arrays::stream)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        double fit = 0.85 * width / Text.width(longest, font);
        return fit < 1 ? font.deriveFont((float) (font.getSize2D() * fit)) : font;
    }
}
