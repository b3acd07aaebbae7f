package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Tensor;

/** Bars, densities, components and tables of data at the ends of what there is. */
class KindLimitsTest {

    private static final double MOST = Double.MAX_VALUE;
    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, MOST / 2, MOST})
    void barsWithErrorsBeyondAllNumbersAreDrawn(double error) {
        double[] errors = {error, error};
        BufferedImage image =
                Plot.titled("").bars("a", new double[] {MOST, -MOST}, errors).image();
        BufferedImage small =
                Plot.titled("").bars("a", new double[] {1, -1}, errors).image();

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(50_000);
        assertThat(Pixels.edge(small, 3)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-1.7976931348623157e308, 1.7976931348623157e308",
        "-1.7e308, 1e308",
        "1.5e308, 1.7e308",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "-8e307, 9e307"
    })
    void densityNearTheLargestNumbersIsOneOfAllValues(double low, double high) {
        Statistics.Curve curve = Statistics.density(low, high, high);

        assertThat(curve.x()).isSorted().hasSameSizeAs(curve.y()).hasSizeGreaterThan(100);
        assertThat(curve.x()[0]).isLessThanOrEqualTo(low < 0 ? 0.95 * low : low);
        assertThat(curve.x()[curve.x().length - 1]).isGreaterThan(0.95 * high);
        assertThat(Arrays.stream(curve.x()).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(curve.y()).allMatch(y -> y >= 0 && y < 1e-300)).isTrue();
        assertThat(Arrays.stream(curve.y()).max().orElse(0)).isPositive();
        BufferedImage image =
                Plot.titled("").density("a", new double[] {low, high, high}).image();
        assertThat(Pixels.extent(image, Palette.of(0)).width).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource({"0, 4.9e-324", "4.9e-324, 4.9e-324", "0, 1e-309"})
    void densityBeyondAllNumbersIsTheLargest(double low, double high) {
        Statistics.Curve curve = Statistics.density(low, high);

        assertThat(Arrays.stream(curve.x()).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(curve.y()).max().orElse(0)).isEqualTo(MOST);
        assertThat(curve.y()).hasSize(401);
        BufferedImage image =
                Plot.titled("").density("a", new double[] {low, high}).image();
        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(100);
    }

    @Test
    void componentsBeyondAllNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DataPlots.embedding(new double[][] {{MOST, -MOST}, {-MOST, MOST}, {0, 1}}, new int[] {0, 1, 0}))
                .withMessage("embedding: expected numbers whose components float64 holds; got ones up to"
                        + " 1.7976931348623157E308. Scale them.");
        assertThat(DataPlots.embedding(new double[][] {{1e308, 0}, {-5e307, 3}}, new int[] {0, 1})
                        .image())
                .isNotNull();
    }

    @Test
    void pointsBeyondTheTypeOfTheModelAreNamed() {
        double[][] points = {{1e300, 0}, {-1e300, 1}};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassifierPlots.decisionBoundary(x -> x.sub(x), points, new int[] {0, 1}))
                .withMessageMatching(
                        "decisionBoundary: expected outputs that are numbers; got NaN\\. The points go to .*E300,"
                                + " which the type of the model does not hold: scale them, or pass a model of float64\\.");
    }

    static Stream<Supplier<Figure>> figuresOfAMillionNumbers() {
        double[] noise = new Random(1).doubles(MILLION).toArray();
        return Stream.of(
                () -> Plot.titled("").heatMap(rows(noise, 1000), "%.2f"),
                () -> ClassifierPlots.confusionMatrix(rows(noise, 1000)),
                () -> {
                    Plot plot = Plot.titled("");
                    for (double[] part : rows(noise, 100)) {
                        plot.histogram("a", part);
                    }
                    return plot;
                },
                () -> Plot.titled("").histogram("a", noise),
                () -> Plot.titled("").density("a", noise),
                () -> RegressionPlots.residuals(noise, noise),
                () -> RegressionPlots.predictedAndActual(noise, noise));
    }

    @ParameterizedTest
    @MethodSource("figuresOfAMillionNumbers")
    void millionNumbersTakeLessThanTwoSeconds(Supplier<Figure> figure) {
        assertThat(Stopwatch.inTwoSeconds(() -> figure.get().image())).isNotNull();
    }

    @Test
    void histogramsCountWhatEachBinHolds() {
        double[] noise = new Random(2).doubles(997).map(x -> x * x - 0.25).toArray();
        BarLayer layer = BarLayer.of("a", noise, Palette.of(0));
        long[] counts = new long[layer.bins()];
        for (double x : noise) {
            counts[Math.min(layer.bins() - 1, (int) (Axis.part(layer.from(), layer.to(), x) * layer.bins()))]++;
        }

        assertThat(layer.histograms().get(0).counts())
                .containsExactlyElementsOf(Arrays.stream(counts).boxed().toList());
    }

    @Test
    void figuresLargerThanAnImageAreRefused() {
        Plot plot = Plot.titled("").line("a", 1, 2);
        Plot[] many = new Plot[100_000];
        Arrays.fill(many, plot);

        for (Figure figure : List.of(
                Pictures.titled("").add(Tensor.zeros(100_000, 4, 4)),
                Pictures.titled("").columns(1).filters(Tensor.ones(512, 512, 3, 3)),
                Figure.grid(10, many),
                Figure.row(many))) {
            for (ThrowingCallable draw : List.<ThrowingCallable>of(figure::image, figure::svg)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(draw)
                        .withMessageMatching(
                                "image: expected a figure of at most 100 million pixels; got \\d+ × \\d+\\."
                                        + " Show fewer pictures, or make several figures\\.");
            }
        }
    }

    @Test
    void moreColumnsThanPicturesAreARow() {
        Plot plot = Plot.titled("").line("a", 1, 2);
        Figure grid = Figure.grid(Integer.MAX_VALUE, plot, plot);

        assertThat(Stopwatch.inTwoSeconds(grid::image).getWidth()).isEqualTo(2 * plot.width());
        assertThat(Pictures.titled("")
                        .columns(Integer.MAX_VALUE)
                        .add(Tensor.zeros(5, 4, 4))
                        .height())
                .isEqualTo(Pictures.titled("").add(Tensor.zeros(5, 4, 4)).height());
    }

    @Test
    void manyDenseSeriesAreOnePictureInSvg() {
        double[] noise = new Random(4).doubles(MILLION).toArray();
        Plot plot = Plot.titled("");
        double[][] parts = rows(noise, 300);
        for (int i = 0; i < parts.length; i++) {
            if (i == 200) {
                plot.line("between", 0, 1);
            }
            plot.scatter("a", parts[i], parts[parts.length - 1 - i]);
        }
        String svg = plot.svg();

        assertThat(svg).hasSizeLessThan(3_000_000);
        String[] parted = svg.split("<image ", -1);
        assertThat(parted).hasSize(3);
        assertThat(parted[1]).contains("<path ");
    }

    private static double[][] rows(double[] values, int count) {
        int length = values.length / count;
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(values, i * length, (i + 1) * length))
                .toArray(double[][]::new);
    }
}
