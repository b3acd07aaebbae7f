package org.ndgrad.plot;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where the parts of a plot are.
 *
 * @param area the rectangle between the axes, in pixels
 * @param xTicks those whose labels have room; a label without is empty
 * @param xFont the font of the labels of the x axis
 * @param yTicks as of the x axis
 */
record Layout(Rectangle2D area, List<Axis.Tick> xTicks, Font xFont, List<Axis.Tick> yTicks) {

    static final int PADDING = 14;
    static final int TICK_GAP = 7;

    /** The room of a title, and of the name of an axis. */
    private static final int TITLE = 30;

    private static final int NAME = 26;

    /** The distances of ticks that are aimed at. */
    private static final int X_STEP = 70;

    private static final int Y_STEP = 44;

    /** The least distances of labels from each other and from the edges of the picture. */
    private static final int GAP = 8;

    private static final int EDGE = 6;

    /** The least room of a name at the x axis. */
    private static final int CELL = 30;

    /** The part of the width that labels of the y axis may take. */
    private static final double WIDEST = 0.3;

    /** Lays out a plot in a picture, or in the upper part of one with a legend below. */
    static Layout of(int width, double height, boolean hasTitle, boolean hasXName, boolean hasYName, Axis x, Axis y) {
        double digit = Text.digitHeight(Text.TICK);
        double top = PADDING + (hasTitle ? TITLE : 0);
        double bottom = Math.rint(height - PADDING - (hasXName ? NAME : 0) - digit - TICK_GAP);
        List<Axis.Tick> yTicks = yTicks(y, bottom - top, WIDEST * width);
        double widest = yTicks.stream().mapToDouble(Layout::width).max().orElse(0);
        double left = Math.rint(PADDING + (hasYName ? NAME : 0) + widest + TICK_GAP);
        double right = width - PADDING;
        if (x instanceof Axis.Categories) {
            Labels names = names(x.ticks(0), left, right, width);
            return new Layout(area(left, top, right, bottom), names.ticks, names.font, yTicks);
        }
        List<Axis.Tick> xTicks = numbers(x, right - left);
        right = Math.rint(right(xTicks, left, width));
        xTicks = inside(apart(xTicks, right - left, Layout::width), left, right, width);
        return new Layout(area(left, top, right, bottom), xTicks, Text.TICK, yTicks);
    }

