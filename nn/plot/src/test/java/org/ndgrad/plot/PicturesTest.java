package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PicturesTest {

    private static final Color GRAY = new Color(128, 128, 128);

    @Test
    void pixelsAreInkFromTheTopLeft() {
        BufferedImage image = Pictures.titled("")
                .columns(1)
                .add(new double[] {0, 1, 0.5, 7}, 2)
                .image();

        assertThat(Pixels.at(image, 0.3, 0.3)).isEqualTo(Color.WHITE);
        assertThat(Pixels.at(image, 0.7, 0.3)).isEqualTo(Color.BLACK);
        assertThat(Pixels.at(image, 0.3, 0.7)).isEqualTo(GRAY);
        assertThat(Pixels.at(image, 0.7, 0.7)).isEqualTo(Color.BLACK);
        assertThat(Pixels.count(image, GRAY)).isEqualTo(50 * 50);
    }

    @Test
    void colorsAreThreePlanesOfLight() {
        BufferedImage image = Pictures.titled("")
                .columns(1)
                .addRgb(new double[] {1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 2}, 2, "")
                .image();

        assertThat(Pixels.at(image, 0.3, 0.3)).isEqualTo(Color.RED);
        assertThat(Pixels.at(image, 0.7, 0.3)).isEqualTo(Color.GREEN);
        assertThat(Pixels.at(image, 0.3, 0.7)).isEqualTo(Color.BLUE);
        assertThat(Pixels.at(image, 0.7, 0.7)).isEqualTo(Color.WHITE);
        assertThatThrownBy(() -> Pictures.titled("").addRgb(new double[4], 2, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("addRgb: expected as many numbers for red, green and blue; got 4. Use add for a gray"
                        + " picture.");
        assertThatThrownBy(() -> Pictures.titled("").addRgb(new double[12], 3, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 4 pixels in rows of 3.");
    }

    @Test
    void picturesStandInRows() {
        Pictures pictures = Pictures.titled("").columns(3);
        for (int i = 0; i < 4; i++) {
            pictures.add(new double[] {i == 0 || i == 3 ? 1 : 0}, 1);
        }

        BufferedImage image = pictures.image();

        assertThat(image.getWidth()).isEqualTo(pictures.width()).isEqualTo(2 * 14 + 3 * 100 + 2 * 12);
        assertThat(image.getHeight()).isEqualTo(pictures.height()).isEqualTo(2 * 14 + 2 * 100 + 12);
        assertThat(Pixels.strips(image, Color.BLACK, 3)).containsExactly(0);
        assertThat(Pixels.extent(image, Color.BLACK).height).isEqualTo(2 * 100 + 12);
    }

    @Test
    void titleAndCaptionsTakeRoomWhereThereAreSome() {
        int plain = Pictures.titled("").add(new double[] {0}, 1).height();
        int titled = Pictures.titled("Zeros").add(new double[] {0}, 1).height();
        int both = Pictures.titled("Zeros").add(new double[] {0}, 1, "zero").height();

        assertThat(titled).isGreaterThan(plain);
        assertThat(both).isGreaterThan(titled);
    }

    @Test
    void longCaptionsDoNotTouchTheirNeighbors() {
        Pictures pictures = Pictures.titled("").columns(2);
        pictures.add(new double[] {0}, 1, "a caption that is far too long for one picture")
                .add(new double[] {0}, 1);

        BufferedImage below = pictures.image().getSubimage(0, 116, 240, 30);
        assertThat(Pixels.count(below.getSubimage(0, 0, 120, 30), Color.WHITE)).isLessThan(120 * 30);
        assertThat(Pixels.count(below.getSubimage(120, 0, 120, 30), Color.WHITE))
                .isEqualTo(120 * 30);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        Pictures pictures = Pictures.titled("").add(new double[6], 3);

        assertThatThrownBy(() -> pictures.add(new double[6], 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: expected rows of at least 1 pixel; got 6 pixels in rows of 4. Pass the picture's own"
                        + " width.");
        assertThatThrownBy(() -> pictures.add(new double[6], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: expected a picture of 3 × 2 pixels, as the first one; got 2 × 3. Put pictures of"
                        + " another size into a second figure.");
        assertThatThrownBy(() -> pictures.add(new double[] {0, 0, 0, 0, 0, Double.NaN}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: expected pixels in [0, 1]; got NaN. Look at how they are made.");
        assertThatThrownBy(() -> pictures.columns(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns: expected at least 1 column; got 0. Use columns(10).");
    }

    @Test
    void figureWithoutPicturesIsRefused() {
        assertThatThrownBy(() -> Pictures.titled("empty").image())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("image: expected something to draw; got no pictures. Add some.");
    }

    @Test
    void picturesSayWhatTheyAre() {
        assertThat(Pictures.titled("Digits").add(new double[1], 1)).hasToString("Pictures(\"Digits\", 1)");
    }
}
