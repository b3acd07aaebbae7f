package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ndgrad.nn.train.History;

class TrainingPlotsTest {

    private static final List<Double> LOSS = List.of(3.0, 2.0, 1.0);
    private static final List<Double> VALIDATION = List.of(3.5, 2.5, 2.0);

    @Test
    void lossesOfBothDataShareAPlot() {
        Figure history = TrainingPlots.history(ImmutableMap.of("loss", LOSS, "val_loss", VALIDATION));

        assertSame(
                history,
                Plot.titled("Loss").xLabel("epoch").line("training", LOSS).line("validation", VALIDATION));
    }

    @Test
    void measuresStandSideBySide() {
        Map<String, List<Double>> two = ImmutableMap.of(
                "loss", LOSS, "f1_macro", List.of(0.1, 0.2, 0.3), "val_loss", LOSS, "val_f1_macro", VALIDATION);

        assertThat(TrainingPlots.history(two).width()).isEqualTo(2 * 620);
        assertThat(TrainingPlots.history(two).height()).isEqualTo(460);
        BufferedImage image = TrainingPlots.history(two).image();
        assertThat(Pixels.strips(image, Palette.of(1), 2)).containsExactlyInAnyOrder(0, 1);
        assertThat(TrainingPlots.history(ImmutableMap.of("a", LOSS, "b", LOSS, "c", LOSS, "d", LOSS))
                        .width())
                .isEqualTo(2 * 620);
        assertThat(TrainingPlots.history(ImmutableMap.of("a", LOSS, "b", LOSS, "c", LOSS, "d", LOSS, "e", LOSS))
                        .width())
                .isEqualTo(3 * 620);
    }

    @Test
    void lineGoesOnToTheNextEpochThatWasMeasured() {
        List<Double> sparse = List.of(Double.NaN, 3.0, Double.NaN, 1.0);

        assertSame(
                TrainingPlots.history(ImmutableMap.of(
                        "loss", List.of(4, 3, 2, 1), "val_loss", sparse, "unused", List.of(Double.NaN))),
                Plot.titled("Loss")
                        .xLabel("epoch")
                        .line("training", 4, 3, 2, 1)
                        .line("validation", new double[] {2, 4}, new double[] {3, 1}));
    }

    @Test
    void whatFallsToAHundredthIsOnALogarithmicAxis() {
        assertSame(
                TrainingPlots.history(Map.of("loss", List.of(10.0, 1.0, 0.1))),
                Plot.titled("Loss").xLabel("epoch").logY().line("training", 10, 1, 0.1));
        assertSame(
                TrainingPlots.history(Map.of("accuracy", List.of(0.001, 0.5, 0.9))),
                Plot.titled("Accuracy").xLabel("epoch").line("training", 0.001, 0.5, 0.9));
        assertSame(
                TrainingPlots.history(Map.of("loss", List.of(10.0, 1.0, 0.0))),
                Plot.titled("Loss").xLabel("epoch").line("training", 10, 1, 0));
    }

    @Test
    void secondsAndAConstantRateAreLeftOut() {
        Map<String, List<Double>> series = ImmutableMap.of(
                "loss", LOSS, "learning_rate", List.of(0.1, 0.1, 0.1), "seconds", List.of(1.0, 2.0, 3.0));

        assertSame(TrainingPlots.history(series), TrainingPlots.history(Map.of("loss", LOSS)));
        assertThat(TrainingPlots.history(ImmutableMap.of("loss", LOSS, "learning_rate", List.of(0.3, 0.2, 0.1)))
                        .width())
                .isEqualTo(2 * 620);
    }

    @Test
    void whatIsMeasuredInValidationAloneSaysSo() {
        BufferedImage image = TrainingPlots.history(Map.of("val_roc_auc", LOSS)).image();

        assertThat(Pixels.count(image, Palette.of(1))).isPositive();
        assertThat(Pixels.count(image, Palette.of(0))).isZero();
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatThrownBy(() -> TrainingPlots.history(Map.of("loss", Collections.<Double>emptyList())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("history: expected series with numbers of at least one epoch; got none in [loss]. Train"
                        + " first.");
    }

    @Test
    void onlyInfiniteLossesAreCountedInTheLegend() {
        BufferedImage image = TrainingPlots.history(Map.of("loss", List.of(Double.POSITIVE_INFINITY)))
                .image();

        assertThat(Pixels.count(image, Palette.of(0))).isPositive();
    }

    @Test
    void historyOfATrainingGoesInAsItIs() {
        var history = new History();
        LOSS.forEach(loss -> history.add(Map.of("loss", loss)));

        assertSame(TrainingPlots.history(history), TrainingPlots.history(Map.of("loss", LOSS)));
        assertSame((Figure) history.plot(), TrainingPlots.history(history));
    }

    private static void assertSame(Figure first, Figure second) {
        assertThat(pixels(first)).isEqualTo(pixels(second));
    }

    private static String pixels(Figure figure) {
        BufferedImage image = figure.image();
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return image.getWidth() + " " + Arrays.hashCode(pixels);
    }
}
