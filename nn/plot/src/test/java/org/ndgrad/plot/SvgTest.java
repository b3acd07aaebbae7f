package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SvgTest {

    @TempDir
    Path folder;

    @Test
    void textIsTextAndLinesAreLines() throws Exception {
        Document svg = parsed(Plot.titled("Loss & <accuracy>")
                .xLabel("epoch")
                .yLabel("損失")
                .line("training", 3, 2, 1)
                .line("validation", 3, 2.5, 2));

        assertThat(texts(svg)).contains("Loss & <accuracy>", "epoch", "損失", "training", "validation");
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(2);
        assertThat(svg.getElementsByTagName("image").getLength()).isZero();
        assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("900");
    }

    @Test
    void commonFiguresAreSmall() {
        double[] y = new Random(1).doubles(500).toArray();

        assertThat(Plot.titled("500 points").line("a", y).svg()).hasSizeLessThan(12_000);
        assertThat(Plot.titled("500 points").scatter("a", y, y).svg()).hasSizeLessThan(40_000);
        assertThat(ClassifierPlots.confusionMatrix(new int[][] {{5, 1}, {2, 7}}).svg())
                .hasSizeLessThan(4_000);
    }

    @Test
    void manyPointsAndNoiseAreAnImageInside() {
        double[] y = new Random(1).doubles(100_000).toArray();
        double[] x = new Random(2).doubles(100_000).toArray();

        String line = Plot.titled("").line("a", y).svg();
        String points = Plot.titled("").scatter("a", x, y).svg();
        String scribble = Plot.titled("").line("a", x, y).svg();

        assertThat(line).hasSizeLessThan(50_000);
        assertThat(scribble).hasSizeLessThan(50_000);
        assertThat(points).hasSizeLessThan(700_000); // noise, which PNG cannot compress
        assertThat(points).contains("<image").contains(">1.0<");
    }

    @Test
    void fieldIsAnImageUnderThePoints() throws Exception {
        Plot plot = Plot.titled("")
                .probabilityField(Field.of((a, b) -> a * b > 0 ? 1 : 0))
                .scatter("a", 1, 1);
        Element image = (Element) parsed(plot).getElementsByTagName("image").item(0);
        String data = image.getAttribute("xlink:href");

        byte[] png = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isGreaterThan(800);
        assertThat(plot.svg().indexOf("<image")).isLessThan(plot.svg().indexOf("<ellipse"));
    }

    @Test
    void figuresSideBySideAreMoved() throws Exception {
        Plot plot = Plot.titled("left").size(300, 200).line("a", 1, 2);
        Document svg =
                parsed(Figure.row(plot, Plot.titled("right").size(300, 200).line("a", 2, 1)));

        assertThat(texts(svg)).contains("left", "right");
        Element second = (Element) svg.getElementsByTagName("g").item(0).getParentNode();
        assertThat(second.getAttribute("viewBox")).isEqualTo("0 0 600 200");
    }

    @Test
    void whateverIsDrawnIsXml() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            Plot plot;
            try {
                plot = new Horrors(seed).plot();
                plot.image();
            } catch (IllegalArgumentException | IllegalStateException refused) {
                continue;
            }
            parsed(plot);
        }
    }

    @Test
    void saveWritesSvg() throws IOException {
        Path file = folder.resolve("loss.SVG");
        Plot.titled("Verlust ü").line("a", 1, 2).save(file);

        assertThat(Files.readString(file)).startsWith("<svg").contains("Verlust ü");
    }

    private static Document parsed(Figure figure) throws Exception {
        byte[] bytes = figure.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static List<String> texts(Document svg) {
        var nodes = svg.getElementsByTagName("text");
        String[] texts = new String[nodes.getLength()];
        Arrays.setAll(texts, i -> nodes.item(i).getTextContent());
        return List.of(texts);
    }
}
