package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Histograms over the same bins, their bars side by side within each bin. */
record BarLayer(double from, double to, List<Histogram> histograms) implements Layer {

    /** How many values fall into each bin; the note says how many are none. */
    record Histogram(String name, String note, Color color, List<Long> counts) {}

    /** Counts {@code values}; the last bin includes {@code to}. */
    static BarLayer of(String name, double[] values, double from, double to, int bins, Color color) {
        checkArgument(!name.isBlank(), "histogram: expected a name for the legend; got an empty one. Name the values.");
        Axes.checkRange("histogram", from, to);
        checkArgument(
                bins >= 1 && bins <= 1000, "histogram: expected 1 to 1000 bins; got %s. 20 is a good start.", bins);
        long[] counts = new long[bins];
        for (double value : values) {
            if (value >= from && value <= to) {
                counts[Math.min(bins - 1, (int) (Axis.part(from, to, value) * bins))]++;
            }
        }
        int finite = (int) Arrays.stream(values).filter(Double::isFinite).count();
        String note = Series.note(values.length, finite);
        return new BarLayer(from, to, List.of(new Histogram(name, note, color, Longs.asList(counts))));
    }

    /** Returns these bars with those of {@code other} beside them. */
    BarLayer with(BarLayer other) {
        checkArgument(
                from == other.from && to == other.to && bins() == other.bins(),
                "histogram: expected the same bins as before, %s in [%s, %s]; got %s in [%s, %s]. Use the same for all.",
                bins(),
                from,
                to,
                other.bins(),
                other.from,
                other.to);
        var all = new ArrayList<>(histograms);
        all.addAll(other.histograms);
        return new BarLayer(from, to, all);
    }

    private int bins() {
        return histograms.get(0).counts().size();
    }

    /** Returns the bars among {@code layers}. */
    static Optional<BarLayer> in(List<Layer> layers) {
        return layers.stream()
                .filter(BarLayer.class::isInstance)
                .map(BarLayer.class::cast)
                .findFirst();
    }

    /** Returns the height of the highest bar. */
    long highest() {
        long highest = 1;
        for (Histogram histogram : histograms) {
            for (long count : histogram.counts()) {
                highest = Math.max(highest, count);
            }
        }
        return highest;
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Axis x, Axis y) {
        for (int h = 0; h < histograms.size(); h++) {
            g.setColor(histograms.get(h).color());
            bars(h, area, x, y).forEach(g::fill);
        }
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        for (int h = 0; h < histograms.size(); h++) {
            if (bars(h, area, x, y).stream().anyMatch(box::intersects)) {
                return true;
            }
        }
        return false;
    }

    private List<Rectangle2D> bars(int h, Rectangle2D area, Axis x, Axis y) {
        List<Long> counts = histograms.get(h).counts();
        double first = area.getX() + area.getWidth() * x.position(from);
        double last = area.getX() + area.getWidth() * x.position(to);
        var bars = new ArrayList<Rectangle2D>();
        for (int bin = 0; bin < counts.size(); bin++) {
            // parts of the axis: there may be no doubles between the bins
            double left = Axis.between(first, last, (double) bin / counts.size());
            double right = Axis.between(first, last, (bin + 1.0) / counts.size());
            double gap = Math.min(3, 0.15 * (right - left));
            double width = (right - left - gap) / histograms.size();
            double top = area.getMaxY() - area.getHeight() * y.position(counts.get(bin));
            if (counts.get(bin) > 0) {
                double bar = left + gap / 2 + h * width;
                bars.add(new Rectangle2D.Double(bar, top, width, area.getMaxY() - top));
            }
        }
        return bars;
    }
}
