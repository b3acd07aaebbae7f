package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SmallPngTest {

    @Test
    void aPictureOfFewColorsStaysAsItIs() throws IOException {
        byte[] png = png((x, y) -> x == y ? 0xD55E00 : (x / 9 + y / 9) % 2 == 0 ? 0x0072B2 : 0xFFFFFF);

        byte[] small = SmallPng.of(png);

        assertThat(small).hasSizeLessThan(png.length);
        assertThat(pixels(small)).isEqualTo(pixels(png));
    }

    @Test
    void shadesBetweenColorsStayNearlyAsTheyAre() throws IOException {
        byte[] png = png((x, y) -> ((55 + x) << 16) | ((255 - x / 2) << 8) | (y / 20));

        int[] small = pixels(SmallPng.of(png));

        int[] original = pixels(png);
        for (int i = 0; i < small.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat((small[i] >> shift) & 0xFF).isCloseTo((original[i] >> shift) & 0xFF, within(8));
            }
        }
    }

    static byte[] png(IntBinaryOperator color) throws IOException {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 200; x++) {
            for (int y = 0; y < 200; y++) {
                image.setRGB(x, y, color.applyAsInt(x, y));
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static int[] pixels(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
