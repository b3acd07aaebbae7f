package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FieldTest {

    @Test
    void probabilityFieldIsBlueForClass0AndRedForClass1() {
        BufferedImage image = square().probabilityField(Field.of((x0, x1) -> 1 / (1 + Math.exp(-8 * x0))))
                .image();

        assertThat(Pixels.isBluish(Pixels.at(image, 0.2, 0.5))).isTrue();
        assertThat(Pixels.isReddish(Pixels.at(image, 0.9, 0.5))).isTrue();
    }

    @Test
    void fieldIsStrongerWhereTheModelIsSurer() {
        BufferedImage image =
                square().probabilityField(Field.of((x0, x1) -> 0.5 + x1 / 2)).image();

        assertThat(Pixels.at(image, 0.5, 0.12).getBlue())
                .isLessThan(Pixels.at(image, 0.5, 0.35).getBlue());
    }

    @Test
    void upIsUp() {
        BufferedImage image =
                square().decisionRegions(Field.of((x0, x1) -> x1 > 0 ? 1 : 0)).image();

        assertThat(Pixels.at(image, 0.5, 0.2)).isEqualTo(Theme.LIGHT.tint(Palette.of(1), 0.38));
        assertThat(Pixels.at(image, 0.5, 0.8)).isEqualTo(Theme.LIGHT.tint(Palette.of(0), 0.38));
    }

    @Test
    void scoresOfSeveralClassesAreRowMajor() {
        Field logits = points -> Arrays.stream(points)
                .flatMapToDouble(p -> Arrays.stream(new double[] {-5 * p[0], 5 * p[0], 5 * p[1] + 3}))
                .toArray();
        BufferedImage image = square().probabilityField(logits).image();

        assertThat(Pixels.at(image, 0.15, 0.85)).isEqualTo(Theme.LIGHT.tint(Palette.of(0), 0.38));
        assertThat(Pixels.at(image, 0.9, 0.85)).isEqualTo(Theme.LIGHT.tint(Palette.of(1), 0.38));
        assertThat(Pixels.at(image, 0.5, 0.15)).isEqualTo(Theme.LIGHT.tint(Palette.of(2), 0.38));
    }

    @Test
    void pointsAreDrawnOverTheField() {
        BufferedImage image = Plot.titled("")
                .probabilityField(Field.of((x0, x1) -> x0))
                .xRange(0, 1)
                .scatter("a", new double[] {0.5}, new double[] {0.5}, Color.GREEN, Marker.SQUARE)
                .image();

        assertThat(Pixels.count(image, Color.GREEN)).isGreaterThan(20);
    }

    @Test
    void thousandClassesTakeNoLongerThanTwo() {
        Field classes = Field.of((x0, x1) -> Math.floorMod((int) (1e4 * x0) ^ (int) (1e4 * x1), 1000));
        Field scores = points -> {
            double[] all = new double[200 * points.length];
            for (int i = 0; i < points.length; i++) {
                all[200 * i + (points[i][0] < 0 ? 0 : 151)] = 1;
            }
            return all;
        };

        assertThat(Stopwatch.inTwoSeconds(square().decisionRegions(classes)::image))
                .isNotNull();
        BufferedImage image = Stopwatch.inTwoSeconds(square().probabilityField(scores)::image);
        assertThat(Pixels.isBluish(Pixels.at(image, 0.2, 0.5))).isTrue();
        assertThat(Pixels.isReddish(Pixels.at(image, 0.9, 0.5))).isTrue();
    }

    @Test
    void errorsTellWhatToDo() {
        assertError(
                square().probabilityField(Field.of((x0, x1) -> 2)),
                "probabilityField: expected the probability of class 1, in [0, 1]; got 2.0 at (-1.0, 1.0).");
        assertError(
                square().probabilityField(Field.of((x0, x1) -> Double.NaN)),
                "probabilityField: expected finite values; got NaN at (-1.0, 1.0).");
        assertError(
                square().decisionRegions(Field.of((x0, x1) -> 0.5)),
                "decisionRegions: expected a class index 0, 1, …; got 0.5 at (-1.0, 1.0). Use probabilityField");
        assertError(square().decisionRegions(points -> new double[1]), "decisionRegions: expected one value for each");
        assertError(
                square().probabilityField(points -> new double[0]),
                "probabilityField: expected one value or one per class for each of");
        assertThatThrownBy(() ->
                        Plot.titled("").probabilityField(Field.of((x, y) -> 0)).image())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a field alone needs xRange and yRange");
    }

    private static Plot square() {
        return Plot.titled("field").xRange(-1, 1).yRange(-1, 1);
    }

    private static void assertError(Plot plot, String message) {
        assertThatThrownBy(plot::image)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
