package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void aPictureIsSeenWholeInTheMiddle() {
        Window.View picture = new Window.View(halves());

        assertThat(picture.getPreferredSize()).isEqualTo(new Dimension(200, 100));
        assertColors(painted(picture, 100, 100), Color.RED, 2, 50, Color.BLUE, 97, 50); // of half its size
        assertColors(painted(picture, 400, 300), Color.RED, 102, 102, Color.BLUE, 297, 197); // not made larger
    }

    /** Red on the left, blue on the right. */
    private static BufferedImage halves() {
        var image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                image.setRGB(x, y, (x < 100 ? Color.RED : Color.BLUE).getRGB());
            }
        }
        return image;
    }

    private static BufferedImage painted(Window.View picture, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        picture.setSize(width, height);
        picture.paintComponent(g);
        g.dispose();
        return image;
    }

    private static void assertColors(BufferedImage image, Object... colorsAndPlaces) {
        for (int i = 0; i < colorsAndPlaces.length; i += 3) {
            int x = (int) colorsAndPlaces[i + 1];
            int y = (int) colorsAndPlaces[i + 2];

            assertThat(new Color(image.getRGB(x, y))).isEqualTo(colorsAndPlaces[i]);
        }
    }
}
