package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Colors for numbers. Those of one sign go from dark to light, so that they can be told apart in gray and with any kind
 * of color vision: viridis by Nathaniel Smith and Stéfan van der Walt (CC0), in nine steps. Numbers of both signs have
 * two colors, blue below 0 and red above, that everyone tells apart; they fade toward 0, equally far from it to either
 * side, into the paper.
 *
 * @param edges the positions of levels on the axis, from 0 to 1, of one color each; none if the colors flow
 * @param signed whether 0 is in the middle of the colors
 */
record Scale(Axis axis, List<Double> edges, boolean signed) {

    /** The room that a scale takes beside a plot, without its numbers. */
    static final int ROOM = 44;

    private static final int LEVELS = 10;
    private static final int WIDTH = 18;
    private static final int GAP = 16;
    private static final int LABEL_GAP = 6;
    private static final int[] COLORS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    /** From far below 0 to far above, on light paper. */
    private static final int[] SIGNED = {
        0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B
    };

    /** On dark paper, where what is far from 0 is light. */
    private static final int[] SIGNED_ON_DARK = {
        0x9ED4FF, 0x65ABE8, 0x3F7FB8, 0x2F5476, 0x2B2D31, 0x6B3A33, 0xAD5040, 0xE27D62, 0xFFB39C
    };

    /** Returns a scale for what is finite of these numbers, without steps, around 0 if they have both signs. */
    static Scale of(DoubleStream values) {
        var statistics = values.filter(Double::isFinite).summaryStatistics();
        if (statistics.getCount() == 0) {
            return new Scale(Axis.linear(0, 1, 0), List.of(), false);
        }
        double low = statistics.getMin();
        double high = statistics.getMax();
        return new Scale(Axis.linear(low, high, 0), List.of(), low < 0 && high > 0);
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
        return new Scale(axis, edges, false);
    }

    /** Returns the color of a number: one of the steps, if there are any. */
    Color color(double value, Theme theme) {
        return at(axis.position(value), theme);
    }

    private Color at(double position, Theme theme) {
        double part = Math.max(0, Math.min(1, position));
        if (signed) {
            double farthest = Math.max(-axis.value(0), axis.value(1));
            return mixed(theme == Theme.DARK ? SIGNED_ON_DARK : SIGNED, (axis.value(part) / farthest + 1) / 2);
        }
        if (!edges.isEmpty()) {
            int levels = edges.size() - 1;
            int level = 0;
            while (level < levels - 1 && part >= edges.get(level + 1)) {
                level++;
            }
            part = level / (levels - 1.0);
        }
        return mixed(COLORS, part);
    }

    private static Color mixed(int[] colors, double part) {
        double place = part * (colors.length - 1);
        int index = Math.min(colors.length - 2, (int) place);
        double rest = place - index;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = colors[index] >> shift & 0xff;
            int to = colors[index + 1] >> shift & 0xff;
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
            Color color = at((places.get(i) + places.get(i + 1)) / 2, theme);
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
