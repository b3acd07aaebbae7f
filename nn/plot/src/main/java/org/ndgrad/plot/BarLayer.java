package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.Longs;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Histograms over the same bins, their bars side by side within each bin. */
record BarLayer(double from, double to, int bins, boolean automatic, List<Histogram> histograms) implements Layer {

    /**
     * How many values fall into each bin; the note says how many are none.
     *
     * @param sorted the values that are finite, or none where the bins are given
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Histogram(String name, String note, Color color, double[] sorted, List<Long> counts) {}

    /** Counts {@code values}; the last bin includes {@code to}. */
    static BarLayer of(String name, double[] values, double from, double to, int bins, Color color) {
        checkNotNull(name, "histogram: expected a name for the legend; got null. Name the values.");
        checkArgument(!name.isBlank(), "histogram: expected a name for the legend; got an empty one. Name the values.");
        Axes.checkRange("histogram", from, to);
        checkArgument(
                bins >= 1 && bins <= 1000, "histogram: expected 1 to 1000 bins; got %s. 20 is a good start.", bins);
        int finite = (int) Arrays.stream(values).filter(Double::isFinite).count();
        String note = Series.note(values.length, finite);
        var histogram = new Histogram(name, note, color, new double[0], counts(values, from, to, bins));
        return new BarLayer(from, to, bins, false, List.of(histogram));
    }

    /** Counts {@code values} in as many bins as suit them. */
    static BarLayer of(String name, double[] values, Color color) {
        Histogram given = of(name, values, 0, 1, 1, color).histograms.get(0);
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return fitted(List.of(new Histogram(name, given.note, color, sorted, given.counts)));
    }

    /** Returns histograms of the same bins over all that is finite. */
    private static BarLayer fitted(List<Histogram> all) {
        List<double[]> some = all.stream()
                .map(Histogram::sorted)
                .filter(sorted -> sorted.length > 0)
                .toList();
        double low = some.stream().mapToDouble(sorted -> sorted[0]).min().orElse(0);
        double high = some.stream()
                .mapToDouble(sorted -> sorted[sorted.length - 1])
                .max()
                .orElse(1);
        Axis axis = Axis.linear(low, high, 0); // around a single value, too
        double start = axis.value(0);
        double end = axis.value(1);
        int count = some.stream()
                .mapToInt(sorted -> Statistics.bins(start, end, sorted))
                .max()
                .orElse(1);
        List<Histogram> counted = all.stream()
                .map(h -> new Histogram(h.name, h.note, h.color, h.sorted, countsOfSorted(h.sorted, start, end, count)))
                .toList();
        return new BarLayer(start, end, count, true, counted);
    }

    /** Looks for the ends of the bins: a plot gets one histogram after the other, and counts all anew each time. */
    private static List<Long> countsOfSorted(double[] sorted, double from, double to, int bins) {
        long[] counts = new long[bins];
        int before = 0;
        for (int bin = 0; bin < bins; bin++) {
            int low = before;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (bin(from, to, bins, sorted[middle]) <= bin) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            counts[bin] = (long) low - before;
            before = low;
        }
        return Longs.asList(counts);
    }

    private static int bin(double from, double to, int bins, double value) {
        return Math.min(bins - 1, (int) (Axis.part(from, to, value) * bins));
    }

    private static List<Long> counts(double[] values, double from, double to, int bins) {
        long[] counts = new long[bins];
        for (double value : values) {
            if (value >= from && value <= to) {
                counts[bin(from, to, bins, value)]++;
            }
        }
        return Longs.asList(counts);
    }

    /** Returns these bars with those of {@code other} beside them. */
    BarLayer with(BarLayer other) {
        var all = new ArrayList<>(histograms);
        all.addAll(other.histograms);
        if (automatic && other.automatic) {
            return fitted(all);
        }
        checkArgument(
                from == other.from && to == other.to && bins == other.bins,
                "histogram: expected the same bins as before, %s in [%s, %s]; got %s in [%s, %s]. Use the same for all.",
                bins,
                from,
                to,
                other.bins,
                other.from,
                other.to);
        return new BarLayer(from, to, bins, false, all);
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
    public void paint(Ink ink, Theme theme, Rectangle2D area, Axis x, Axis y) {
        for (int h = 0; h < histograms.size(); h++) {
            Color color = theme.ink(histograms.get(h).color());
            Hatch.fill(ink, area, bars(h, area, x, y), h, color, theme);
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
