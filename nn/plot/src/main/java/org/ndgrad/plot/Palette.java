package org.ndgrad.plot;

import java.awt.Color;

/**
 * Ten colors that people with any kind of color vision can tell apart on white.
 *
 * <p>Source: Okabe and Ito, "Color Universal Design", 2008 (the first six), and Tol, "Colour Schemes", 2021.
 */
final class Palette {

    private static final int[] SERIES = {
        0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x882255, 0x999933, 0x555555, 0x332288
    };

    private Palette() {}

    /** Returns the color of class or series {@code index}; the second ten are light, then the colors repeat. */
    static Color of(int index) {
        var color = new Color(SERIES[index % SERIES.length]);
        return index / SERIES.length % 2 == 0 ? color : Theme.LIGHT.tint(color, 0.45);
    }
}
