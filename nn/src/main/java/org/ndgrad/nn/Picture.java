package org.ndgrad.nn;

import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What {@code plot()} of a history, a model or a metric returns: a {@code Figure} of the module {@code ndgrad-plot},
 * which shows itself where it is the last line of a notebook's cell.
 *
 * <pre>{@code
 * history.plot().save(Path.of("out/history.png"));
 * model.plotBoundary(x, y).show();
 * }</pre>
 */
public interface Picture {

    /**
     * Writes the picture as a PNG or SVG file. Missing folders are made, an existing file is replaced.
     *
     * @param file the file, its name ending in {@code .png} or {@code .svg}
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws UncheckedIOException if the file cannot be written
     */
    void save(Path file);

    /**
     * Shows the picture in a window, and returns at once; where there is no display, writes a file and prints its path.
     */
    void show();

    /**
     * Draws the picture as SVG.
     *
     * @return the document, to be written into a file or put into a page
     */
    String svg();
}
