package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Figures in a grid, each centered in its cell. */
record FigureGrid(int columns, List<Figure> figures) implements Figure {

    static {
        Headless.prepare();
    }

    @Override
    public int width() {
        return IntStream.range(0, columns).map(this::columnWidth).sum();
    }

    @Override
    public int height() {
        return IntStream.range(0, rows()).map(this::rowHeight).sum();
    }

    @Override
    public BufferedImage image() {
        var image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        int y = 0;
        for (int row = 0; row < rows(); row++) {
            int x = 0;
            for (int column = 0; column < columns && row * columns + column < figures.size(); column++) {
                Figure figure = figures.get(row * columns + column);
                int left = x + (columnWidth(column) - figure.width()) / 2;
                int top = y + (rowHeight(row) - figure.height()) / 2;
                g.drawImage(figure.image(), left, top, null);
                x += columnWidth(column);
            }
            y += rowHeight(row);
        }
        g.dispose();
        return image;
    }

    private int rows() {
        return (figures.size() + columns - 1) / columns;
    }

    private int columnWidth(int column) {
        return largest(i -> i % columns == column ? figures.get(i).width() : 0);
    }

    private int rowHeight(int row) {
        return largest(i -> i / columns == row ? figures.get(i).height() : 0);
    }

    private int largest(ToIntFunction<Integer> size) {
        return IntStream.range(0, figures.size())
                .map(i -> size.applyAsInt(i))
                .max()
                .orElse(0);
    }
}
