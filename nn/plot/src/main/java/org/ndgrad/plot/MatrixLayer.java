package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cells in the colors of their numbers; row 0 is at the top. Cells that are too small for what is written in them have
 * the color alone.
 */
final class MatrixLayer implements Layer {

    private static final double SMALLEST_FONT = 6;
    private static final int MOST = 2000;

    private final double[][] values;
    private final Optional<Label> label;
    private final List<String> rowNames;
    private final List<String> columnNames;
    private final Optional<Scale> scale;

    /** What is written into a cell; asked for cells that have room only. */
    interface Label {
        String at(int row, int column);
    }

    /**
     * Makes a layer; the arrays are not copied.
     *
     * @param values at least one; without a scale, shades from 0, paper, to 1
     * @param label what is written into the cells, if anything
     */
    MatrixLayer(
            double[][] values,
            Optional<Label> label,
            List<String> rowNames,
            List<String> columnNames,
            Optional<Scale> scale) {
        this.values = values;
        this.label = label;
        this.rowNames = rowNames;
        this.columnNames = columnNames;
        this.scale = scale;
    }

    /** Returns the cells of a heat map, with numbers in them unless {@code format} is empty. */
    static MatrixLayer heatMap(double[][] matrix, String format) {
        checkArgument(
                matrix.length > 0 && matrix[0].length > 0,
                "heatMap: expected at least one row and column; got none. Pass a matrix with numbers.");
        checkArgument(
                matrix.length <= MOST && matrix[0].length <= MOST,
                "heatMap: expected at most %s rows and columns; got (%s, %s). Show a part of them.",
                MOST,
                matrix.length,
                matrix[0].length);
        Label label = (row, column) -> label(format, matrix[row][column]);
        label.at(0, 0); // refuses a format that is none
        Scale scale = Scale.of(Arrays.stream(matrix).flatMapToDouble(Arrays::stream));
        Optional<Label> written = format.isEmpty() ? Optional.empty() : Optional.of(label);
        return new MatrixLayer(matrix, written, indices(matrix.length), indices(matrix[0].length), Optional.of(scale));
    }

    private static String label(String format, double value) {
        try {
            return String.format(Locale.ROOT, format, value).replace('-', '−');
        } catch (IllegalFormatException e) {
            throw new IllegalArgumentException(
                    "heatMap: expected a format for numbers; got \"" + format + "\". Use \"%.2f\" or \"%.0f\".", e);
        }
    }

    private static List<String> indices(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    /** Returns the names of the rows, that of the first row first. */
    List<String> rowNames() {
        return rowNames;
    }

    List<String> columnNames() {
        return columnNames;
    }

    @Override
    public long notFinite() {
        return Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isFinite(value))
                .count();
    }

    @Override
    public Optional<Scale> scale() {
        return scale;
    }

    @Override
    public void paint(Ink ink, Theme theme, Rectangle2D area, Axis x, Axis y) {
        int rows = values.length;
        int columns = values[0].length;
        var colors = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                colors.setRGB(column, row, color(values[row][column], theme).getRGB());
            }
        }
        ink.image(colors, area, false);
        label.filter(each -> hasRoom(area.getWidth() / columns, area.getHeight() / rows))
                .ifPresent(each -> paintLabels(ink, theme, area, texts(each)));
    }

    /** Whether the smallest of texts would fit a cell. */
    private static boolean hasRoom(double width, double height) {
        return font(width, height, "1").getSize2D() >= SMALLEST_FONT;
    }

    private String[][] texts(Label each) {
        String[][] texts = new String[values.length][values[0].length];
        for (int row = 0; row < texts.length; row++) {
            int fixed = row;
            Arrays.setAll(texts[row], column -> each.at(fixed, column));
        }
        return texts;
    }

    /** Returns the color of a cell; one whose number is not finite is gray. */
    private Color color(double value, Theme theme) {
        if (!Double.isFinite(value)) {
            return theme.frame();
        }
        return scale.map(s -> s.color(value, theme)).orElseGet(() -> theme.tint(Palette.of(0), value));
    }

    private void paintGrid(Ink ink, Theme theme, Rectangle2D area) {
        int rows = values.length;
        int columns = values[0].length;
        for (int i = 1; i < columns; i++) {
            double left = area.getX() + i * area.getWidth() / columns;
            ink.fill(new Rectangle2D.Double(left - 0.5, area.getY(), 1, area.getHeight()), theme.grid());
        }
        for (int i = 1; i < rows; i++) {
            double top = area.getY() + i * area.getHeight() / rows;
            ink.fill(new Rectangle2D.Double(area.getX(), top - 0.5, area.getWidth(), 1), theme.grid());
        }
    }

    private void paintLabels(Ink ink, Theme theme, Rectangle2D area, String[][] texts) {
        int rows = values.length;
        int columns = values[0].length;
        String longest = Arrays.stream(texts)
                .flatMap(Arrays::stream)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        Font font = font(area.getWidth() / columns, area.getHeight() / rows, longest);
        if (font.getSize2D() < SMALLEST_FONT) {
            return;
        }
        paintGrid(ink, theme, area);
        double half = Text.digitHeight(font) / 2;
        for (int row = 0; row < rows; row++) {
            double middle = area.getY() + (row + 0.5) * area.getHeight() / rows;
            for (int column = 0; column < columns; column++) {
                double center = area.getX() + (column + 0.5) * area.getWidth() / columns;
                Color color = theme.textOn(color(values[row][column], theme));
                ink.text(texts[row][column], font, color, center, middle + half, 0.5);
            }
        }
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        return true;
    }

    /** Returns the largest font in which the longest text fits a cell. */
    private static Font font(double width, double height, String longest) {
        Font font = Text.LABEL.deriveFont((float) Math.min(22, 0.45 * height));
        double fit = 0.85 * width / Math.max(1, Text.width(longest, font));
        return fit < 1 ? font.deriveFont((float) (font.getSize2D() * fit)) : font;
    }
}
