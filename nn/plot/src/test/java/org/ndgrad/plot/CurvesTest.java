package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

    private static final double[][] ROC = {{0, 0}, {0, 0.5}, {0.5, 0.5}, {0.5, 1}, {1, 1}};
    private static final double[][] PERFECT = {{0, 0}, {0, 1}, {1, 1}};
    private static final double[][] PRECISION_RECALL = {{1, 0.5}, {1, 2 / 3.0}, {0.5, 0.5}, {0.5, 1}, {0, 1}};

    @Test
    void areasAreAucAndAveragePrecision() {
        assertThat(Curves.area(ROC)).isEqualTo(0.75);
        assertThat(Curves.area(PERFECT)).isEqualTo(1);
        assertThat(-Curves.area(Curves.steps(PRECISION_RECALL))).isEqualTo(0.5 * 2 / 3 + 0.5);
    }

    @Test
    void whatIsNotPerfectDoesNotLookSo() {
        assertThat(Curves.value("AUC", 0.9994)).isEqualTo("AUC 0.999");
        assertThat(Curves.value("AUC", 0.9996)).isEqualTo("AUC 0.9996");
        assertThat(Curves.value("AUC", 0.99997)).isEqualTo("AUC 0.99997");
        assertThat(Curves.value("AUC", 1 - 1e-15)).isEqualTo("AUC 1.000");
        assertThat(Curves.value("AP", 0)).isEqualTo("AP 0.000");
    }

    @Test
    void rocIsASquareWithTheCurveAndTheDiagonal() {
        BufferedImage image = ClassifierPlots.roc(ROC).image();

        assertThat(image.getWidth()).isEqualTo(image.getHeight());
        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(1000);
        assertThat(Pixels.strips(image, Theme.LIGHT.rule(), 10)).hasSizeGreaterThan(7);
        assertThat(Pixels.count(image, Palette.of(1))).isZero();
    }

    @Test
    void severalCurvesHaveColorsOfTheirOwn() {
        BufferedImage roc =
                ClassifierPlots.roc(List.of(ROC, PERFECT), "first", "second").image();
        BufferedImage precision = ClassifierPlots.precisionRecall(
                        List.of(PRECISION_RECALL, new double[][] {{1, 1}, {0, 1}}), "first", "second")
                .image();

        for (BufferedImage image : List.of(roc, precision)) {
            assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(300);
            assertThat(Pixels.count(image, Palette.of(1))).isGreaterThan(300);
        }
        BufferedImage middle = precision.getSubimage(100, precision.getHeight() / 2 - 40, 500, 80);
        assertThat(Pixels.count(middle, Theme.LIGHT.rule())).isZero();
    }

    @Test
    void precisionOfChanceIsTheShareOfTheClass() {
        BufferedImage image = ClassifierPlots.precisionRecall(PRECISION_RECALL).image();

        BufferedImage middle = image.getSubimage(0, image.getHeight() / 2 - 40, image.getWidth(), 80);
        assertThat(Pixels.strips(middle, Theme.LIGHT.rule(), 10)).hasSizeGreaterThan(7);
    }

    @Test
    void rangeOfOneHasTicksBetween() {
        BufferedImage image = ClassifierPlots.roc(PERFECT).image();

        BufferedImage below = image.getSubimage(90, image.getHeight() - 50, image.getWidth() - 180, 16);
        assertThat(Pixels.count(below, Color.WHITE)).isLessThan(below.getWidth() * below.getHeight());
    }

    @Test
    void whatIsNoCurveIsRefused() {
        assertError(
                () -> ClassifierPlots.roc(new double[][] {{0, 0}}),
                "roc: expected at least two points; got 1. Pass points() of a RocCurve.");
        assertError(
                () -> ClassifierPlots.roc(new double[][] {{0, 0}, {0.5, Double.NaN}, {1, 1}}),
                "roc: expected false and true positive rates that go up from (0, 0) to (1, 1); got [0.5, NaN] at"
                        + " position 1. Pass points() of a RocCurve.");
        assertError(
                () -> ClassifierPlots.roc(new double[][] {{0, 0}, {0.5, 0.5}, {0.4, 0.6}, {1, 1}}),
                "got [0.4, 0.6] at position 2.");
        assertError(() -> ClassifierPlots.roc(new double[][] {{0, 0}, {0.5, 1}}), "got [0.5, 1.0] at position 1.");
        assertError(() -> ClassifierPlots.roc(new double[][] {{0, 0, 0}, {1, 1}}), "got [0.0, 0.0, 0.0]");
        assertError(() -> ClassifierPlots.roc(PRECISION_RECALL), "got [1.0, 0.5] at position 0.");
        assertError(
                () -> ClassifierPlots.precisionRecall(ROC),
                "precisionRecall: expected recalls that go down from 1 to 0; got [0.0, 0.0] at position 0. Pass"
                        + " points() of a PrecisionRecallCurve.");
        assertError(
                () -> ClassifierPlots.precisionRecall(new double[][] {{1, 0.5}, {0, 1.5}}),
                "got [0.0, 1.5] at position 1.");
        assertError(
                () -> ClassifierPlots.roc(List.of(ROC, PERFECT), "first"),
                "roc: expected one name for each of 2 curves; got 1. Name all of them.");
        assertError(
                () -> ClassifierPlots.roc(Collections.emptyList()),
                "roc: expected at least one curve; got none. Pass its points.");
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
