package org.ndgrad.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.autograd.Functions.arange;
import static org.ndgrad.autograd.Functions.cat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.train.Accuracy;
import org.ndgrad.nn.train.ConfusionMatrix;
import org.ndgrad.nn.train.History;
import org.ndgrad.plot.Plot;

class RenderingTest {

    private static final Pattern IMAGE = Pattern.compile("data:image/png;base64,([^\"]*)\"");

    private static String html(Object value) {
        Rendering rendering = Rendering.of(value);
        assertThat(rendering.png()).isEmpty();
        return rendering.html().orElseThrow();
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static BufferedImage firstImage(String html) throws IOException {
        Matcher matcher = IMAGE.matcher(html);
        assertThat(matcher.find()).isTrue();
        return image(Base64.getDecoder().decode(matcher.group(1)));
    }

    @Test
    void tensorShowsItsFactsEscaped() {
        Tensor y = Tensor.of(0.5, -0.25).requiresGrad(true).tanh();

        assertThat(html(y))
                .contains("tensor shape=(2), dtype=float32, gradFn=&lt;Tanh&gt;")
                .doesNotContain("<Tanh>")
                .contains(">0.4621</td>", ">-0.2449</td>");
        assertThat(html(Tensor.of(1.0).requiresGrad(true))).contains("dtype=float32, requiresGrad=true");
    }

    @Test
    void factsOnSeveralLinesAreFound() {
        Tensor wide = Tensor.zeros(1, 20).requiresGrad(true).tanh();

        assertThat(html(wide)).contains("tensor shape=(1, 20), dtype=float32, gradFn=&lt;Tanh&gt;");
    }

    @Test
    void largeTensorShowsItsEdges() {
        String html = html(arange(10_000).reshape(100, 100));

        assertThat(html)
                .contains(">0</td>", ">4</td>", ">95</td>", ">404</td>", ">9500</td>", ">9999</td>", "⋮", "…")
                .doesNotContain(">5</td>", ">94</td>", ">500</td>");
        assertThat(html.split("<tr", -1)).hasSize(1 + 1 + 10 + 1);
    }

    @Test
    void shortDimensionsAreWhole() {
        assertThat(html(arange(12))).contains(">11</td>").doesNotContain("…");
        assertThat(html(arange(13))).contains("…");
        assertThat(html(arange(6).reshape(2, 3))).doesNotContain("<img", "⋮");
    }

    @Test
    void matrixHasHeatMapWithScale() throws IOException {
        Tensor x = Tensor.zeros(8, 10);
        String html = html(x.add(arange(10)).sub(4));

        BufferedImage map = firstImage(html);
        assertThat(map.getWidth()).isEqualTo(10);
        assertThat(map.getHeight()).isEqualTo(8);
        assertThat(map.getRGB(4, 0)).as("0, on a scale around it").isEqualTo(0xfff7f7f7);
        assertThat(map.getRGB(9, 7)).isEqualTo(0xffb2182b);
        assertThat(html).contains("-5.000 to 5.000");
    }

    @Test
    void heatMapLeavesOutWhatIsNotFinite() throws IOException {
        double[][] rows = new double[8][8];
        rows[0][0] = Double.NaN;
        rows[7][7] = Double.POSITIVE_INFINITY;
        rows[1][1] = Double.MAX_VALUE;
        rows[1][2] = -Double.MAX_VALUE;
        String html = html(Tensor.of(DataType.DOUBLE, rows));

        assertThat(firstImage(html).getRGB(0, 0) >>> 24).isZero();
        assertThat(firstImage(html).getRGB(7, 7) >>> 24).isZero();
        assertThat(firstImage(html).getRGB(1, 1)).isEqualTo(0xffb2182b);
        assertThat(html).contains("clear where not finite");
        assertThat(html(Tensor.zeros(9, 9))).as("constant").contains("0.000 to 0.000");
    }

    @Test
    void hugeMatrixIsSampled() throws IOException {
        String html = html(Tensor.ones(2000, 300));

        assertThat(firstImage(html).getHeight()).isEqualTo(256);
        assertThat(firstImage(html).getWidth()).isEqualTo(256);
        assertThat(html).contains("every few rows or columns").hasSizeLessThan(30_000);
    }

    @Test
    void channelsInUnitRangeAreAPicture() throws IOException {
        Tensor red = cat(List.of(Tensor.ones(1, 8, 9), Tensor.zeros(2, 8, 9)), 0);

        BufferedImage picture = firstImage(html(red));
        assertThat(picture.getWidth()).isEqualTo(9);
        assertThat(picture.getRGB(8, 7)).isEqualTo(0xffff0000);
        assertThat(firstImage(html(Tensor.ones(1, 8, 8))).getRGB(0, 0)).isEqualTo(0xffffffff);
        assertThat(html(red.mul(2))).as("no picture").contains("<pre");
        assertThat(html(Tensor.ones(3, 7, 9))).contains("<pre");
        assertThat(html(Tensor.zeros(DataType.UINT8, 8, 8))).contains("<img").doesNotContain("<table");
    }

    @Test
    void otherTensorsAreTheirText() {
        assertThat(html(Tensor.of(DataType.FLOAT, 3.5)))
                .contains("<pre")
                .contains("tensor(3.5000, shape=(), dtype=float32)");
        assertThat(html(Tensor.zeros(2, 2, 2))).contains("<pre");
        assertThat(html(Tensor.zeros(0, 3))).contains("<pre").contains("shape=(0, 3)");
        assertThat(html(Tensor.of(true, false))).contains(">true</td>");
    }

    @Test
    void modelIsATableOfLayers() {
        Sequential model = new Sequential(new Linear(4, 8), new Relu(), new Linear(8, 3));

        assertThat(html(model))
                .contains("0: Linear(", "1: Relu()", ">40</td>", "parameters: 67")
                .doesNotContain("trainable");
        assertThat(html(model.summary(1, 4))).contains("(1, 3)", "parameters: 67");
    }

    @Test
    void whatIsDrawnIsAPicture() throws IOException {
        History history = new History();
        assertThat(Rendering.of(history).text()).isEqualTo("History of no epochs");
        history.add(Map.of("loss", 1.0));
        history.add(Map.of("loss", 0.5));
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.update(Tensor.of(0L, 1L), Tensor.of(0L, 0L));

        assertThat(Rendering.of(history).png()).isPresent();
        assertThat(Rendering.of(history).text()).contains("0.5000");
        assertThat(Rendering.of(matrix).png()).isPresent();
        Plot plot = Plot.titled("line").line("y", new double[] {1, 2}, new double[] {1, 4});
        Rendering figure = Rendering.of(plot);
        assertThat(image(figure.png().orElseThrow()).getWidth()).isEqualTo(plot.width());
        assertThat(figure.text()).startsWith("Plot of ");
        assertThat(figure.toHtml()).startsWith("<img");
    }

    @Test
    void numbersByNameAreATable() {
        assertThat(html(Map.of("loss", 0.03125))).contains("loss", ">0.0313</td>");
        assertThat(html(new Accuracy())).contains("accuracy", "nothing measured yet");
    }

    @Test
    void everythingElseIsText() {
        assertThat(Rendering.of(null).text()).isEqualTo("null");
        assertThat(Rendering.of("<b>")).extracting(Rendering::text).isEqualTo("<b>");
        assertThat(Rendering.of("<b>").toHtml()).contains("&lt;b&gt;");
        assertThat(Rendering.of(Map.of()).text()).isEqualTo("{}");
        assertThat(Rendering.of(new int[][] {{1, 2}, {3, 4}}).text()).isEqualTo("[[1, 2],\n [3, 4]]");
        assertThat(Rendering.of(Rng.class).text()).contains("Rng");
    }

    @Test
    void longArrayIsWrappedAndCut() {
        String text = Rendering.of(new double[100_000]).text();

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(82));
        assertThat(text).contains("…").hasSizeLessThan(10_000);
    }

    @Test
    void valueThatCannotBeShownSaysWhy() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };

        assertThat(Rendering.of(broken).text()).endsWith("no text");
        assertThat(Rendering.of(Plot.titled("nothing")).png()).isEmpty();
    }
}
