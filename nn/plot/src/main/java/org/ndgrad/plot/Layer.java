package org.ndgrad.plot;

import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** What lies under the grid and the series of a plot. */
sealed interface Layer permits FieldLayer, ContourLayer, BarLayer, ColumnLayer, MatrixLayer {

    /** Paints the layer into {@code area}, the rectangle between the axes, in pixels. */
    void paint(Ink ink, Theme theme, Rectangle2D area, Axis x, Axis y);

    /** Returns how many of its numbers are not finite, and gray. */
    default long notFinite() {
        return 0;
    }

    /** Returns what the colors mean, if they stand for numbers. */
    default Optional<Scale> scale() {
        return Optional.empty();
    }

    /** Returns whether a legend at {@code box}, in pixels, would hide something of this layer. */
    boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y);
}