    private static Rectangle2D area(double left, double top, double right, double bottom) {
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    /** What is written at an axis. */
    private record Labels(List<Axis.Tick> ticks, Font font) {}

    /**
     * Returns the names of all categories, in a smaller font if they need it, and cut if they can still be told apart
     * then; if not, those that have room.
     */
    private static Labels names(List<Axis.Tick> ticks, double left, double right, int width) {
        double cell = (right - left) / Math.max(1, ticks.size());
        Font font = Text.TICK; // one for all of them, so small that the longest has room
        for (Axis.Tick tick : ticks) {
            Font small = Text.shrink(tick.label(), Text.TICK, cell - GAP);
            font = small.getSize2D() < font.getSize2D() ? small : font;
        }
        List<Axis.Tick> cut = cut(ticks, font, cell - GAP);
        if (cut.equals(cut(ticks, font, width)) || (cell >= CELL && different(cut) == different(ticks))) {
            return new Labels(cut, font);
        }
        List<Axis.Tick> readable = cut(ticks, Text.TICK, (right - left) / 2);
        double widest = readable.stream().mapToDouble(Layout::width).max().orElse(0);
        return new Labels(
                withLabels(inside(apart(readable, right - left, tick -> widest), left, right, width)), Text.TICK);
    }

    private static List<Axis.Tick> cut(List<Axis.Tick> ticks, Font font, double width) {
        return ticks.stream()
                .map(tick -> new Axis.Tick(tick.position(), Text.fit(tick.label(), font, width)))
                .toList();
    }

    private static long different(List<Axis.Tick> ticks) {
        return ticks.stream().map(Axis.Tick::label).distinct().count();
    }

    /** Returns the y of the base line of the title. */
    double titleLine() {
        return PADDING + 16;
    }

    /** Returns the y of the base line of the name of the x axis. */
    double xNameLine() {
        return area.getMaxY() + TICK_GAP + Text.digitHeight(Text.TICK) + NAME - 5;
    }

    /** Returns the x of the base line of the name of the y axis, which is written upward. */
    double yNameLine() {
        return PADDING + 12;
    }

    /** Returns about {@code count} ticks, and more rather than only one with a label. */
    private static List<Axis.Tick> ticks(Axis axis, int count) {
        List<Axis.Tick> ticks = axis.ticks(Math.max(3, count));
        for (int more = 4; more <= 6 && withLabels(ticks).size() < 2; more++) {
            ticks = axis.ticks(more);
        }
        return ticks;
    }

    private static List<Axis.Tick> yTicks(Axis y, double length, double widest) {
        List<Axis.Tick> ticks = ticks(y, (int) (length / Y_STEP));
        List<Axis.Tick> apart = apart(ticks, length, tick -> Text.digitHeight(Text.TICK));
        if (y instanceof Axis.Categories) {
            return cut(withLabels(apart), Text.TICK, widest);
        }
        return apart.stream()
                .map(tick -> width(tick) <= widest ? tick : unlabeled(tick))
                .toList();
    }

    /** Returns the most ticks whose labels all have room, or two with as many labels as have room. */
    private static List<Axis.Tick> numbers(Axis x, double length) {
        int count = Math.max(3, (int) (length / X_STEP));
        List<Axis.Tick> ticks = ticks(x, count);
        List<Axis.Tick> apart = apart(ticks, length, Layout::width);
        while (count > 2 && !apart.equals(ticks)) {
            ticks = x.ticks(--count);
            apart = apart(ticks, length, Layout::width);
        }
        return apart;
    }

    /** Returns the right end of the x axis: so far from the edge that the last labels are not cut. */
    private static double right(List<Axis.Tick> ticks, double left, int width) {
        double right = width - PADDING;
        for (Axis.Tick tick : ticks) {
            double end = left + (width - EDGE - width(tick) / 2 - left) / tick.position();
            // a label that would take half of the axis is left out instead
            if (end > left + 0.5 * (width - left)) {
                right = Math.min(right, end);
            }
        }
        return right;
    }

    private static List<Axis.Tick> inside(List<Axis.Tick> ticks, double left, double right, int width) {
        return ticks.stream()
                .map(tick -> {
                    double center = left + tick.position() * (right - left);
                    double half = width(tick) / 2;
                    boolean inside = center - half >= EDGE - 1 && center + half <= width - EDGE + 1;
                    return inside ? tick : unlabeled(tick);
                })
                .toList();
    }

    /** Returns the ticks without the labels that would touch the one before. */
    private static List<Axis.Tick> apart(
            List<Axis.Tick> ticks, double length, ToDoubleFunction<Axis.Tick> labelLength) {
        var apart = new ArrayList<Axis.Tick>();
        double end = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : ticks) {
            double center = tick.position() * length;
            double half = labelLength.applyAsDouble(tick) / 2;
            if (tick.label().isEmpty() || center - half >= end) {
                apart.add(tick);
                end = tick.label().isEmpty() ? end : center + half + GAP;
            } else {
                apart.add(unlabeled(tick));
            }
        }
        return apart;
    }

    private static List<Axis.Tick> withLabels(List<Axis.Tick> ticks) {
        return ticks.stream().filter(tick -> !tick.label().isEmpty()).toList();
    }

    private static Axis.Tick unlabeled(Axis.Tick tick) {
        return new Axis.Tick(tick.position(), "");
    }

    private static double width(Axis.Tick tick) {
        return Text.width(tick.label(), Text.TICK);
    }
}
