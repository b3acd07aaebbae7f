package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The names of the series and histograms beside their signs, in columns. Its size includes the margin around it. */
final class Legend {

    private static final int PADDING = 10;
    private static final int SIGN = 28;
    private static final int SIGN_GAP = 8;
    private static final int LINE = 24;
    private static final int ENTRY_GAP = 18;
    private static final int MARGIN = 8;
    private static final double BAR = 15;

    /** The part of the width of a picture that a name may take. */
    private static final double WIDEST = 0.4;

    /** Stands around a name that may be written from right to left. */
    private static final String LEFT_TO_RIGHT = "\u200E";

    /** Lets through a little of the data that a small picture has no other place for. */
    private static final int OPACITY = 190;

    private record Entry(String label, double width, Sign sign) {

        Entry(String label, Sign sign) {
            this(label, SIGN + SIGN_GAP + Text.width(label, Text.LEGEND), sign);
        }
    }

    /** What has a square of its color, as the theme has it, as its sign, with the lines of its group of bars. */
    record Box(String name, String note, Color color, int group) {}

    /** Paints the sign of a series around a point. */
    private interface Sign {
        void paint(Ink ink, Theme theme, double x, double y);
    }

    private final List<Entry> entries;
    private final int columns;

    private Legend(List<Entry> entries, int columns) {
        this.entries = entries;
        this.columns = columns;
    }

    /** Returns all names below one another, cut to a part of the picture's width. */
    static Legend of(List<Box> boxes, List<Trace> traces, int width) {
        double most = width - SIGN - SIGN_GAP - 2 * (PADDING + MARGIN);
        double common = Math.min(most, WIDEST * width);
        var entries = new ArrayList<Entry>();
        for (Box box : boxes) {
            Sign sign = (ink, theme, x, y) -> {
                var square = new Rectangle2D.Double(x - BAR / 2, y - BAR / 2, BAR, BAR);
                Hatch.fill(ink, square, List.of(square), box.group(), box.color(), theme);
            };
            entries.add(entry(box.name(), box.note(), common, most, sign));
        }
        for (Trace trace : traces) {
            Sign sign = (ink, theme, x, y) -> trace.paintSign(ink, theme, x, y, SIGN);
            entries.add(entry(trace.name(), trace.note(), common, most, sign));
        }
        return new Legend(entries, 1);
    }

    /** Returns a name that is cut to {@code common} pixels with its note, and to {@code most} if the note is longer. */
    private static Entry entry(String full, String note, double common, double most, Sign sign) {
        String name = Text.fit(full, Text.LEGEND, common - Text.width(note, Text.LEGEND));
        String label = note.isEmpty() ? name : LEFT_TO_RIGHT + name + LEFT_TO_RIGHT + note;
        return new Entry(Text.fit(label, Text.LEGEND, most), sign);
    }

    /**
     * Returns the legend in so many columns that it is as low as possible, and with fewer entries if it is higher than
     * {@code height} nevertheless; the last one tells how many are left out.
     */
    Legend within(double width, double height) {
        int rows = Math.max(1, (int) ((height - PADDING - 2 * MARGIN) / LINE));
        int most = Math.max(1, (int) (width / (SIGN + SIGN_GAP + ENTRY_GAP)));
        for (int k = Math.min(most, entries.size()); k > 1; k--) {
            var legend = new Legend(first(k * rows), k);
            if (legend.width() <= width) {
                return legend;
            }
        }
        return new Legend(first(rows), 1);
    }

    private List<Entry> first(int count) {
        if (count >= entries.size()) {
            return entries;
        }
        var first = new ArrayList<>(entries.subList(0, count - 1));
        String rest = count == 1 ? "%d names" : "and %d more";
        first.add(new Entry(rest.formatted(entries.size() - count + 1), (ink, theme, x, y) -> {}));
        return first;
    }

    private double columnWidth(int column) {
        double widest = 0;
        for (int i = column; i < entries.size(); i += columns) {
            widest = Math.max(widest, entries.get(i).width());
        }
        return widest;
    }

    double width() {
        double width = ENTRY_GAP * (columns - 1) + 2 * (PADDING + MARGIN);
        for (int column = 0; column < columns; column++) {
            width += columnWidth(column);
        }
        return width;
    }

    double height() {
        int rows = (entries.size() + columns - 1) / columns;
        return LINE * rows + PADDING + 2 * MARGIN;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the box of the legend, with the margin, whose upper left corner is at (x, y). */
    Rectangle2D at(double x, double y) {
        return new Rectangle2D.Double(x, y, width(), height());
    }

    /** Paints the legend into {@code box}, which is as large as the legend. */
    void paint(Ink ink, Theme theme, Rectangle2D box) {
        var frame = new Rectangle2D.Double(
                Math.rint(box.getX() + MARGIN),
                Math.rint(box.getY() + MARGIN),
                Math.rint(box.getWidth() - 2 * MARGIN),
                Math.rint(box.getHeight() - 2 * MARGIN));
        Color paper = theme.paper();
        var veil = new Color(paper.getRed(), paper.getGreen(), paper.getBlue(), OPACITY);
        ink.fill(frame, veil, theme.frame(), Ink.THIN);
        double x = frame.getX() + PADDING;
        for (int column = 0; column < columns; column++) {
            double y = frame.getY() + PADDING / 2.0 + LINE / 2.0;
            for (int i = column; i < entries.size(); i += columns) {
                Entry entry = entries.get(i);
                entry.sign().paint(ink, theme, x + SIGN / 2.0, y);
                double baseline = y + Text.digitHeight(Text.LEGEND) / 2;
                ink.text(entry.label(), Text.LEGEND, theme.text(), x + SIGN + SIGN_GAP, baseline, 0);
                y += LINE;
            }
            x += columnWidth(column) + ENTRY_GAP;
        }
    }
}
