package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;

/** A surface over a grid of the plane, in the colors of its height: level by level, with a line between levels. */
final class ContourLayer implements Layer {

    /** What rises to so many times the lowest height has levels of equal ratios. */
    private static final double DECADES = 100;

    /** Samples of a large picture, which is as coarse as this says. */
    private static final double MOST_SAMPLES = 4e6;

    private final double[] x;
    private final double[] y;
    private final double[][] z;
    private final Scale scale;

    /**
     * Makes a layer; the arrays are not copied.
     *
     * @param x at least two, rising
     * @param y likewise
     * @param z a row for each y
     */
    ContourLayer(double[] x, double[] y, double[][] z) {
        checkRising("x", x);
        checkRising("y", y);
        checkArgument(
                z.length == y.length && z[0].length == x.length,
                "contours: expected z of shape (%s, %s), a row for each y; got (%s, %s). Transpose it, or cut x and y.",
                y.length,
                x.length,
                z.length,
                z.length == 0 ? 0 : z[0].length);
        this.x = x;
        this.y = y;
        this.z = z;
        double[] heights = Arrays.stream(z)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .toArray();
        double low = Arrays.stream(heights).min().orElse(0);
        double high = Arrays.stream(heights).max().orElse(1);
        boolean decades = low > 0 && high / low >= DECADES;
        scale = Scale.ofLevels(decades ? Axis.log(low, high) : Axis.linear(low, high, 0));
    }

    private static void checkRising(String name, double... values) {
        checkArgument(
                values.length >= 2,
                "contours: expected at least two %s; got %s. Use more of them.",
                name,
                values.length);
        for (int i = 0; i < values.length; i++) {
            checkArgument(
                    Double.isFinite(values[i]) && (i == 0 || values[i] > values[i - 1]),
                    "contours: expected %s that rise; got %s at position %s. Sort them.",
                    name,
                    values[i],
                    i);
        }
    }

    double[] x() {
        return x;
    }

    double[] y() {
        return y;
    }

    @Override
    public long notFinite() {
        return Arrays.stream(z)
                .flatMapToDouble(Arrays::stream)
                .filter(height -> !Double.isFinite(height))
                .count();
    }

    @Override
    public Optional<Scale> scale() {
        return Optional.of(scale);
    }

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis xAxis, Axis yAxis) {
        return false;
    }

    @Override
    public void paint(Ink ink, Theme theme, Rectangle2D area, Axis xAxis, Axis yAxis) {
        double samples = Math.min(2, Math.sqrt(MOST_SAMPLES / (area.getWidth() * area.getHeight())));
        int width = (int) Math.ceil(samples * area.getWidth());
        int height = (int) Math.ceil(samples * area.getHeight());
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double[] columns = places(x, xAxis, width, false);
        double[] rows = places(y, yAxis, height, true);
        Color[] above = new Color[width];
        for (int j = 0; j < height; j++) {
            Color left = theme.paper();
            for (int i = 0; i < width; i++) {
                Color color = color(columns[i], rows[j], theme);
                boolean edge = (i > 0 && !color.equals(left)) || (j > 0 && !color.equals(above[i]));
                image.setRGB(i, j, (edge ? color.darker() : color).getRGB());
                left = color;
                above[i] = color;
            }
        }
        ink.image(image, area, true);
    }

    private Color color(double column, double row, Theme theme) {
        if (Double.isNaN(column) || Double.isNaN(row)) {
            return theme.paper();
        }
        int i = Math.min(x.length - 2, (int) column);
        int j = Math.min(y.length - 2, (int) row);
        double lower = Axis.between(z[j][i], z[j][i + 1], column - i);
        double upper = Axis.between(z[j + 1][i], z[j + 1][i + 1], column - i);
        boolean known = Double.isFinite(z[j][i] + z[j][i + 1]) && Double.isFinite(z[j + 1][i] + z[j + 1][i + 1]);
        return known ? scale.color(Axis.between(lower, upper, row - j), theme) : theme.frame();
    }

    /** Returns for each pixel how many values are before it, and which part of the way to the next; NaN beyond. */
    private static double[] places(double[] values, Axis axis, int count, boolean fromTop) {
        double[] places = new double[count];
        for (int i = 0; i < count; i++) {
            double position = (i + 0.5) / count;
            double value = axis.value(fromTop ? 1 - position : position);
            int before = Arrays.binarySearch(values, value);
            int index = before >= 0 ? before : -before - 2;
            places[i] = index < 0 || value > values[values.length - 1]
                    ? Double.NaN
                    : index == values.length - 1 ? index : index + Axis.part(values[index], values[index + 1], value);
        }
        return places;
    }
}
