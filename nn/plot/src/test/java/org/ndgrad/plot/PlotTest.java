package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotTest {

    private static final double[][] CORNERS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    @Test
    void lossCurvesHaveTheAskedSizeAndOneColorPerSeries() {
        Plot plot = Plot.titled("Loss")
                .xLabel("epoch")
                .yLabel("loss")
                .size(640, 400)
                .line("training", 1.0, 0.5, 0.25)
                .line("validation", List.of(1.2f, 0.7f, 0.4f));

        BufferedImage image = plot.image();

        assertThat(image.getWidth()).isEqualTo(640).isEqualTo(plot.width());
        assertThat(image.getHeight()).isEqualTo(400).isEqualTo(plot.height());
        assertThat(Pixels.count(image, Palette.of(0))).isPositive();
        assertThat(Pixels.count(image, Palette.of(1))).isPositive();
        assertThat(Pixels.count(image, Palette.of(2))).isZero();
        assertThat(Pixels.at(image, 0.01, 0.01)).isEqualTo(Color.WHITE);
    }

    @Test
    void drawingTwiceGivesTheSamePicture() {
        Plot plot = Plot.titled("Loss").line("a", 3, 2, 1).logY();

        assertThat(pixels(plot.image())).isEqualTo(pixels(plot.image()));
    }

    @Test
    void lineBreaksWhereValuesAreNotFinite() {
        double[] y = new double[100];
        for (int i = 40; i < 60; i++) {
            y[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        BufferedImage image = Plot.titled("").line("a", y).yRange(-1, 10).image();

        assertThat(Pixels.strips(image, Palette.of(0), 20)).contains(4, 15).doesNotContain(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -3, 1e-300, 1e300, 1e12})
    void singlePointIsVisible(double value) {
        BufferedImage image = Plot.titled("one").line("a", value).image();

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(20);
    }

    @Test
    void hugeAndTinyRangesCanBeDrawn() {
        assertThat(Plot.titled("").line("a", -1e300, 1e300).image()).isNotNull();
        assertThat(Plot.titled("").line("a", 1e-300, 3e-300).logY().image()).isNotNull();
        assertThat(Plot.titled("").line("a", 1e-300, 1e300).logY().image()).isNotNull();
        assertThat(Plot.titled("").line("a", 1, 1 + 1e-12).image()).isNotNull();
        assertThat(Plot.titled("").line("a", 1e9, 1e9 + 1).size(200, 150).image())
                .isNotNull();
    }

    @Test
    void logarithmicXGivesDecadesTheSameRoom() {
        double[] x = {1, 10, 100};
        BufferedImage image = Plot.titled("")
                .scatter("a", x, new double[] {1, 1, 1}, Color.RED, Marker.SQUARE)
                .xRange(0.1, 1000)
                .logX()
                .image();

        // The labels stand on the left, so a quarter of the area is at 0.29 of the picture, and a half is at 0.52.
        assertThat(Pixels.strips(image, Color.RED, 10)).containsExactlyInAnyOrder(2, 5, 7);
    }

    @Test
    void namesStandAtTheWholeNumbersOfX() {
        BufferedImage image = Plot.titled("")
                .xNames("one", "two")
                .scatter("a", new double[] {0, 1}, new double[] {1, 1}, Color.RED, Marker.SQUARE)
                .image();

        assertThat(Pixels.strips(image, Color.RED, 10)).containsExactlyInAnyOrder(2, 7);
    }

    @Test
    void functionIsDrawnOverItsRange() {
        BufferedImage image =
                Plot.titled("tanh").function("tanh", -3, 3, Math::tanh).image();

        assertThat(Pixels.strips(image, Palette.of(0), 10)).contains(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void classesHaveTheirOwnColors() {
        BufferedImage image = Plot.titled("XOR")
                .scatter(CORNERS, new int[] {0, 1, 1, 0}, "equal", "different")
                .image();

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(50);
        assertThat(Pixels.count(image, Palette.of(1))).isGreaterThan(50);
    }

    @Test
    void twentySeriesHaveColorsOfTheirOwn() {
        assertThat(IntStream.range(0, 20).mapToObj(Palette::of)).doesNotHaveDuplicates();
    }

    @Test
    void classKeepsItsColorIfAnotherHasNoPoints() {
        BufferedImage image = Plot.titled("")
                .scatter(new double[][] {{0, 0}, {1, 1}}, new int[] {2, 2})
                .image();

        assertThat(Pixels.count(image, Palette.of(2))).isPositive();
        assertThat(Pixels.count(image, Palette.of(0))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void pointsHaveTheColorAndMarkerAskedFor(int marker) {
        BufferedImage image = Plot.titled("")
                .scatter("a", new double[] {0, 1, 2}, new double[] {0, 1, Double.NaN}, Color.MAGENTA, Marker.of(marker))
                .image();

        assertThat(Pixels.count(image, Color.MAGENTA)).isPositive();
    }

    @Test
    void histogramsStandSideBySide() {
        BufferedImage image = Plot.titled("weights")
                .histogram("first", new double[] {0.1, 0.1, 0.9}, 0, 1, 2)
                .histogram("second", new double[] {0.1, 1.0}, 0, 1, 2)
                .verticalLine("middle", 0.5)
                .image();

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(10_000);
        assertThat(Pixels.count(image, Palette.of(1))).isGreaterThan(10_000);
        assertThat(Pixels.count(image, Theme.LIGHT.rule())).isPositive();
    }

    @Test
    void legendMovesBelowWhereAllCornersAreTaken() {
        double[] x = new double[2500];
        double[] y = new double[2500];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 50;
            y[i] = Math.floor(i / 50.0);
        }
        BufferedImage image =
                Plot.titled("").scatter("a", x, y).scatter("b", x, y).image();

        assertThat(Pixels.count(image.getSubimage(0, 540, 900, 60), Palette.of(0)))
                .isPositive();
    }

    @Test
    void longNamesAndTitlesAreCut() {
        String name = "a very long name ".repeat(20);

        assertThat(Plot.titled(name).line(name, 1, 2).line(name, 2, 1).image().getWidth())
                .isEqualTo(900);
    }

    @Test
    void seriesWithoutPointsAreNamesInTheLegend() {
        double[] none = {};
        for (Plot plot : List.of(
                Plot.titled("").line("a"),
                Plot.titled("").line("a", List.of()).logX().logY(),
                Plot.titled("").line("a", Double.NaN, Double.POSITIVE_INFINITY),
                Plot.titled("").scatter("a", none, none),
                Plot.titled("").scatter(new double[0][], none),
                Plot.titled("").histogram("a", none, 0, 1, 5),
                Plot.titled("").histogram("a", Double.NaN, 0, 1, 5))) {
            assertThat(Pixels.count(plot.image(), Palette.of(0))).isBetween(20, 200);
        }
    }

    @Test
    void legendSaysHowManyPointsAreLeftOut() {
        assertThat(Series.note(100, 97)).isEqualTo(" (3 of 100 not finite)");
        assertThat(Series.note(0, 0)).isEqualTo(" (no points)");
        assertThat(Series.note(3, 3)).isEmpty();
    }

    @Test
    void whatIsNotPositiveIsLeftOutOfALogarithmicAxisAndCounted() {
        Plot plot = Plot.titled("").line("loss", 10, 0, 1, Double.NaN, -3, 0.1);
        assertThat(plot.svg()).contains("(1 of 6 not finite)").doesNotContain("not positive");
        assertThat(plot.logY().svg()).contains("(1 of 6 not finite, 2 of 6 not positive)", ">10<", ">0.1<");

        double[] x = {0, 1, 10};
        double[] y = {1, 2, 0};
        assertThat(Plot.titled("").scatter("a", x, y).logX().svg()).contains("(1 of 3 not positive)");
        assertThat(Plot.titled("").logX().logY().scatter("a", x, y).svg()).contains("(2 of 3 not positive)");
        assertThat(Plot.titled("").line("a", 1, 2).logX().logY().svg()).doesNotContain("not positive");
    }

    @Test
    void logarithmicAxisFitsWhatIsLeft() {
        double[] y = {5, 1, 9};
        BufferedImage withZero =
                Plot.titled("").line("a", new int[] {0, 1, 10}, y).logX().image();
        BufferedImage withNaN = Plot.titled("")
                .line("a", new double[] {Double.NaN, 1, 10}, y)
                .logX()
                .image();

        assertThat(Pixels.extent(withZero, Palette.of(0)).width).isGreaterThan(700);
        assertThat(Pixels.count(withZero, Palette.of(0))).isEqualTo(Pixels.count(withNaN, Palette.of(0)));
    }

    @Test
    void nothingPositiveIsAnEmptyPlotThatSaysSo() {
        for (Plot plot : List.of(
                Plot.titled("").line("a", 0, -1).logY(),
                Plot.titled("")
                        .scatter("a", new int[] {0, -1}, new int[] {1, 1})
                        .logX(),
                Plot.titled("").band("a", new double[][] {{-1, -2}, {-2, -3}}).logY())) {
            assertThat(plot.svg()).contains("(2 of 2 not positive)", ">0.1<", ">1<");
            assertThat(Pixels.count(plot.image(), Palette.of(0))).isBetween(20, 200);
        }
        assertThat(Plot.titled("")
                        .verticalLine("start", 0)
                        .line("a", 1, 2)
                        .logX()
                        .svg())
                .contains("(1 of 1 not positive)");
        assertThat(Plot.titled("")
                        .horizontalLine("zero", 0)
                        .line("a", 1, 2)
                        .logY()
                        .image())
                .isNotNull();
        assertThat(Plot.titled("")
                        .horizontalLine("one", 1)
                        .line("a", 1, 2)
                        .logX()
                        .svg())
                .doesNotContain("not positive");
    }

    @Test
    void axisCanBeMadeLogarithmicBeforeAndAfter() {
        assertThat(pixels(Plot.titled("").logY().line("a", 0, 1, 2).image()))
                .isEqualTo(pixels(Plot.titled("").line("a", 0, 1, 2).logY().image()));
    }

    @Test
    void twoPlainNumbersAreTwoValues() {
        assertThat(pixels(Plot.titled("").line("a", 2, 1).image()))
                .isEqualTo(pixels(Plot.titled("").line("a", List.of(2, 1)).image()));
    }

    @Test
    void errorsTellWhatToDo() {
        Plot plot = Plot.titled("");
        assertError(() -> plot.line(" ", 1), "line: expected a name for the legend; got an empty one.");
        assertError(
                () -> plot.line("loss", new double[] {1, 2}, new double[] {1}),
                "line: expected as many x as y values; got 2 and 1 in 'loss'. Cut the longer one.");
        assertError(() -> Plot.titled("").logY().yRange(0, 1), "yRange: expected a range above 0");
        assertError(() -> Plot.titled("").logX().xRange(0, 1), "xRange: expected a range above 0");
        assertError(plot::xNames, "xNames: expected at least one name; got none.");
        assertError(() -> plot.size(10, 10), "size: expected 200 × 150 to 10000 × 10000 pixels; got 10 × 10.");
        assertError(() -> plot.xRange(1, 1), "xRange: expected a finite range, low before high; got [1.0, 1.0].");
        assertError(() -> plot.function("f", 1, 0, x -> x), "function: expected a finite range");
        assertError(
                () -> plot.scatter(new double[][] {{1, 2, 3}}, new int[] {0}),
                "scatter: expected points of shape (N, 2); got one of length 3.");
        assertError(
                () -> plot.scatter(CORNERS, new int[] {0}),
                "scatter: expected as many points as classes; got 4 and 1.");
        assertError(
                () -> plot.scatter(CORNERS, new int[] {0, 1, 2, 0}, "a", "b"),
                "scatter: expected one name for each of 3 classes; got 2.");
        assertError(() -> plot.scatter(CORNERS, new int[] {0, -1, 0, 0}), "got -1. Count from 0.");
        plot.histogram("h", new double[] {1}, 0, 1, 5);
        assertError(
                () -> plot.histogram("i", new double[] {1}, 0, 1, 6), "histogram: expected the same bins as before, 5");
        assertThatThrownBy(plot::logY)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("logY: expected no");
        assertThatThrownBy(plot::logX)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("logX: expected no");
        assertThatThrownBy(Plot.titled("")::image)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("image: expected something to draw; got an empty plot.");
    }

    @Test
    void nullIsNamed() {
        Plot plot = Plot.titled("");
        String name = ": expected a name for the legend; got null. Name the ";
        String text = ": expected a text; got null. Leave it empty, \"\", where nothing shall stand.";
        Map<String, Runnable> calls = Map.of(
                "line" + name + "series.", () -> plot.line(null, 1, 2),
                "scatter" + name + "series.", () -> plot.scatter(null, new double[1], new double[1]),
                "bars" + name + "numbers.", () -> plot.bars(null, new double[1]),
                "histogram" + name + "values.", () -> plot.histogram(null, new double[1]),
                "titled" + text, () -> Plot.titled(null),
                "title" + text, () -> plot.title(null),
                "xLabel" + text, () -> plot.xLabel(null),
                "yLabel" + text, () -> plot.yLabel(null),
                "xNames" + text, () -> plot.xNames("a", null),
                "yNames" + text, () -> plot.yNames("a", null));

        calls.forEach((message, call) -> assertThatThrownBy(call::run)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(message));
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
