package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data, names and numbers of points at the ends of what there is. */
class LimitsTest {

    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "0, 100",
        "1.7e9, 1",
        "1.7e9, 0.01",
        "1.7e9, 2.384185791015625e-7",
        "1.7e12, 100",
        "-1.7e12, 100",
        "1.7e18, 1000",
        "1.7e18, 256",
        "9007199254740992, 2",
        "1, 2.220446049250313e-16",
        "1e300, 1e290",
        "1.7e308, 1e305",
        "-1e308, 2e307",
        "0, 4.9e-324",
        "0, 1e-320",
        "1e-310, 1e-320",
        "0, 1e-300"
    })
    void unequalValuesAreDrawnApart(double start, double step) {
        double[] far = IntStream.range(0, 11).mapToDouble(i -> start + i * step).toArray();
        double[] near = IntStream.range(0, 11).mapToDouble(i -> i % 2).toArray();

        BufferedImage wide = Plot.titled("").line("a", far, near).image();
        BufferedImage high = Plot.titled("").line("a", near, far).image();

        assertThat(Pixels.extent(wide, Palette.of(0)).width).isGreaterThan(500);
        assertThat(Pixels.extent(high, Palette.of(0)).height).isGreaterThan(430);
        if (start > 0) {
            BufferedImage wideLog = Plot.titled("").line("a", far, near).logX().image();
            assertThat(Pixels.extent(wideLog, Palette.of(0)).width).isGreaterThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                Double.MIN_VALUE,
                -10 * Double.MIN_VALUE,
                1.7e12,
                1e300,
                Double.MAX_VALUE,
                -Double.MAX_VALUE
            })
    void equalValuesAreALineInSight(double value) {
        BufferedImage image = Plot.titled("").line("a", value, value, value).image();

        assertThat(Pixels.extent(image, Palette.of(0)).width).isGreaterThan(500);
        assertThat(Pixels.edge(image, 3)).containsOnly(Color.WHITE);
    }

    @Test
    void everyFiniteDoubleIsDrawn() {
        double[] ends = {-Double.MAX_VALUE, Double.MAX_VALUE};
        double[] positive = {Double.MIN_VALUE, Double.MAX_VALUE};

        for (Plot plot : List.of(
                Plot.titled("").line("a", ends, ends),
                Plot.titled("").scatter("a", ends, ends),
                Plot.titled("").line("a", positive, positive).logX().logY(),
                Plot.titled("").function("a", ends[0], ends[1], x -> x),
                Plot.titled("").histogram("a", ends, ends[0], ends[1], 5),
                Plot.titled("").line("a", ends, ends).yRange(ends[0], ends[1]).xRange(ends[0], ends[1]),
                Plot.titled("").line("a", ends, ends).yRange(0, Double.MIN_VALUE))) {
            assertThat(Pixels.count(plot.image(), Palette.of(0))).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.7e9, 10",
        "1.7e9, 1e-3",
        "1.7e12, 1000",
        "1.7e18, 1e5",
        "123456, 1",
        "-1e15, 3",
        "0, 1.7e308",
        "1, 1e-15"
    })
    void labelsAreWholeOrLeftOut(double start, double span) {
        double[] x = {start, start + span / 2, start + span};
        for (int[] size : new int[][] {{900, 600}, {500, 300}, {300, 200}, {200, 150}}) {
            BufferedImage image = Plot.titled("t")
                    .size(size[0], size[1])
                    .line("a", x, x)
                    .xLabel("time")
                    .yLabel("time")
                    .image();

            assertThat(Pixels.edge(image, 3)).containsOnly(Color.WHITE);
            var layout =
                    Layout.of(size[0], size[1], true, true, true, Axis.linear(x[0], x[2], 0), Axis.linear(0, 1, 0));
            double end = 0;
            for (Axis.Tick tick : layout.xTicks()) {
                double half = Text.width(tick.label(), Text.TICK) / 2;
                double center =
                        layout.area().getX() + tick.position() * layout.area().getWidth();
                if (half > 0) {
                    assertThat(center - half).isGreaterThan(end);
                    end = center + half;
                }
            }
            assertThat(end).isLessThan(size[0] - 4);
        }
    }

    @Test
    void largeNumbersHaveLabelsAtBothAxesOfAPictureOfCommonSize() {
        Axis times = Axis.linear(1.7e12, 1.7e12 + 1000, 0);
        var layout = Layout.of(900, 600, true, true, true, times, times);

        assertThat(layout.xTicks()).filteredOn(tick -> !tick.label().isEmpty()).hasSizeGreaterThan(4);
        assertThat(layout.yTicks()).filteredOn(tick -> !tick.label().isEmpty()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @CsvSource({"-9, 9", "1, 50", "0, 0.99", "-0.3, 1.1", "3, 4.2", "120, 279"})
    void smallPictureHasTwoLabelsAtEachAxis(double low, double high) {
        Axis axis = Axis.linear(low, high, 0);
        var layout = Layout.of(320, 240, true, true, true, axis, axis);

        assertThat(layout.xTicks()).filteredOn(tick -> !tick.label().isEmpty()).hasSizeGreaterThan(1);
        assertThat(layout.yTicks()).filteredOn(tick -> !tick.label().isEmpty()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "third class of irises",
                "squamous cell carcinoma",
                "talk.politics.mideast",
                "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
                "two\nlines",
                "party 🎉 and 😀",
                "half \uD83D",
                "<b>bold</b>",
                "שם",
                "\u0000",
                ""
            })
    void namesOfAnyLengthAndLettersAreDrawn(String name) {
        for (String text : List.of(name, name.repeat(1000))) {
            String series = text.isBlank() ? "a" : text;
            Plot matrix = ClassifierPlots.confusionMatrix(new int[][] {{5, 1}, {2, 7}}, text, "other");
            Plot lines = Plot.titled(text)
                    .xLabel(text)
                    .yLabel(text)
                    .line(series, 1, 2)
                    .line(series, 2, 1);
            Plot named = Plot.titled("").xNames(text, "other").line(series, 1, Double.NaN);
            for (Plot plot : List.of(matrix, lines, named)) {
                BufferedImage image = Stopwatch.inTwoSeconds(plot::image);
                assertThat(Pixels.edge(image, 3)).containsOnly(Color.WHITE);
            }
        }
    }

    @Test
    void lineBreaksInNamesAreSpaces() {
        UnaryOperator<String> broken = text -> text.replace(" ", "\r\n\t");
        String name = "one name";

        assertThat(pixels(Plot.titled(name).line(name, 1, 2).line(name, 2, 1)))
                .isEqualTo(pixels(Plot.titled(broken.apply(name))
                        .line(broken.apply(name), 1, 2)
                        .line(broken.apply(name), 2, 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 40, 100, 1000})
    void legendOfManySeriesStaysInThePicture(int count) {
        for (int[] size : new int[][] {{900, 600}, {300, 200}, {200, 150}, {1600, 300}}) {
            Plot plot = Plot.titled("").size(size[0], size[1]);
            for (int i = 0; i < count; i++) {
                plot.line("series of a name " + i, i, i + 1, i - 1, i);
            }
            BufferedImage image = Stopwatch.inTwoSeconds(plot::image);

            assertThat(Pixels.edge(image, 3)).containsOnly(Color.WHITE);
        }
    }

    static List<Plot> plotsOfAMillionPoints() {
        var random = new Random(1);
        double[] noise = random.doubles(MILLION).toArray();
        double[] other = random.doubles(MILLION).toArray();
        double[] decay = IntStream.range(0, MILLION)
                .mapToDouble(i -> Math.exp(-5.0 * i / MILLION) + 0.1 * noise[i])
                .toArray();
        double[] gaps = IntStream.range(0, MILLION)
                .mapToDouble(i -> i % 2 == 0 ? noise[i] : Double.NaN)
                .toArray();
        double[][] points = IntStream.range(0, MILLION)
                .mapToObj(i -> new double[] {noise[i], other[i]})
                .toArray(double[][]::new);
        int[] classes = random.ints(MILLION, 0, 500).toArray();
        Plot many = Plot.titled("");
        for (int i = 0; i < 100; i++) {
            many.line("s" + i, Arrays.copyOfRange(noise, 10_000 * i, 10_000 * (i + 1)));
        }
        return List.of(
                Plot.titled("decay").line("a", decay),
                Plot.titled("noise").line("a", noise),
                Plot.titled("two").line("a", noise).line("b", other),
                Plot.titled("logarithmic").line("a", noise).logX().logY(),
                Plot.titled("scribble").line("a", noise, other),
                Plot.titled("gaps").line("a", gaps),
                Plot.titled("large").size(3000, 2000).line("a", noise),
                Plot.titled("zoom").line("a", noise).xRange(1000, 1010),
                Plot.titled("scatter").scatter("a", noise, other),
                Plot.titled("classes").scatter(points, classes),
                Plot.titled("histogram").histogram("a", noise, 0, 1, 100),
                ClassifierPlots.predictions(noise, classes),
                many);
    }

    @ParameterizedTest
    @MethodSource("plotsOfAMillionPoints")
    void millionPointsTakeLessThanTwoSeconds(Plot plot) {
        assertThat(Stopwatch.inTwoSeconds(plot::image)).isNotNull();
    }

    @Test
    void spikeAmongAMillionPointsIsDrawn() {
        double[] y = new double[MILLION];
        y[314_159] = 1;
        y[271_828] = -1;

        BufferedImage image = Plot.titled("").line("a", y).image();

        assertThat(Pixels.extent(image, Palette.of(0)).height).isGreaterThan(450);
        assertThat(Pixels.extent(image, Palette.of(0)).width).isGreaterThan(700);
    }

    @Test
    void mergedLineIsThePictureOfTheWhole() {
        int n = 200_000;
        double[] x = IntStream.range(0, n).mapToDouble(i -> i / (double) n).toArray();
        double[] coarse = Arrays.stream(x).map(t -> Math.sin(20 * t)).toArray();
        double[] few = IntStream.range(0, 400).mapToDouble(i -> i / 399.0).toArray();

        BufferedImage merged = Plot.titled("").xRange(0, 1).line("a", x, coarse).image();
        BufferedImage whole = Plot.titled("")
                .xRange(0, 1)
                .line("a", few, Arrays.stream(few).map(t -> Math.sin(20 * t)).toArray())
                .image();

        int different = 0;
        for (int i = 0; i < merged.getWidth() * merged.getHeight(); i++) {
            int a = merged.getRGB(i % 900, i / 900) & 0xff;
            int b = whole.getRGB(i % 900, i / 900) & 0xff;
            different += Math.abs(a - b) > 40 ? 1 : 0;
        }
        assertThat(different).isLessThan(20);
    }

    @Test
    void valueBetweenTwoGapsIsADot() {
        BufferedImage image =
                Plot.titled("").line("a", 1, Double.NaN, 2, Double.NaN, 3).image();

        assertThat(Pixels.strips(image.getSubimage(100, 0, 700, 540), Palette.of(0), 3))
                .contains(1);
    }

    @Test
    void manyClassesAreDrawnWithoutNumbers() {
        int[] all = IntStream.range(0, 1000).toArray();

        BufferedImage image = Stopwatch.inTwoSeconds(
                () -> ClassifierPlots.confusionMatrix(all, all).image());

        assertThat(Pixels.strips(image, Palette.of(0), 20)).contains(2, 9, 17);
    }

    private static int[] pixels(Plot plot) {
        BufferedImage image = plot.image();
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
