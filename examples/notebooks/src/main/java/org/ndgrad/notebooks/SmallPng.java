package org.ndgrad.notebooks;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures with a table of 256 colors, a third of the size: a notebook that is stored is read over a network. */
final class SmallPng {

    private static final int COLORS = 256;

    /** How many of the 8 bits of a color's part tell colors apart when they are counted. */
    private static final int BITS = 5;

    private SmallPng() {}

    /** Returns the same picture, with the colors that it has most of; or itself, if that is smaller. */
    static byte[] of(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            int width = image.getWidth();
            int height = image.getHeight();
            int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
            int[] palette = palette(pixels);
            var small = new BufferedImage(
                    width,
                    height,
                    BufferedImage.TYPE_BYTE_INDEXED,
                    new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
            Map<Integer, Integer> nearest = new HashMap<>();
            for (int i = 0; i < pixels.length; i++) {
                int index = nearest.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel));
                small.getRaster().setSample(i % width, i / width, 0, index);
            }
            var bytes = new ByteArrayOutputStream();
            try (var stream = new MemoryCacheImageOutputStream(bytes)) {
                ImageIO.write(small, "png", stream);
            }
            return bytes.size() < png.length ? bytes.toByteArray() : png;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the color that is most frequent in each of the fullest cells of a coarser grid of colors. */
    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        Map<Integer, Integer> totals = new HashMap<>();
        Map<Integer, Map.Entry<Integer, Integer>> most = new HashMap<>();
        counts.entrySet().forEach(entry -> {
            totals.merge(cell(entry.getKey()), entry.getValue(), Integer::sum);
            most.merge(cell(entry.getKey()), entry, (a, b) -> a.getValue() >= b.getValue() ? a : b);
        });
        List<Integer> cells = totals.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLORS)
                .map(Map.Entry::getKey)
                .toList();
        return cells.stream().mapToInt(cell -> most.get(cell).getKey()).toArray();
    }

    private static int cell(int pixel) {
        int low = 8 - BITS;
        return part(pixel, 16) >> low << 2 * BITS | part(pixel, 8) >> low << BITS | part(pixel, 0) >> low;
    }

    private static int nearest(int[] palette, int pixel) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], pixel) < distance(palette[best], pixel)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int red = part(a, 16) - part(b, 16);
        int green = part(a, 8) - part(b, 8);
        int blue = part(a, 0) - part(b, 0);
        return red * red + green * green + blue * blue;
    }

    private static int part(int pixel, int shift) {
        return pixel >> shift & 0xFF;
    }
}
