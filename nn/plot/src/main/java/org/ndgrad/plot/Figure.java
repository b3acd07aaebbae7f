package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ndgrad.nn.Picture;

/**
 * A picture of a fixed size in pixels: a {@link Plot}, {@link Pictures}, a Java image, or several figures side by side.
 *
 * <pre>{@code
 * figure.save(Path.of("out/loss.png"));   // or loss.svg
 * figure.show();                          // a window
 * figure.image()                          // as the last line of a notebook cell
 * }</pre>
 */
public abstract sealed class Figure implements Picture permits PlotFrame, Pictures, FigureGrid, ImageFigure {

    /** A larger image takes gigabytes. */
    private static final long MOST_PIXELS = 100_000_000;

    static {
        Headless.prepare();
    }

    private Theme theme = Theme.LIGHT;

    Figure() {}

    /**
     * Returns the width.
     *
     * @return the width in pixels
     */
    public abstract int width();

    /**
     * Returns the height.
     *
     * @return the height in pixels
     */
    public abstract int height();

    /**
     * Sets what it is drawn on, at first {@link Theme#LIGHT}; in figures side by side, for each of them.
     *
     * @param theme light or dark
     * @return this figure
     */
    public Figure theme(Theme theme) {
        this.theme = theme;
        return this;
    }

    Theme theme() {
        return theme;
    }

    /** Draws the figure, {@link #width()} × {@link #height()}, from the upper left corner. */
    abstract void draw(Ink ink);

    /**
     * Draws the figure.
     *
     * @return a new opaque image of size {@link #width()} × {@link #height()}
     * @throws IllegalArgumentException if that is more than 100 million pixels
     * @throws IllegalStateException if there is nothing to draw
     */
    public BufferedImage image() {
        checkSize();
        var image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        paint(g);
        g.dispose();
        return image;
    }

    private void checkSize() {
        checkArgument(
                (long) width() * height() <= MOST_PIXELS,
                "image: expected a figure of at most 100 million pixels; got %s × %s. Show fewer pictures, or make several"
                        + " figures.",
                width(),
                height());
    }

    /**
     * Draws the figure on a surface of one's own, such as a component or a page, from its upper left corner.
     *
     * @param g what to draw on
     * @throws IllegalStateException if there is nothing to draw
     */
    public void paint(Graphics2D g) {
        draw(new PixelInk(g));
    }

    /**
     * Draws the figure as SVG: text is text, and what has too many points or colors is an image inside.
     *
     * @return the document, to be written into a file or put into a page
     * @throws IllegalArgumentException if it is larger than 100 million pixels
     * @throws IllegalStateException if there is nothing to draw
     */
    @Override
    public String svg() {
        checkSize();
        var ink = new SvgInk(width(), height());
        draw(ink);
        return ink.document();
    }

    /**
     * Writes the figure as a PNG or SVG file. Missing folders are made, an existing file is replaced.
     *
     * @param file the file, its name ending in {@code .png} or {@code .svg}
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IllegalStateException if there is nothing to draw
     * @throws UncheckedIOException if the file cannot be written
     */
    @Override
    public void save(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = Ascii.toLowerCase(name.substring(Math.max(0, name.length() - 4)));
        checkArgument(
                ending.equals(".png") || ending.equals(".svg"),
                "save: expected a file name that ends in .png or .svg; got %s. Use Path.of(\"%s.png\").",
                file,
                name.replaceFirst("\\.[^.]*$", ""));
        byte[] content = ending.equals(".png") ? png(image()) : svg().getBytes(StandardCharsets.UTF_8);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "save: expected a place that can be written to; got %s (%s). Choose another folder or check its permissions."
                            .formatted(file, e),
                    e);
        }
    }

    /**
     * Shows the figure in a window, and returns at once. Where there is no display, the figure is written as a PNG file
     * into the folder for temporary files, and its path is printed.
     *
     * @throws IllegalStateException if there is nothing to draw
     */
    @Override
    public void show() {
        if (!GraphicsEnvironment.isHeadless()) {
            Window.open(this);
            return;
        }
        try {
            Path file = Files.createTempFile("figure-", ".png");
            save(file);
            System.out.println("Figure: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "show: expected a folder for temporary files; got none (%s). Use save(Path.of(\"figure.png\"))."
                            .formatted(e),
                    e);
        }
    }

    /**
     * Returns an image as a figure, to be shown, or to stand beside others.
     *
     * @param image pixels, which are not copied; where they are clear, the paper of the theme is seen
     * @return a figure as large as the image
     */
    public static Figure of(BufferedImage image) {
        return new ImageFigure(image);
    }

    /**
     * Returns the figures side by side, from left to right.
     *
     * <pre>{@code
     * Figure.row(history.plot(), model.plotBoundary(x, y)).save(Path.of("out/training.png"));
     * }</pre>
     *
     * @param figures one or more figures
     * @return a figure as wide as all of them together and as high as the highest
     * @throws IllegalArgumentException if there are none
     */
    public static Figure row(Picture... figures) {
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
    public static Figure grid(int columns, Picture... figures) {
        checkArgument(columns >= 1, "grid: expected at least 1 column; got %s. Use grid(2, figures).", columns);
        checkArgument(
                figures.length >= 1, "grid: expected at least one figure; got none. Pass the figures to arrange.");
        return new FigureGrid(
                Math.min(columns, figures.length),
                Arrays.stream(figures).map(Figure::figure).toList());
    }

    private static Figure figure(Picture picture) {
        checkArgument(
                picture instanceof Figure,
                "grid: expected figures; got a picture of %s, which is drawn elsewhere. Make a Figure.of its image.",
                picture.getClass().getName());
        return (Figure) picture;
    }

    /**
     * Returns the bytes of a PNG file, such as {@link #save} writes of {@link #image}.
     *
     * @param image any; what is clear stays clear
     * @return the file
     */
    public static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
