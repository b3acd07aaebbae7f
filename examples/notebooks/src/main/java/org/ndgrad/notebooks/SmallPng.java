package org.ndgrad.notebooks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

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
            // each row begins with the number of its filter, 0
            byte[] rows = new byte[(width + 1) * height];
            Map<Integer, Byte> nearest = new HashMap<>();
            for (int i = 0; i < pixels.length; i++) {
                rows[i + i / width + 1] = nearest.computeIfAbsent(pixels[i], pixel -> (byte) nearest(palette, pixel));
            }
            byte[] small = write(width, height, palette, rows);
            return small.length < png.length ? small : png;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a PNG file. That of ImageIO for the same pixels is half as large again. */
    private static byte[] write(int width, int height, int[] palette, byte[] rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        var file = new DataOutputStream(bytes);
        byte depth = 8;
        byte indexed = 3;
        byte[] header = {depth, indexed, 0, 0, 0};
        addChunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13).putInt(width).putInt(height).put(header).array());
        ByteBuffer colors = ByteBuffer.allocate(3 * palette.length);
        for (int color : palette) {
            colors.put((byte) part(color, 16)).put((byte) part(color, 8)).put((byte) part(color, 0));
        }
        addChunk(file, "PLTE", colors.array());
        var compressed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflater.write(rows);
        }
        addChunk(file, "IDAT", compressed.toByteArray());
        addChunk(file, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void addChunk(DataOutputStream file, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeInt(data.length);
        file.write(name);
        file.write(data);
        file.writeInt((int) crc.getValue());
    }

    /** A color that is more frequent than others like it, with its count and that of all of them. */
    private record Shade(int color, int count, int total) {

        Shade plus(Shade other) {
            Shade more = count >= other.count ? this : other;
            return new Shade(more.color, more.count, total + other.total);
        }
    }

    /** Returns the color that is most frequent in each of the fullest cells of a coarser grid of colors. */
    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        Map<Integer, Shade> cells = new TreeMap<>();
        counts.forEach((color, count) -> cells.merge(cell(color), new Shade(color, count, count), Shade::plus));
        return cells.values().stream()
                .sorted(Comparator.comparingInt(Shade::total).reversed())
                .limit(COLORS)
                .mapToInt(Shade::color)
                .toArray();
    }

    private static int cell(int pixel) {
        int low = 8 - BITS;
        return ((part(pixel, 16) >> low) << (2 * BITS)) | ((part(pixel, 8) >> low) << BITS) | (part(pixel, 0) >> low);
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
        return (pixel >> shift) & 0xFF;
    }
}
