package org.ndgrad.plot;

import java.awt.Color;

/** The paper that a figure is drawn on, and the colors that stand out from it. */
public enum Theme {
    /** Dark text on white. */
    LIGHT(0xFFFFFF, 0x222222, 0x555555, 0xCCCCCC, 0x999999, 0xE3E3E3, 0xF2F2F2, 0x444444),

    /** Light text on a dark gray; series that would be too dark for it are lighter. */
    DARK(0x1E1F22, 0xE4E4E4, 0xB0B0B0, 0x55585E, 0x787B82, 0x383A3F, 0x2B2D31, 0xD0D0D0);

    /** WCAG 2: what is drawn needs such a contrast to be seen. */
    private static final double LEAST_CONTRAST = 5;

    private final Color paper;
    private final Color text;
    private final Color rule;
    private final Color frame;
    private final Color border;
    private final Color grid;
    private final Color faintGrid;
    private final Color boundary;

    Theme(int paper, int text, int rule, int frame, int border, int grid, int faintGrid, int boundary) {
        this.paper = new Color(paper);
        this.text = new Color(text);
        this.rule = new Color(rule);
        this.frame = new Color(frame);
        this.border = new Color(border);
        this.grid = new Color(grid);
        this.faintGrid = new Color(faintGrid);
        this.boundary = new Color(boundary);
    }

    /** Returns what everything is drawn on. */
    Color paper() {
        return paper;
    }

    Color text() {
        return text;
    }

    /** Returns the color of lines that others are compared with. */
    Color rule() {
        return rule;
    }

    /** Returns the color of the frames of legends and pictures. */
    Color frame() {
        return frame;
    }

    /** Returns the color of the border between the axes and the data. */
    Color border() {
        return border;
    }

    Color grid() {
        return grid;
    }

    /** Returns the color of grid lines without a label. */
    Color faintGrid() {
        return faintGrid;
    }

    /** Returns the color of the line between two classes. */
    Color boundary() {
        return boundary;
    }

    /** Returns {@code color}, lighter if this paper is dark and it would hardly be seen. */
    Color ink(Color color) {
        Color seen = color;
        for (int i = 1; this == DARK && i <= 10 && contrast(seen, paper) < LEAST_CONTRAST; i++) {
            seen = mixed(color, Color.WHITE, 1 - i / 10.0);
        }
        return seen;
    }

    /** Returns {@code color} mixed with the paper. {@code strength} 0 is the paper, 1 is the color itself. */
    Color tint(Color color, double strength) {
        return mixed(color, paper, strength);
    }

    /** Returns which of text and paper is easier to read on {@code background}. */
    Color textOn(Color background) {
        return contrast(text, background) >= contrast(paper, background) ? text : paper;
    }

    private static Color mixed(Color color, Color with, double strength) {
        return new Color(
                mixed(color.getRed(), with.getRed(), strength),
                mixed(color.getGreen(), with.getGreen(), strength),
                mixed(color.getBlue(), with.getBlue(), strength));
    }

    private static int mixed(int channel, int with, double strength) {
        return (int) Math.round(with + (channel - with) * strength);
    }

    /** Returns the contrast of two colors as WCAG 2 defines it, 1 to 21. */
    static double contrast(Color a, Color b) {
        double first = luminance(a) + 0.05;
        double second = luminance(b) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
