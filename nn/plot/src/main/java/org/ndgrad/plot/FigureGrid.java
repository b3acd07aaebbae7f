package org.ndgrad.plot;

import com.google.common.primitives.Ints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;

/** Figures in a grid, each centered in its cell. */
final class FigureGrid extends Figure {

    private final int columns;
    private final List<Figure> figures;

    FigureGrid(int columns, List<Figure> figures) {
        this.columns = columns;
        this.figures = figures;
    }

    @Override
    public int width() {
        return Ints.saturatedCast(
                IntStream.range(0, columns).mapToLong(this::columnWidth).sum());
    }

    @Override
    public int height() {
        return Ints.saturatedCast(
                IntStream.range(0, rows()).mapToLong(this::rowHeight).sum());
    }

    @Override
    public Figure theme(Theme theme) {
        figures.forEach(figure -> figure.theme(theme));
        return this;
    }

    @Override
    Theme theme() {
        return figures.get(0).theme();
    }

    @Override
    void draw(Ink ink) {
        ink.fill(new Rectangle2D.Double(0, 0, width(), height()), theme().paper());
        int y = 0;
        for (int row = 0; row < rows(); row++) {
            int x = 0;
            for (int column = 0; column < columns && row * columns + column < figures.size(); column++) {
                Figure figure = figures.get(row * columns + column);
                int left = x + (columnWidth(column) - figure.width()) / 2;
                int top = y + (rowHeight(row) - figure.height()) / 2;
                ink.moved(AffineTransform.getTranslateInstance(left, top), () -> figure.draw(ink));
                x += columnWidth(column);
            }
            y += rowHeight(row);
        }
    }

    private int rows() {
        return (figures.size() + columns - 1) / columns;
    }

    private int columnWidth(int column) {
        return IntStream.iterate(column, i -> i < figures.size(), i -> i + columns)
                .map(i -> figures.get(i).width())
                .max()
                .orElse(0);
    }

    private int rowHeight(int row) {
        return figures.subList(row * columns, Math.min(figures.size(), (row + 1) * columns)).stream()
                .mapToInt(Figure::height)
                .max()
                .orElse(0);
    }

    /** Returns how many figures there are; {@link #image} is the picture. */
    @Override
    public String toString() {
        return "Figure(" + figures.size() + " figures, " + width() + " × " + height() + ")";
    }
}
