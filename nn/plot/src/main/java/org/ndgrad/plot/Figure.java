package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of a fixed size in pixels: a {@link Plot}, {@link Pictures}, or several figures side by side.
 *
 * <pre>{@code
 * figure.save(Path.of("out/loss.png"));   // in a program
 * figure.image()                          // as the last line of a notebook cell
 * }</pre>
 */
public sealed interface Figure permits Plot, Pictures, FigureGrid {

    /**
     * Returns the width.
     *
     * @return the width in pixels
     */
    int width();

    /**
     * Returns the height.
     *
     * @return the height in pixels
     */
    int height();

    /**
     * Draws the figure.
     *
     * @return a new opaque image of size {@link #width()} × {@link #height()}
     * @throws IllegalStateException if there is nothing to draw
     */
    BufferedImage image();

    /**
     * Writes the figure as a PNG file. Missing folders are made, an existing file is replaced.
     *
     * @param file the file, its name ending in {@code .png}
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IllegalStateException if there is nothing to draw
     * @throws UncheckedIOException if the file cannot be written
     */
    default void save(Path file) {
        String name = String.valueOf(file.getFileName());
        checkArgument(
                name.toLowerCase(Locale.ROOT).endsWith(".png"),
                "save: expected a file name that ends in .png; got %s. Use Path.of(\"%s.png\").",
                file,
                name.replaceFirst("\\.[^.]*$", ""));
        byte[] png = png(image());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "save: expected a place that can be written to; got %s (%s). Choose another folder or check its permissions."
                            .formatted(file, e),
                    e);
        }
    }

    /**
     * Returns the figures side by side, from left to right.
     *
     * @param figures one or more figures
     * @return a figure as wide as all of them together and as high as the highest
     * @throws IllegalArgumentException if there are none
     */
    static Figure row(Figure... figures) {
        return grid(Math.max(1, figures.length), figures);
    }

    /**
     * Returns the figures in rows of {@code columns}, row by row; the last row may be shorter.
     *
     * @param columns how many figures stand side by side, at least 1
     * @param figures one or more figures
     * @return a figure whose columns are as wide as their widest figure and whose rows are as high as their highest
     * @throws IllegalArgumentException if there are none, or {@code columns} is less than 1
     */
    static Figure grid(int columns, Figure... figures) {
        checkArgument(columns >= 1, "grid: expected at least 1 column; got %s. Use grid(2, figures).", columns);
        checkArgument(
                figures.length >= 1, "grid: expected at least one figure; got none. Pass the figures to arrange.");
        return new FigureGrid(columns, List.of(figures));
    }

    private static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
