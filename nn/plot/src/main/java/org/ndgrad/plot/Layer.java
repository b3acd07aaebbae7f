package org.ndgrad.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** What lies under the grid and the series of a plot. */
sealed interface Layer permits FieldLayer, BarLayer, MatrixLayer {

    /** Paints the layer into {@code area}, the rectangle between the axes, in pixels. */
    void paint(Graphics2D g, Rectangle2D area, Axis x, Axis y);

    /** Returns whether a legend at {@code box}, in pixels, would hide something of this layer. */
    boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y);
}
