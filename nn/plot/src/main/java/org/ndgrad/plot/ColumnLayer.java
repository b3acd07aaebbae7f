package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Bars from zero to a number, one for each category and group, those of a category side by side. */
record ColumnLayer(List<Group> groups) implements Layer {

    private static final BasicStroke WHISKER = new BasicStroke(1.6f);

    /** The part of a category that is left empty. */
    private static final double GAP = 0.25;

    private static final int MOST = 1000;

    /** Numbers under one name, and how far each may be from the truth; no errors, or as many as numbers. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Group(String name, String note, Color color, double[] heights, double[] errors) {

        private boolean hasError(int i) {
            return errors.length > 0 && Double.isFinite(errors[i]) && errors[i] > 0;
        }

        private DoubleStream ends() {
            return IntStream.range(0, heights.length)
                    .filter(i -> Double.isFinite(heights[i]))
                    .mapToObj(i -> hasError(i) ? DoubleStream.of(reach(i)) : DoubleStream.of(heights[i]))
                    .flatMapToDouble(ends -> ends);
        }

        /** Returns from where to where an error reaches, as far as there are numbers. */
        private double[] reach(int i) {
            return new double[] {
                Math.max(-Double.MAX_VALUE, heights[i] - errors[i]), Math.min(Double.MAX_VALUE, heights[i] + errors[i])
            };
        }
    }

    /** Checks the numbers of a group. */
    static ColumnLayer of(String name, double[] heights, double[] errors, Color color) {
        checkNotNull(name, "bars: expected a name for the legend; got null. Name the numbers.");
        checkArgument(!name.isBlank(), "bars: expected a name for the legend; got an empty one. Name the numbers.");
        checkArgument(
                errors.length == 0 || errors.length == heights.length,
                "bars: expected as many errors as heights; got %s and %s in '%s'. Give one for each.",
                errors.length,
                heights.length,
                name);
        checkArgument(
                heights.length <= MOST,
                "bars: expected at most %s heights; got %s in '%s'. Use line or histogram.",
                MOST,
                heights.length,
                name);
        for (double error : errors) {
            checkArgument(
                    !(error < 0), "bars: expected errors of at least 0; got %s in '%s'. Give distances.", error, name);
        }
        int finite = (int) DoubleStream.of(heights).filter(Double::isFinite).count();
        return new ColumnLayer(List.of(new Group(name, Series.note(heights.length, finite), color, heights, errors)));
    }

    /** Returns these bars with those of {@code other} beside them. */
    ColumnLayer with(ColumnLayer other) {
        checkArgument(
                categories() == other.categories(),
                "bars: expected as many heights as before, %s; got %s. Use NaN where there is none.",
                categories(),
                other.categories());
        var all = new ArrayList<>(groups);
        all.addAll(other.groups);
        return new ColumnLayer(all);
    }

    /** Returns the bars among {@code layers}. */
    static Optional<ColumnLayer> in(List<Layer> layers) {
        return layers.stream()
                .filter(ColumnLayer.class::isInstance)
                .map(ColumnLayer.class::cast)
                .findFirst();
    }

    int categories() {
        return groups.get(0).heights().length;
    }

    /** Returns the lowest and the highest end of a bar or an error; zero is an end. */
    double[] ends() {
        var ends = groups.stream().flatMapToDouble(Group::ends).summaryStatistics();
        double low = Math.min(0, ends.getMin());
        double high = Math.max(0, ends.getMax());
        return low == high ? new double[] {0, 1} : new double[] {low, high};
    }

    @Override
    public void paint(Ink ink, Theme theme, Rectangle2D area, Axis x, Axis y) {
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            Color color = theme.ink(group.color());
            for (int i = 0; i < group.heights().length; i++) {
                if (!Double.isFinite(group.heights()[i])) {
                    continue;
                }
                Rectangle2D bar = bar(g, i, area, x, y);
                Hatch.fill(ink, area, List.of(bar), g, color, theme);
                if (group.hasError(i)) {
                    ink.draw(whisker(group, i, bar, area, y), theme.text(), WHISKER);
                }
            }
        }
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            for (int i = 0; i < group.heights().length; i++) {
                if (Double.isFinite(group.heights()[i])) {
                    Rectangle2D bar = bar(g, i, area, x, y);
                    if (box.intersects(bar)
                            || (group.hasError(i)
                                    && box.intersects(
                                            whisker(group, i, bar, area, y).getBounds2D()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private Rectangle2D bar(int g, int i, Rectangle2D area, Axis x, Axis y) {
        double category = area.getWidth() * (x.position(1) - x.position(0));
        double width = (1 - GAP) * category / groups.size();
        double center = area.getX() + area.getWidth() * x.position(i);
        double left = center + (g - groups.size() / 2.0) * width;
        double zero = area.getMaxY() - area.getHeight() * y.position(0);
        double end =
                area.getMaxY() - area.getHeight() * y.position(groups.get(g).heights()[i]);
        double gap = groups.size() > 1 ? Math.min(2, 0.1 * width) : 0;
        return new Rectangle2D.Double(left + gap / 2, Math.min(zero, end), width - gap, Math.abs(end - zero));
    }

    private static Path2D whisker(Group group, int i, Rectangle2D bar, Rectangle2D area, Axis y) {
        double half = Math.min(8, bar.getWidth() / 4);
        double center = bar.getCenterX();
        var path = new Path2D.Double();
        double[] ends = group.reach(i);
        for (double end : ends) {
            double at = area.getMaxY() - area.getHeight() * y.position(end);
            path.moveTo(center - half, at);
            path.lineTo(center + half, at);
        }
        path.moveTo(center, area.getMaxY() - area.getHeight() * y.position(ends[0]));
        path.lineTo(center, area.getMaxY() - area.getHeight() * y.position(ends[1]));
        return path;
    }
}
