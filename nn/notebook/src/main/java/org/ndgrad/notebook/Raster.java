package org.ndgrad.notebook;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.plot.Figure;

/** Tensors as pixels. */
final class Raster {

    /** Of a larger side, only as many rows or columns are taken, evenly spaced. */
    private static final int MOST = 256;

    /** About the longer side of what is shown, on the screen. */
    private static final int SIDE = 240;

    /** From dark to light, told apart in gray and by those who are color-blind. */
    private static final int[] SEQUENTIAL = {0x00204d, 0x414d6b, 0x7c7b78, 0xbcaf6f, 0xffea46};

    /** Around 0. */
    private static final int[] DIVERGING = {0x2166ac, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xb2182b};

    private Raster() {}

    /** Whether all values are in a range; only as many as a picture shows are looked at. */
    static boolean isWithin(Tensor tensor, double low, double high) {
        return Arrays.stream(sampled(tensor).toDoubleArray()).allMatch(value -> value >= low && value <= high);
    }

    /** Returns a picture of shape (H, W), (1, H, W) or (3, H, W), of bytes or of numbers in [0, 1]. */
    static String picture(Tensor tensor) {
        Tensor shown = sampled(tensor);
        double scale = tensor.dtype() == DataType.UINT8 ? 1 : 255;
        int height = (int) shown.size(-2);
        int width = (int) shown.size(-1);
        double[] values = shown.toDoubleArray();
        int channels = values.length / (height * width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                double value = values[Math.min(channel, channels - 1) * height * width + i];
                rgb = rgb << 8 | (int) Math.round(value * scale);
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return pixels(image);
    }

    /** Returns a heat map of a matrix with its scale. What is not finite is left out. */
    static String heatMap(Tensor matrix) {
        Tensor shown = sampled(matrix);
        int height = (int) shown.size(0);
        int width = (int) shown.size(1);
        double[] values = shown.toDoubleArray();
        double low = finite(values).min().orElse(0);
        double high = finite(values).max().orElse(0);
        boolean isSigned = low < 0 && high > 0;
        double most = Math.max(-low, high);
        double from = isSigned ? -most : low;
        double to = isSigned ? most : high;
        int[] colors = isSigned ? DIVERGING : SEQUENTIAL;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                image.setRGB(
                        i % width,
                        i / width,
                        color(colors, to == from ? 0.5 : (values[i] / 2 - from / 2) / (to / 2 - from / 2)));
            }
        }
        BufferedImage scale = new BufferedImage(64, 1, BufferedImage.TYPE_INT_ARGB);
        IntStream.range(0, 64).forEach(i -> scale.setRGB(i, 0, color(colors, i / 63.0)));
        long missing =
                Arrays.stream(values).filter(value -> !Double.isFinite(value)).count();
        return pixels(image)
                + Html.pixels(Figure.png(scale), SIDE, 8)
                + Html.caption(String.format(Locale.ROOT, "%.4g to %.4g", from, to)
                        + (missing == 0 ? "" : ", clear where not finite")
                        + (shown.numel() == matrix.numel() ? "" : ", every few rows or columns"));
    }

    private static DoubleStream finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite);
    }

    private static int color(int[] colors, double position) {
        double place = position * (colors.length - 1);
        int i = Math.min((int) place, colors.length - 2);
        double share = place - i;
        int rgb = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = colors[i] >> shift & 0xff;
            int to = colors[i + 1] >> shift & 0xff;
            rgb = rgb << 8 | (int) Math.round(from + share * (to - from));
        }
        return rgb;
    }

    private static String pixels(BufferedImage image) {
        double factor = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
        factor = factor >= 2 ? Math.floor(factor) : Math.max(1, factor);
        return Html.pixels(Figure.png(image), (int) Math.round(image.getWidth() * factor), (int)
                Math.round(image.getHeight() * factor));
    }

    /** Returns at most {@link #MOST} rows and columns, as doubles. */
    private static Tensor sampled(Tensor tensor) {
        Tensor shown = tensor;
        for (int dim = tensor.ndim() - 2; dim < tensor.ndim(); dim++) {
            long size = tensor.size(dim);
            if (size > MOST) {
                shown = shown.indexSelect(
                        dim,
                        Tensor.of(LongStream.range(0, MOST)
                                .map(i -> i * size / MOST)
                                .toArray()));
            }
        }
        return shown;
    }
}
