package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Colors for numbers, from dark to light, so that they can be told apart in gray and with any kind of color vision:
 * viridis by Nathaniel Smith and Stéfan van der Walt (CC0), in nine steps.
 *
 * @param edges the positions of levels on the axis, from 0 to 1, of one color each; none if the colors flow
 */
record Scale(Axis axis, List<Double> edges) {

    /** The room that a scale takes beside a plot, without its numbers. */
    static final int ROOM = 44;

    private static final int LEVELS = 10;
    private static final int WIDTH = 18;
    private static final int GAP = 16;
    private static final int LABEL_GAP = 6;
    private static final int[] COLORS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    /** Returns a scale for what is finite of these numbers, without steps. */
    static Scale of(DoubleStream values) {
        var statistics = values.filter(Double::isFinite).summaryStatistics();
        return statistics.getCount() == 0
                ? new Scale(Axis.linear(0, 1, 0), List.of())
                : new Scale(Axis.linear(statistics.getMin(), statistics.getMax(), 0), List.of());
    }

    /** Returns a scale with a level between any two round numbers. */
    static Scale ofLevels(Axis axis) {
        List<Double> inner = axis.ticks(LEVELS).stream()
                .filter(tick -> !tick.label().isEmpty())
                .map(Axis.Tick::position)
                .filter(position -> position > 0.005 && position < 0.995)
                .toList();
        List<Double> even =
                IntStream.range(1, LEVELS).mapToObj(i -> (double) i / LEVELS).toList();
        var edges = new ArrayList<Double>();
        edges.add(0.0);
        edges.addAll(inner.size() < 4 ? even : inner);
        edges.add(1.0);
        return new Scale(axis, edges);
    }

    /** Returns the color of a number: one of the steps, if there are any. */
    Color color(double value) {
        return at(axis.position(value));
    }

    private Color at(double position) {
        double part = Math.max(0, Math.min(1, position));
        if (!edges.isEmpty()) {
            int levels = edges.size() - 1;
            int level = 0;
            while (level < levels - 1 && part >= edges.get(level + 1)) {
                level++;
            }
            part = level / (levels - 1.0);
        }
        double place = part * (COLORS.length - 1);
        int index = Math.min(COLORS.length - 2, (int) place);
        double rest = place - index;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = COLORS[index] >> shift & 0xff;
            int to = COLORS[index + 1] >> shift & 0xff;
            rgb |= (int) Math.round(from + rest * (to - from)) << shift;
        }
        return new Color(rgb);
    }

    /** Returns how wide the scale is, with its numbers. */
    double width() {
        return ROOM
                + LABEL_GAP
                + labels(300).stream().mapToDouble(Scale::width).max().orElse(0);
    }

    private static double width(Axis.Tick tick) {
        return Text.width(tick.label(), Text.TICK);
    }

    private List<Axis.Tick> labels(double height) {
        return axis.ticks((int) Math.max(3, height / 44)).stream()
                .filter(tick -> !tick.label().isEmpty())
                .toList();
    }

    /** Paints the scale to the right of {@code area}. */
    void paint(Ink ink, Theme theme, Rectangle2D area) {
        List<Double> places = edges.isEmpty()
                ? IntStream.rangeClosed(0, 128).mapToObj(i -> i / 128.0).toList()
                : edges;
        double left = area.getMaxX() + GAP;
        for (int i = 0; i + 1 < places.size(); i++) {
            double bottom = area.getMaxY() - places.get(i) * area.getHeight();
            double height = (places.get(i + 1) - places.get(i)) * area.getHeight();
            double overlap = i == 0 ? 0 : 0.5; // no gaps between neighbors
            Color color = at((places.get(i) + places.get(i + 1)) / 2);
            ink.fill(new Rectangle2D.Double(left, bottom - height, WIDTH, height + overlap), color);
        }
        ink.draw(new Rectangle2D.Double(left, area.getY(), WIDTH, area.getHeight()), theme.border(), Ink.THIN);
        double half = Text.digitHeight(Text.TICK) / 2;
        for (Axis.Tick tick : labels(area.getHeight())) {
            double at = area.getMaxY() - tick.position() * area.getHeight();
            ink.text(tick.label(), Text.TICK, theme.text(), left + WIDTH + LABEL_GAP, at + half, 0);
        }
    }
}
