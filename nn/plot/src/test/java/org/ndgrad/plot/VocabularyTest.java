package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Tensor;

/** Bands, densities, bars, heat maps and contours. */
class VocabularyTest {

    private static final double[] NONE = {};

    @Test
    void bandIsMeanAndStandardDeviation() {
        Statistics.Spread spread = Statistics.spread(new double[][] {{1, 5, Double.NaN}, {3, 5, 7}, {5, 5, 9}});

        assertThat(spread.mean()).containsExactly(3, 5, 8);
        assertThat(spread.low()).containsExactly(1, 5, 8 - Math.sqrt(2));
        assertThat(spread.high()).containsExactly(5, 5, 8 + Math.sqrt(2));
    }

    @Test
    void bandAroundALineIsFaint() {
        double[][] runs = {{0, 0, 0}, {2, 2, 2}};
        BufferedImage image = Plot.titled("").band("a", runs).image();
        Color faint = new Color(199, 224, 238);

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(500);
        assertThat(Pixels.extent(image, Palette.of(0)).width).isGreaterThan(700);
        assertThat(Pixels.count(image, faint)).isGreaterThan(100_000);
        assertThat(Plot.titled("")
                        .logY()
                        .band("a", new double[][] {{1, 1}, {2, 9}})
                        .image())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, -3, 0, 1e-300, -1e300})
    void densityOfEqualValuesHasThemInTheMiddle(double value) {
        Statistics.Curve curve = Statistics.density(value, value, value);

        double length = curve.x()[400] - curve.x()[0];
        assertThat((value - curve.x()[0]) / length).isCloseTo(0.5, within(1e-9));
        assertThat(curve.y()[200]).isEqualTo(Arrays.stream(curve.y()).max().orElseThrow());
    }

    @Test
    void densityHasTheAreaOneAndTheShapeOfItsValues() {
        double[] values = new Random(1).doubles(20_000).map(v -> 1e6 + 10 * v).toArray();
        Statistics.Curve curve = Statistics.density(values);
        double[][] points = IntStream.range(0, curve.x().length)
                .mapToObj(i -> new double[] {curve.x()[i], curve.y()[i]})
                .toArray(double[][]::new);

        assertThat(Curves.area(points)).isBetween(0.995, 1.005);
        assertThat(curve.y()[200]).isBetween(0.09, 0.11);
    }

    @Test
    void automaticHistogramsCountAllValuesInCommonBins() {
        BarLayer first = BarLayer.of("a", new double[] {1, 2, 3, Double.NaN}, Color.RED);
        BarLayer both = first.with(BarLayer.of("b", new double[] {-5, 100}, Color.BLUE));

        assertThat(both.from()).isEqualTo(-5);
        assertThat(both.to()).isEqualTo(100);
        assertThat(both.histograms().stream()
                        .mapToLong(h ->
                                h.counts().stream().mapToLong(Long::longValue).sum()))
                .containsExactly(3L, 2L);
        assertThat(first.histograms().get(0).note()).isEqualTo(" (1 of 4 not finite)");
    }

    @Test
    void barsBeginAtZeroAndErrorsReachBeyond() {
        BufferedImage image = Plot.titled("")
                .xNames("up", "down", "unknown")
                .bars("a", new double[] {1, -1, Double.NaN}, new double[] {0.5, 0, 0})
                .image();

        assertThat(Pixels.strips(image, Palette.of(0), 3)).contains(0, 1);
        assertThat(Pixels.extent(image, Palette.of(0)).height).isGreaterThan(350);
        assertThat(ColumnLayer.of("a", new double[] {1, -1}, new double[] {0.5, 0}, Color.RED)
                        .ends())
                .containsExactly(-1, 1.5);
    }

    @Test
    void barsMayBeFarHigherThanTheirPlot() {
        Plot plot = Plot.titled("")
                .histogram("a", new double[] {0, 1}, 0, 1, 2)
                .histogram("b", new double[] {0, 1}, 0, 1, 2)
                .yRange(0, 1e-9);

        assertThat(Pixels.count(Stopwatch.inTwoSeconds(plot::image), Palette.of(1)))
                .isGreaterThan(1000);
    }

    @Test
    void linesOverBarsAreInSight() {
        BufferedImage image = Plot.titled("")
                .histogram("a", new double[] {0, 1}, 0, 1, 2)
                .line("b", new double[] {0, 3}, new double[] {0, 9})
                .image();

        assertThat(Pixels.extent(image, Palette.of(1)).width).isGreaterThan(700);
    }

    @Test
    void heatMapHasRowsFromTheTopAndAScale() {
        BufferedImage image = Plot.titled("")
                .heatMap(Tensor.of(new double[][] {{0, 1}, {0.5, Double.NaN}}))
                .image();

        assertThat(Pixels.at(image, 0.2, 0.2)).isEqualTo(new Color(0x440154));
        assertThat(Pixels.at(image, 0.7, 0.2)).isEqualTo(new Color(0xFDE725));
        assertThat(Pixels.at(image, 0.2, 0.7)).isEqualTo(new Color(0x21918C));
        assertThat(Pixels.at(image, 0.7, 0.7)).isEqualTo(Theme.LIGHT.frame());
    }

    @Test
    void heatMapOfBothSignsIsCenteredOnZero() {
        Plot plot = Plot.titled("").heatMap(new double[][] {{-1, 0}, {2, 1}});
        BufferedImage light = plot.image();
        BufferedImage dark = plot.theme(Theme.DARK).image();

        assertThat(Pixels.at(light, 0.7, 0.2)).as("0").isEqualTo(new Color(0xF7F7F7));
        assertThat(Pixels.at(light, 0.2, 0.2)).as("-1, half as strong as 2").isEqualTo(new Color(0x92C5DE));
        assertThat(Pixels.at(light, 0.7, 0.7)).as("1").isEqualTo(new Color(0xF4A582));
        assertThat(Pixels.at(light, 0.2, 0.7)).as("2").isEqualTo(new Color(0xB2182B));
        assertThat(Pixels.at(dark, 0.7, 0.2)).as("0 on dark paper").isEqualTo(new Color(0x2B2D31));
        assertThat(Pixels.at(dark, 0.2, 0.7)).as("2 on dark paper").isEqualTo(new Color(0xFFB39C));
        assertThat(Pixels.count(light, new Color(0x2166AC)))
                .as("-2 is not on the scale")
                .isZero();
    }

    @Test
    void legendHasTheColorOfCellsThatAreNotFinite() {
        for (Theme theme : Theme.values()) {
            Plot plot = Plot.titled("").heatMap(new double[][] {{0, 1}, {0.5, Double.NaN}});
            BufferedImage image = plot.theme(theme).image();

            assertThat(Pixels.count(image.getSubimage(0, 540, 900, 60), theme.frame()))
                    .isGreaterThan(150);
        }
    }

    @Test
    void heatMapOfOneSignGoesFromDarkToLight() {
        BufferedImage image = Plot.titled("").heatMap(new double[][] {{-2, 0}}).image();

        assertThat(Pixels.at(image, 0.2, 0.5)).isEqualTo(new Color(0x440154));
        assertThat(Pixels.at(image, 0.7, 0.5)).isEqualTo(new Color(0xFDE725));
    }

    @Test
    void colorsOfBothSignsAreReadableAndGrowStrongerWithTheDistanceFromZero() {
        Scale scale = Scale.of(DoubleStream.of(-1, 1));
        for (Theme theme : Theme.values()) {
            for (double sign : new double[] {-1, 1}) {
                double before = 0;
                for (double size = 0; size <= 1; size += 1 / 64.0) {
                    Color color = scale.color(sign * size, theme);
                    // no color has more to both, whose contrast is about 13, than its root
                    assertThat(Theme.contrast(color, theme.textOn(color))).isGreaterThan(3.5);
                    double contrast = Theme.contrast(color, theme.paper());
                    assertThat(contrast).isGreaterThanOrEqualTo(before);
                    before = contrast;
                }
                assertThat(before).isGreaterThan(5);
            }
        }
    }

    @Test
    void hugeNumbersOfBothSignsHaveColors() {
        Scale scale = Scale.of(DoubleStream.of(-Double.MAX_VALUE, Double.MAX_VALUE, Double.NaN));

        assertThat(scale.color(Double.MAX_VALUE, Theme.LIGHT)).isEqualTo(new Color(0xB2182B));
        assertThat(scale.color(-Double.MAX_VALUE, Theme.LIGHT)).isEqualTo(new Color(0x2166AC));
        assertThat(scale.color(0, Theme.LIGHT)).isEqualTo(new Color(0xF7F7F7));
    }

    @Test
    void heatMapWritesNumbersIfAsked() {
        String svg = Plot.titled("")
                .xNames("a", "b")
                .yNames("top", "bottom")
                .heatMap(new int[][] {{1, -2}, {3, 4}}, "%.1f")
                .svg();

        assertThat(svg).contains(">1.0<", ">−2.0<", ">top<", ">a<");
        assertThat(svg.indexOf(">bottom<")).isPositive();
    }

    @Test
    void contoursAreWhereTheirNumbersAre() {
        BufferedImage image = Plot.titled("")
                .contours(new int[] {0, 1}, new double[] {0, 1}, new double[][] {{0, 0}, {1, 1}})
                .image();

        assertThat(Pixels.at(image, 0.4, 0.91)).isEqualTo(new Color(0x440154));
        assertThat(Pixels.at(image, 0.4, 0.05)).isEqualTo(new Color(0xFDE725));
    }

    @Test
    void unitIsAsLongOnBothAxes() {
        double[] circle = IntStream.range(0, 100).mapToDouble(i -> i * 0.0635).toArray();
        Dimension extent = Pixels.extent(
                Plot.titled("")
                        .equalAspect()
                        .line(
                                "circle",
                                DoubleStream.of(circle).map(Math::cos).toArray(),
                                DoubleStream.of(circle).map(Math::sin).toArray())
                        .image(),
                Palette.of(0));

        assertThat((double) extent.width / extent.height).isBetween(0.99, 1.01);
        assertThatThrownBy(() ->
                        Plot.titled("").line("a", 1, 2).logY().equalAspect().image())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("equalAspect: expected two axes of numbers");
    }

    /** Every method that takes data, with data alone. */
    static List<Function<double[], Plot>> everything() {
        return List.of(
                v -> Plot.titled("").line("a", v),
                v -> Plot.titled("").line("a", v, v),
                v -> Plot.titled("").band("a", new double[][] {v, v}),
                v -> Plot.titled("").scatter("a", v, v),
                v -> Plot.titled("").histogram("a", v),
                v -> Plot.titled("").density("a", v),
                v -> {
                    double[] some = Arrays.copyOf(v, Math.min(v.length, 1000));
                    return Plot.titled("")
                            .bars(
                                    "a",
                                    some,
                                    DoubleStream.of(some).map(Math::abs).toArray());
                },
                v -> RegressionPlots.residuals(v, v),
                v -> RegressionPlots.predictedAndActual(v, v));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void anyNumbersGiveAPicture(Function<double[], Plot> plot) {
        for (double[] values : List.of(
                NONE,
                new double[] {3},
                new double[] {2, 2, 2},
                new double[] {Double.NaN, Double.POSITIVE_INFINITY},
                new double[] {1, Double.NaN, 3, Double.NEGATIVE_INFINITY, 5},
                new double[] {1e-300, 2e-300, 5e-300},
                new double[] {1e300, -1e300, 3e300},
                new double[] {Double.MIN_VALUE, 0},
                new double[] {1, 1 + Math.ulp(1)})) {
            BufferedImage image = Stopwatch.inTwoSeconds(plot.apply(values)::image);
            assertThat(Pixels.edge(image, 3)).as(Arrays.toString(values)).containsOnly(Color.WHITE);
        }
    }

    @Test
    void millionNumbersTakeLessThanTwoSeconds() {
        double[] values = new Random(1).doubles(1_000_000).toArray();

        for (Plot plot : List.of(
                Plot.titled("").band("a", new double[][] {values}),
                Plot.titled("").histogram("a", values).density("a", values))) {
            assertThat(Stopwatch.inTwoSeconds(plot::image)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e300, Double.NaN, Double.MAX_VALUE})
    void anyMatrixGivesAPicture(double value) {
        double[][] matrix = {{value, -value, 0}, {value, value, value}};
        double[] x = {0, 1, 2};
        double[] y = {0, 1};

        for (Plot plot : List.of(
                Plot.titled("").heatMap(matrix, "%.3g"),
                Plot.titled("").heatMap(new double[][] {{value}}),
                Plot.titled("").contours(x, y, matrix))) {
            assertThat(Pixels.edge(Stopwatch.inTwoSeconds(plot::image), 3)).containsOnly(Color.WHITE);
        }
        assertThat(Plot.titled("").heatMap(new double[1000][1000]).image()).isNotNull();
    }

    @Test
    void errorsTellWhatToDo() {
        Plot plot = Plot.titled("");
        assertError(
                () -> plot.band("a", new double[] {1, 2}),
                "band: expected a matrix as 'a'; got double[]. Pass a tensor of two dimensions");
        assertError(() -> plot.band("a", new double[3], new double[2][2]), "band: expected as many x as y values;");
        assertError(() -> plot.bars(" ", NONE), "bars: expected a name for the legend; got an empty one.");
        assertError(
                () -> plot.bars("a", new int[] {1, 2}, new int[] {1}),
                "bars: expected as many errors as heights; got 1 and 2 in 'a'. Give one for each.");
        assertError(
                () -> plot.bars("a", new int[] {1}, new int[] {-1}), "bars: expected errors of at least 0; got -1.0");
        assertError(
                () -> plot.bars("a", new int[1001]),
                "bars: expected at most 1000 heights; got 1001 in 'a'. Use line or histogram.");
        assertError(() -> plot.heatMap(new double[0][0]), "heatMap: expected at least one row and column; got none.");
        assertError(
                () -> plot.heatMap(new double[1][1], "%d"), "heatMap: expected a format for numbers; got \"%d\". Use");
        assertError(() -> plot.heatMap(new double[1][1], ""), "heatMap: expected a format; got an empty one.");
        assertError(
                () -> plot.contours(new int[] {0, 1}, new int[] {0, 1, 2}, new double[2][3]),
                "contours: expected z of shape (3, 2), a row for each y; got (2, 3). Transpose it, or cut x and y.");
        assertError(
                () -> plot.contours(new int[] {1, 0}, new int[] {0, 1}, new double[2][2]),
                "contours: expected x that rise; got 0.0 at position 1. Sort them.");
        assertError(
                () -> plot.contours(new int[] {1}, new int[] {0, 1}, new double[2][1]),
                "contours: expected at least two x; got 1.");
        assertError(
                () -> Plot.titled("").yNames("one").heatMap(new double[2][2]).image(),
                "yNames: expected 2 names, as many as the matrix has; got 1. Name all of them or none.");
        assertError(
                () -> Plot.titled("").bars("a", new int[2]).bars("b", new int[3]),
                "bars: expected as many heights as before, 2; got 3. Use NaN where there is none.");
        assertError(() -> plot.horizontalLine("a", Double.NaN), "horizontalLine: expected a finite y; got NaN.");
        assertError(() -> plot.verticalLine("a", Double.NaN), "verticalLine: expected a finite x; got NaN.");
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
