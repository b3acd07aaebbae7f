package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class ClassifierPlotsTest {

    @Test
    void predictionsOfBothClassesAndTheThresholdAreShown() {
        BufferedImage image = ClassifierPlots.predictions(
                        new double[] {0, 0.1, 0.6, 0.9, 1}, new int[] {0, 0, 0, 1, 1}, "benign", "malignant")
                .image();

        assertThat(Pixels.strips(image, Palette.of(0), 10)).contains(1, 6);
        assertThat(Pixels.strips(image, Palette.of(1), 10)).contains(9);
        assertThat(Pixels.count(image, Theme.LIGHT.rule())).isPositive();
    }

    @Test
    void confusionMatrixHasTrueClassesAsRowsAndShadesOfTheRow() {
        BufferedImage image = ClassifierPlots.confusionMatrix(new int[][] {{0, 10}, {0, 4}}, "cat", "dog")
                .image();

        assertThat(Pixels.at(image, 0.75, 0.12)).isEqualTo(Palette.of(0));
        assertThat(Pixels.at(image, 0.75, 0.85)).isEqualTo(Palette.of(0));
        assertThat(Pixels.at(image, 0.3, 0.12).getRGB()).isEqualTo(-1);
        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(100_000);
    }

    @Test
    void confusionMatrixCountsPairs() {
        int[] targets = {0, 0, 1, 2};
        int[] predictions = {0, 1, 1, 2};

        BufferedImage counted =
                ClassifierPlots.confusionMatrix(targets, predictions).image();
        BufferedImage given = ClassifierPlots.confusionMatrix(new int[][] {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}})
                .image();

        assertThat(pixels(counted)).isEqualTo(pixels(given));
    }

    @Test
    void countsMayBeLongAndSharesAreShownAsTheyAre() {
        BufferedImage ints =
                ClassifierPlots.confusionMatrix(new int[][] {{1, 1}, {0, 4}}).image();
        BufferedImage longs =
                ClassifierPlots.confusionMatrix(new long[][] {{1, 1}, {0, 4}}).image();
        BufferedImage shares = ClassifierPlots.confusionMatrix(new double[][] {{0.5, 0.5}, {0, 1}})
                .image();

        assertThat(pixels(longs)).isEqualTo(pixels(ints));
        assertThat(pixels(shares)).isNotEqualTo(pixels(ints));
        for (BufferedImage image : List.of(ints, shares)) {
            assertThat(Pixels.at(image, 0.3, 0.12)).isEqualTo(Theme.LIGHT.tint(Palette.of(0), 0.5));
            assertThat(Pixels.at(image, 0.75, 0.85)).isEqualTo(Palette.of(0));
        }
        assertError(
                () -> ClassifierPlots.confusionMatrix(new double[][] {{3}}),
                "confusionMatrix: expected shares in [0, 1]; got 3.0. Pass counts as whole numbers.");
        assertError(() -> ClassifierPlots.confusionMatrix(new double[][] {{Double.NaN}}), "got NaN.");
    }

    @Test
    void countsStandOutFromEveryShade() {
        for (double shade = 0; shade <= 1; shade += 0.03) {
            double share = shade;
            BufferedImage image =
                    ClassifierPlots.confusionMatrix(new double[][] {{share}}).image();
            Color paper = Pixels.at(image, 0.3, 0.3);
            Color text = Pixels.count(image.getSubimage(330, 280, 120, 60), Color.WHITE) > 0 && share > 0
                    ? Color.WHITE
                    : Theme.LIGHT.text();
            assertThat(contrast(paper, text)).as("at %s", share).isGreaterThan(3);
        }
    }

    /** WCAG 2: large text needs 3. */
    private static double contrast(Color a, Color b) {
        double first = luminance(a) + 0.05;
        double second = luminance(b) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    private static double luminance(Color color) {
        float[] parts = color.getRGBColorComponents(null);
        double[] linear = new double[3];
        Arrays.setAll(linear, i -> parts[i] <= 0.04045 ? parts[i] / 12.92 : Math.pow((parts[i] + 0.055) / 1.055, 2.4));
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    @Test
    void manyClassesGetALargerPicture() {
        int[] targets = {0, 25};

        assertThat(ClassifierPlots.confusionMatrix(targets, targets).width()).isEqualTo(1580);
        assertThat(ClassifierPlots.confusionMatrix(targets, targets).image().getWidth())
                .isEqualTo(1580);
    }

    @Test
    void errorsTellWhatToDo() {
        assertError(
                () -> ClassifierPlots.predictions(new double[] {1.5}, new int[] {0}),
                "predictions: expected probabilities in [0, 1]; got 1.5. Apply a sigmoid to the logits.");
        assertError(() -> ClassifierPlots.predictions(new double[] {Double.NaN}, new int[] {0}), "got NaN.");
        assertError(
                () -> ClassifierPlots.predictions(new double[] {1}, new int[] {}),
                "predictions: expected as many probabilities as classes; got 1 and 0.");
        assertError(
                () -> ClassifierPlots.confusionMatrix(new int[][] {{1, 2}}),
                "confusionMatrix: expected shape (1, 1); got a row of length 2.");
        assertError(() -> ClassifierPlots.confusionMatrix(new int[][] {{-1}}), "got -1.");
        assertError(() -> ClassifierPlots.confusionMatrix(new int[][] {}), "expected at least one class");
        assertError(
                () -> ClassifierPlots.confusionMatrix(new int[][] {{1}}, "a", "b"),
                "confusionMatrix: expected one name for each of 1 classes; got 2.");
        Plot matrix = ClassifierPlots.confusionMatrix(new int[][] {{1}});
        assertThatThrownBy(() -> matrix.line("a", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a matrix to stand alone");
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static String pixels(BufferedImage image) {
        return Arrays.toString(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
    }

    @Test
    void countsAreWrittenExactly() {
        long[][] counts = {{(1L << 53) + 1, Long.MAX_VALUE - 1}, {0, 1}};

        for (Object each : new Object[] {counts, Tensor.of((Object[]) counts)}) {
            assertThat(ClassifierPlots.confusionMatrix(each).svg())
                    .contains("9007199254740993")
                    .contains("9223372036854775806");
        }
    }
}
